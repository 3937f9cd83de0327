// Base32 without padding, RFC 4648 section 6.
import { describe, expect, it } from 'vitest'
import { fromBase32, toBase32 } from '../../../src/core/base32.ts'
import { fc } from '../support/properties.ts'

// Section 10 of the RFC, with the padding left out.
const vectors = [
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const

describe('base32', () => {
  it.each(vectors)('%j is %j', (plain, text) => {
    expect(toBase32(new TextEncoder().encode(plain))).toBe(text)
    expect(new TextDecoder().decode(fromBase32(text))).toBe(plain)
  })

  it('gives back any bytes, in its own alphabet and no longer than need be', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const text = toBase32(bytes)
        expect(text).toMatch(/^[A-Z2-7]*$/)
        expect(text).toHaveLength(Math.ceil((bytes.length * 8) / 5))
        expect(Uint8Array.from(fromBase32(text))).toEqual(bytes)
      }),
    )
  })

  it('encodes a view’s own bytes, not the buffer around it', () => {
    const around = new TextEncoder().encode('xxfoobarxx')
    expect(toBase32(around.subarray(2, 8))).toBe('MZXW6YTBOI')
  })

  it.each(['1', 'A0', 'MZ8W', 'MZ-W', 'Ä', 'MZ!W6'])('throws on %j', (text) => {
    expect(() => fromBase32(text)).toThrow()
  })
})
