// Recovery codes: how many bits, how they read, how they are typed.
import { describe, expect, it } from 'vitest'
import { recoveryCodeText } from '../../../src/contracts/fields.ts'
import { toBase32 } from '../../../src/core/base32.ts'
import { recoveryCode, recoveryCodeBytes, recoveryCodeCount } from '../../../src/core/recovery.ts'
import { fc } from '../support/properties.ts'

describe('a recovery code', () => {
  it('is one of ten, of more than the 64 bits asked for', () => {
    expect(recoveryCodeCount).toBe(10)
    expect(recoveryCodeBytes * 8).toBeGreaterThanOrEqual(64)
  })

  it('is four groups of four that hold every bit, and is typed back as the same sixteen characters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        const code = recoveryCode(bytes)
        expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
        expect(code.replaceAll('-', '')).toBe(toBase32(bytes))
        expect(recoveryCodeText.parse(code)).toBe(toBase32(bytes))
        expect(recoveryCodeText.parse(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(toBase32(bytes))
      }),
    )
  })

  it.each([0, 9, 11, 16])('is not made from %i bytes', (length) => {
    expect(() => recoveryCode(new Uint8Array(length))).toThrow(RangeError)
  })
})
