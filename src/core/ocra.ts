// OCRA (RFC 6287): what is hashed for a suite and its inputs, and the digits of that hash. The HMAC is the caller's.
import { joined, utf8 } from './fields.ts'

export interface OcraSuite {
  /** As it is written, and as it is hashed. */
  readonly text: string
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512'
  readonly digits: number
  readonly counter: boolean
  /** A: any ASCII, N: decimal digits, H: hex digits. */
  readonly question: 'A' | 'N' | 'H'
  readonly longestQuestion: number
  readonly pinBytes: 0 | 20 | 32 | 64
  readonly sessionBytes: number
  /** null: no time in it. */
  readonly stepSeconds: number | null
}

/** What the RFC calls DataInput, each as far as the suite wants it. */
export interface OcraInput {
  readonly counter?: bigint
  /** In the two-way mode both questions, joined in their order. */
  readonly question: string
  /** Already hashed by the suite's algorithm for it. */
  readonly pinHash?: Uint8Array
  readonly session?: Uint8Array
  /** Steps since 1970. */
  readonly timeStep?: bigint
}

/** The suite of answers to a login QR code: eight digits over a question of 64 hex digits, and no time in it. */
export const answerSuiteText = 'OCRA-1:HOTP-SHA256-8:QH64'

const form =
  /^OCRA-1:HOTP-(SHA1|SHA256|SHA512)-([4-9]|10):(C-)?Q([ANH])(0[4-9]|[1-5][0-9]|6[0-4])(?:-P(SHA1|SHA256|SHA512))?(?:-S([0-9]{3}))?(?:-T([1-9][0-9]?)([SMH]))?$/
const pinLengths = { SHA1: 20, SHA256: 32, SHA512: 64 } as const
const unitSeconds = { S: 1, M: 60, H: 3600 } as const
const questionBytes = 128

/** null where the text is no suite, or one without truncation, which nobody could type. */
export function parseOcraSuite(text: string): OcraSuite | null {
  const match = form.exec(text)
  if (!match) return null
  const [, algorithm, digits, counter, question, longest, pin, session, time, unit] = match
  return {
    text,
    algorithm: algorithm as OcraSuite['algorithm'],
    digits: Number(digits),
    counter: counter !== undefined,
    question: question as OcraSuite['question'],
    longestQuestion: Number(longest),
    pinBytes: pin === undefined ? 0 : pinLengths[pin as keyof typeof pinLengths],
    sessionBytes: Number(session ?? 0),
    stepSeconds: time === undefined ? null : Number(time) * unitSeconds[unit as keyof typeof unitSeconds],
  }
}

/** RFC 6287, 5.1: suite, a zero, then what the suite names, each in its fixed length. Throws a RangeError on input that does not fit. */
export function ocraMessage(suite: OcraSuite, input: OcraInput): Uint8Array {
  const parts = [utf8(suite.text), new Uint8Array(1)]
  if (suite.counter) parts.push(eightBytes(input.counter))
  parts.push(padded(questionOf(suite, input.question)))
  if (suite.pinBytes > 0) parts.push(exactly(suite.pinBytes, input.pinHash))
  if (suite.sessionBytes > 0) parts.push(exactly(suite.sessionBytes, input.session))
  if (suite.stepSeconds !== null) parts.push(eightBytes(input.timeStep))
  return joined(...parts)
}

/** RFC 4226, 5.3: dynamic truncation. */
export function ocraDigits(mac: Uint8Array, digits: number): string {
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = new DataView(mac.buffer, mac.byteOffset, mac.byteLength).getUint32(offset) & 0x7fffffff
  return (number % 10 ** digits).toString().padStart(digits, '0')
}

function questionOf({ question, longestQuestion }: OcraSuite, text: string): Uint8Array {
  // Two-way questions are two of them.
  if (text.length > 2 * longestQuestion) throw new RangeError('the question is too long')
  if (question === 'A') return utf8(text)
  if (question === 'N') return fromHex(BigInt(text).toString(16))
  return fromHex(text)
}

/** An odd last digit is the upper half of its byte, as in the RFC's reference code. */
function fromHex(hex: string): Uint8Array {
  if (!/^[0-9a-f]*$/i.test(hex)) throw new RangeError('the question has other characters than hex digits')
  const even = hex.length % 2 === 0 ? hex : `${hex}0`
  return Uint8Array.from({ length: even.length / 2 }, (_, i) => Number.parseInt(even.slice(2 * i, 2 * i + 2), 16))
}

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length > questionBytes) throw new RangeError('the question is too long')
  const whole = new Uint8Array(questionBytes)
  whole.set(bytes)
  return whole
}

function exactly(length: number, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes?.length !== length) throw new RangeError('an input is missing, or not as long as the suite says')
  return bytes
}

function eightBytes(value: bigint | undefined): Uint8Array {
  if (value === undefined || value < 0n) throw new RangeError('an input is missing')
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value)
  return bytes
}
