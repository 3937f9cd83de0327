// A phone's signed answer: read back as written, signed over all that it says, and nothing else passes for one.
import { describe, expect, it } from 'vitest'
import { fitting } from '../../../src/core/fields.ts'
import {
  answerMessage,
  encodeAnswer,
  longestDevice,
  type PhoneAnswer,
  readAnswer,
} from '../../../src/core/phone-answer.ts'
import { signatureBytes } from '../../../src/core/phone-keys.ts'
import { fc } from '../support/properties.ts'

const bytes = (least: number, most = least) =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((each) => each.slice())
const assertion = fc.record({ authenticatorData: bytes(37, 200), clientData: bytes(80, 200), signature: bytes(70, 72) })
const degrees = (most: number) => fc.integer({ min: -most * 1e5, max: most * 1e5 }).map((each) => each / 1e5)
const anyAnswer: fc.Arbitrary<PhoneAnswer> = fc
  .record({
    challenge: bytes(29),
    credential: bytes(16),
    decision: fc.constantFrom('approved', 'denied', 'not-mine' as const),
    verification: fc.constantFrom('none', 'passkey', 'phone' as const),
    device: fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => fitting(text.replace(/[^\p{L}\p{N} ]/gu, ''), longestDevice)),
    place: fc.option(
      fc.record({ latitude: degrees(90), longitude: degrees(180), accuracyMetres: fc.nat({ max: 0xffff }) }),
    ),
    signature: bytes(64),
    assertion,
  })
  .map((each) => ({ ...each, assertion: each.verification === 'passkey' ? each.assertion : null }))
/** -0 and 0 are one place. */
const plain = (answer: PhoneAnswer | null) => JSON.stringify(answer)

describe('an answer', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyAnswer, (each) => {
        expect(plain(readAnswer(encodeAnswer(each)))).toBe(plain(each))
      }),
    )
  })

  it('is nothing with a byte more, a byte less, or another version', () => {
    fc.assert(
      fc.property(anyAnswer, (each) => {
        const written = encodeAnswer(each)
        expect(readAnswer(Uint8Array.from([...written, 0]))).toBeNull()
        expect(readAnswer(written.slice(0, -1))).toBeNull()
        expect(readAnswer(Uint8Array.from([9, ...written.slice(1)]))).toBeNull()
      }),
    )
  })

  it('of changed bytes is null, or says something else to sign', () => {
    fc.assert(
      fc.property(anyAnswer, fc.nat(), fc.integer({ min: 1, max: 255 }), (each, at, change) => {
        const written = encodeAnswer(each)
        const signed = encodeAnswer({ ...each, assertion: null }).length - signatureBytes
        const edited = written.slice()
        edited[at % signed] = (edited[at % signed] ?? 0) ^ change
        const read = readAnswer(edited)
        if (read) expect(answerMessage(read)).not.toEqual(answerMessage(each))
      }),
    )
  })

  it('names no place outside the Earth', () => {
    fc.assert(
      fc.property(anyAnswer, (each) => {
        const far = { ...each, place: { latitude: 91, longitude: 0, accuracyMetres: 1 } }
        expect(readAnswer(encodeAnswer(far))).toBeNull()
      }),
      { numRuns: 10 },
    )
  })
})
