// A picture from outside goes on as its pixels alone.
import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { plainPng } from '../../../src/station/plain-png.ts'
import { chunkOf, pngOf, signature } from '../../support/png.ts'
import { fc } from '../support/properties.ts'

const limits = { width: 64, height: 32, bytes: 4096 }
const byNumber = (before: readonly Buffer[]) => pngOf(8, 4, { before, header: { at: 9, value: 3 }, perPixel: 1 })
const types = (png: Buffer) => {
  const found: string[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) found.push(png.toString('latin1', at + 4, at + 8))
  return found
}

describe('a picture', () => {
  it('keeps its pixels and loses whatever else the file said', () => {
    const text = chunkOf('tEXt', Buffer.from('Comment\0<script>'))
    const made = plainPng(pngOf(8, 4, { before: [text, chunkOf('eXIf', Buffer.alloc(20))] }), limits)
    expect(made && types(made)).toEqual(['IHDR', 'IDAT', 'IEND'])
    expect(made?.includes('script')).toBe(false)
    // Written anew it is the same again.
    expect(made && plainPng(made, limits)).toEqual(made)
  })

  it.each([2, 6, 0, 4])('of kind %d loses a list of colours, which nothing in it needs', (kind) => {
    const said = Buffer.from('<script>alert(1)</script> and a list of patients')
    const before = [chunkOf('PLTE', said), chunkOf('tRNS', said)]
    const perPixel = { 0: 1, 2: 3, 4: 2, 6: 4 }[kind] ?? 4
    const made = plainPng(pngOf(8, 4, { before, header: { at: 9, value: kind }, perPixel }), limits)
    expect(made && types(made)).toEqual(['IHDR', 'IDAT', 'IEND'])
  })

  it('with colours by number keeps a list of them, and what is seen through', () => {
    const before = [chunkOf('PLTE', Buffer.alloc(3 * 128, 1)), chunkOf('tRNS', Buffer.alloc(128, 9))]
    const made = plainPng(byNumber(before), limits)
    expect(made && types(made)).toEqual(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
  })

  it.each([
    ['that is none', [chunkOf('PLTE', Buffer.from('<script>alert(1)</script>'))]],
    ['of more colours than there are numbers', [chunkOf('PLTE', Buffer.alloc(3 * 257))]],
    ['that is there twice', [chunkOf('PLTE', Buffer.alloc(9)), chunkOf('PLTE', Buffer.alloc(9))]],
    ['and more that is seen through', [chunkOf('PLTE', Buffer.alloc(9)), chunkOf('tRNS', Buffer.alloc(4))]],
  ])('with a list of colours %s is refused', (_what, before) => expect(plainPng(byNumber(before), limits)).toBeNull())

  it('loses what follows its end', () => {
    expect(plainPng(Buffer.concat([pngOf(8, 4), Buffer.from('PK\u0003\u0004 and an archive')]), limits)).toBeNull()
  })

  it.each([
    ['wider than a logo', pngOf(65, 4)],
    ['higher than a logo', pngOf(8, 33)],
    ['of no size', pngOf(0, 4)],
    ['interlaced', pngOf(8, 4, { header: { at: 12, value: 1 } })],
    ['of sixteen bits', pngOf(8, 4, { header: { at: 8, value: 16 } })],
    ['of an unknown kind', pngOf(8, 4, { header: { at: 9, value: 5 } })],
    ['with colours by number and no list of them', pngOf(8, 4, { header: { at: 9, value: 3 }, perPixel: 1 })],
    ['with too few pixels', pngOf(8, 4, { rows: deflateSync(Buffer.alloc(10)) })],
    ['with a great deal of nothing', pngOf(8, 4, { rows: deflateSync(Buffer.alloc(3_000_000)) })],
    ['with pixels that are none', pngOf(8, 4, { rows: Buffer.from('not packed') })],
    ['with an unknown filter', pngOf(8, 4, { rows: deflateSync(Buffer.alloc(4 * 33, 9)) })],
    ['larger than allowed', Buffer.concat([pngOf(8, 4), Buffer.alloc(5000)])],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a photo', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['nothing', Buffer.alloc(0)],
    ['only a beginning', signature],
  ])('%s is refused', (_what, file) => expect(plainPng(file, limits)).toBeNull())

  it('that was damaged anywhere is refused, or the same', () => {
    const good = pngOf(8, 4)
    const plain = plainPng(good, limits)
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Buffer.from(good)
        bad[at] = (bad[at] ?? 0) ^ change
        expect([null, plain]).toContainEqual(plainPng(bad, limits))
      }),
    )
  })

  it('is read by its sums', () => {
    expect(crc32('123456789')).toBe(0xcbf43926)
  })
})
