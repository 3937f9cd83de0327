// Emergency codes: 128 bits in a form whose last group finds a slip of the fingers.
import { describe, expect, it } from 'vitest'
import { emergencyCode, emergencyCodeBytesOf } from '../../../src/core/emergency-code.ts'
import { fc } from '../support/properties.ts'

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567']
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
const plain = (code: string) => code.replaceAll('-', '')

it('is seven groups of four, of which all 128 bits come back', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = emergencyCode(random)
      expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){6}$/)
      expect(emergencyCodeBytesOf(plain(code))).toEqual(random)
    }),
  )
})

it.each([
  // Worked out by hand: 256 modulo 4093 is 256, so the check of 00…01 is 1, that of 00…0100 is 256.
  [1, 15, 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AEAB'],
  [0, 0, 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA'],
] as const)('of %i at place %i is known', (value, place, code) => {
  const random = new Uint8Array(16)
  random[place] = value
  expect(emergencyCode(random)).toBe(code)
})

it.each([0, 15, 17, 32])('is not made from %i bytes', (length) => {
  expect(() => emergencyCode(new Uint8Array(length))).toThrow(RangeError)
})

describe('the check', () => {
  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = plain(emergencyCode(random))
        for (const [place, right] of [...code].entries())
          for (const letter of alphabet.filter((each) => each !== right))
            expect(emergencyCodeBytesOf(`${code.slice(0, place)}${letter}${code.slice(place + 1)}`)).toBeNull()
      }),
      { numRuns: 20 },
    )
  })

  it('finds every two neighbours that changed places', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = plain(emergencyCode(random))
        for (let place = 0; place + 1 < code.length; place++) {
          const [a = '', b = ''] = code.slice(place, place + 2)
          if (a !== b)
            expect(emergencyCodeBytesOf(`${code.slice(0, place)}${b}${a}${code.slice(place + 2)}`)).toBeNull()
        }
      }),
    )
  })

  it('lets hardly any chance text through', () => {
    let passed = 0
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z2-7]{28}$/), (text) => {
        if (emergencyCodeBytesOf(text)) passed++
      }),
      { numRuns: 2000 },
    )
    expect(passed).toBeLessThan(20)
  })
})
