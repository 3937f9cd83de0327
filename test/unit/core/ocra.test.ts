// OCRA against every vector of RFC 6287, appendix C, and against an implementation that shares nothing with ours.
import { createHmac } from 'node:crypto'
import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerSuiteText, ocraDigits, ocraMessage, parseOcraSuite } from '../../../src/core/ocra.ts'
import { fc } from '../support/properties.ts'

interface Vector {
  suite: string
  keyHex: string
  question: string
  counter?: number
  pinSha1Hex?: string
  timeSteps?: number
  response: string
}
const { vectors } = JSON.parse(fs.readFileSync('test/vectors/ocra-rfc6287.json', 'utf8')) as { vectors: Vector[] }

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const answerSuite = parseOcraSuite(answerSuiteText)
if (!answerSuite) throw new Error('the suite in use is none')

function respond({ suite: text, keyHex, question, counter, pinSha1Hex, timeSteps }: Omit<Vector, 'response'>): string {
  const suite = parseOcraSuite(text)
  if (!suite) throw new Error(`no suite: ${text}`)
  const message = ocraMessage(suite, {
    question,
    ...(counter === undefined ? {} : { counter: BigInt(counter) }),
    ...(pinSha1Hex === undefined ? {} : { pinHash: bytes(pinSha1Hex) }),
    ...(timeSteps === undefined ? {} : { timeStep: BigInt(timeSteps) }),
  })
  return ocraDigits(createHmac(suite.algorithm, bytes(keyHex)).update(message).digest(), suite.digits)
}

/** By strings of hex, for the one suite: no line in common with ours. */
function respondAgain(keyHex: string, questionHex: string): string {
  const text = Buffer.from('OCRA-1:HOTP-SHA256-8:QH64\0', 'latin1').toString('hex') + questionHex.padEnd(256, '0')
  const mac = createHmac('sha256', Buffer.from(keyHex, 'hex')).update(text, 'hex').digest('hex')
  const from = 2 * Number.parseInt(mac.slice(-1), 16)
  const truncated = BigInt(`0x${mac.slice(from, from + 8)}`) % 0x80000000n
  return String(truncated + 100_000_000_000n).slice(-8)
}

describe('OCRA', () => {
  it('has all 70 vectors to be held against', () => expect(vectors).toHaveLength(70))

  it.each(vectors)('answers $suite to $question with $response', (vector) => {
    expect(respond(vector)).toBe(vector.response)
  })

  it('agrees with another implementation in 10,000 random cases of the suite in use', () => {
    const hex = (length: number) =>
      fc.uint8Array({ minLength: length, maxLength: length }).map((each) => Buffer.from(each).toString('hex'))
    fc.assert(
      fc.property(hex(32), hex(32), (keyHex, question) => {
        expect(respond({ suite: answerSuiteText, keyHex, question })).toBe(respondAgain(keyHex, question))
      }),
      { numRuns: 10_000 },
    )
  })

  it.each([
    'OCRA-1:HOTP-SHA256-0:QH64',
    'OCRA-1:HOTP-SHA256-8',
    'OCRA-1:HOTP-SHA256-8:QH65',
    'OCRA-1:HOTP-SHA256-8:QH03',
    'OCRA-1:HOTP-MD5-8:QH64',
    'OCRA-2:HOTP-SHA256-8:QH64',
    'OCRA-1:HOTP-SHA256-8:QH64-T0M',
    ' OCRA-1:HOTP-SHA256-8:QH64',
  ])('takes %s for no suite', (text) => expect(parseOcraSuite(text)).toBeNull())

  it('refuses a question that is too long, not hex, or lacks an input that the suite names', () => {
    expect(() => ocraMessage(answerSuite, { question: 'ab'.repeat(65) })).toThrow(RangeError)
    expect(() => ocraMessage(answerSuite, { question: 'xyz' })).toThrow(RangeError)
    const withCounter = parseOcraSuite('OCRA-1:HOTP-SHA1-6:C-QN08')
    if (!withCounter) throw new Error('no suite')
    expect(() => ocraMessage(withCounter, { question: '12345678' })).toThrow(RangeError)
  })
})
