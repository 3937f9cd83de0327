// A picture from outside, taken apart and written anew: nothing of the file but its size and its pixels goes on.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Samples of a pixel, by colour type (PNG, third edition, 11.2.1); eight bits each. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

export interface PictureLimits {
  readonly width: number
  readonly height: number
  readonly bytes: number
}

/** null where it is no PNG, a damaged or larger one, or of a kind that we don't take: interlaced, or not of 8 bits. */
export function plainPng(file: Uint8Array, limits: PictureLimits): Buffer | null {
  if (file.length > limits.bytes) return null
  const chunks = readChunks(Buffer.from(file))
  const header = chunks?.[0]
  if (!chunks || header?.type !== 'IHDR' || header.data.length !== 13 || chunks.at(-1)?.type !== 'IEND') return null
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)]
  const perPixel = samples[header.data[9] ?? -1]
  const plain = header.data[8] === 8 && header.data.readUIntBE(10, 3) === 0
  if (!plain || !perPixel || width < 1 || height < 1 || width > limits.width || height > limits.height) return null
  const rows = inflated(chunks, (1 + width * perPixel) * height)
  if (!rows || !hasFilters(rows, 1 + width * perPixel)) return null
  const colours = coloursOf(chunks, header.data[9] ?? 0)
  if (!colours) return null
  const png = Buffer.concat([
    signature,
    chunk('IHDR', header.data),
    ...colours.map(({ type, data }) => chunk(type, data)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return png.length <= limits.bytes ? png : null
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

/**
 * The list of colours where pixels are numbers in it, and what is seen through, each in the size that it has there (11.2.2,
 * 11.3.1.1): a longer one could hold anything. null where the list is missing, or is none.
 */
function coloursOf(chunks: readonly Chunk[], kind: number): Chunk[] | null {
  const [list, ...others] = chunks.filter(({ type }) => type === 'PLTE')
  const [clear, ...more] = chunks.filter(({ type }) => type === 'tRNS')
  if (kind !== 3) {
    const size = { 0: 2, 2: 6 }[kind]
    return clear && more.length === 0 && clear.data.length === size ? [clear] : []
  }
  const colours = (list?.data.length ?? 0) / 3
  if (!list || others.length > 0 || !Number.isInteger(colours) || colours < 1 || colours > 256) return null
  if (!clear) return [list]
  return more.length === 0 && clear.data.length <= colours ? [list, clear] : null
}

/** null where the file is not exactly a row of sound chunks. */
function readChunks(file: Buffer): Chunk[] | null {
  if (!file.subarray(0, 8).equals(signature)) return null
  const chunks: Chunk[] = []
  for (let at = 8; at < file.length; ) {
    if (at + 12 > file.length) return null
    const end = at + 8 + file.readUInt32BE(at)
    if (end + 4 > file.length || crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) return null
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end) })
    at = end + 4
  }
  return chunks
}

/** Never more than the picture has: a small file may hold a great deal of nothing. */
function inflated(chunks: readonly Chunk[], length: number): Buffer | null {
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  try {
    const rows = inflateSync(packed, { maxOutputLength: length })
    return rows.length === length ? rows : null
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && 'code' in error)) return null
    throw error
  }
}

/** Each row begins with the number of its filter, 0 to 4. */
function hasFilters(rows: Buffer, rowBytes: number): boolean {
  for (let at = 0; at < rows.length; at += rowBytes) if ((rows[at] ?? 5) > 4) return false
  return true
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}
