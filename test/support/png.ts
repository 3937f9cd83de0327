// Pictures for tests: a PNG of one colour, and files that are nearly one.
import { crc32, deflateSync } from 'node:zlib'

export const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export function chunkOf(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

interface Odd {
  readonly before?: readonly Buffer[]
  /** A byte of the header that says something else. */
  readonly header?: { readonly at: number; readonly value: number }
  readonly rows?: Buffer
  readonly perPixel?: number
}

/** Red, green, blue and alpha, eight bits each; all of it the same colour. */
export function pngOf(width: number, height: number, { before = [], header, rows, perPixel = 4 }: Odd = {}): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.writeUInt8(8, 8)
  head.writeUInt8(6, 9)
  if (header) head.writeUInt8(header.value, header.at)
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width * perPixel, 0x7f)])
  const pixels = rows ?? deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return Buffer.concat([
    signature,
    chunkOf('IHDR', head),
    ...before,
    chunkOf('IDAT', pixels),
    chunkOf('IEND', Buffer.alloc(0)),
  ])
}
