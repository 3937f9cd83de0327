// Redaction: every shape that a secret has here is taken out, and a line without one stays as it was.
import { describe, expect, it } from 'vitest'
import { toBase32 } from '../../../src/core/base32.ts'
import { enrollmentUri } from '../../../src/core/enrollment-uri.ts'
import { recoveryCode } from '../../../src/core/recovery.ts'
import { redact } from '../../../src/main/redaction.ts'
import { fc } from '../support/properties.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const code = (digits: number) => fc.nat({ max: 10 ** digits - 1 }).map((value) => String(value).padStart(digits, '0'))
const grouped = (text: string) => text.match(/.{1,4}/g)?.join(' ') ?? ''

const shapes: [string, fc.Arbitrary<string>][] = [
  ['a setup key of 20 bytes', bytes(20).map(toBase32)],
  ['a setup key of 32 bytes', bytes(32).map(toBase32)],
  ['a setup key in groups', bytes(20).map((each) => grouped(toBase32(each)))],
  ['a setup key in small letters', bytes(20).map((each) => toBase32(each).toLowerCase())],
  ['an enrollment URI', bytes(20).map((each) => enrollmentUri('A 1001', toBase32(each)))],
  ['an enrollment URI in capitals', bytes(20).map((each) => enrollmentUri('A1001', toBase32(each)).toUpperCase())],
  ['a recovery code', bytes(10).map(recoveryCode)],
  ['a recovery code in small letters', bytes(10).map((each) => recoveryCode(each).toLowerCase())],
  ['a recovery code with spaces', bytes(10).map((each) => recoveryCode(each).replaceAll('-', ' '))],
  ['a recovery code without dashes', bytes(10).map((each) => recoveryCode(each).replaceAll('-', ''))],
  ['a code of six digits', code(6)],
  ['a code of seven digits', code(7)],
  ['a code of eight digits', code(8)],
  ['a key in hex', bytes(32).map((each) => Buffer.from(each).toString('hex'))],
  ['a key in hex capitals', bytes(32).map((each) => Buffer.from(each).toString('hex').toUpperCase())],
  ['a secret in hex', bytes(20).map((each) => Buffer.from(each).toString('hex'))],
  ['a key in base64', bytes(32).map((each) => Buffer.from(each).toString('base64'))],
  ['a key in base64 for URLs', bytes(32).map((each) => Buffer.from(each).toString('base64url'))],
  ['a secret in base64', bytes(20).map((each) => Buffer.from(each).toString('base64'))],
  ['a private key', bytes(138).map((each) => Buffer.from(each).toString('base64'))],
  ['a challenge', bytes(29).map(toBase32)],
]
const around: [string, string][] = [
  ['', ''],
  ['code=', ''],
  ['"code":"', '"'],
  ['failed with ', ', and stopped'],
  ['(', ')'],
  ['\n', '\n'],
  ['[', ']'],
]

describe.each(shapes)('%s', (_, shape) => {
  it('is taken out wherever it stands', () => {
    fc.assert(
      fc.property(shape, fc.constantFrom(...around), (secret, [before, after]) => {
        const left = redact(`${before}${secret}${after}`)
        expect(left).toContain('[redacted]')
        expect(left).not.toContain(secret)
        // Nor any run of it that would help a guess.
        for (const part of secret.match(/[A-Za-z0-9]{6,}/g) ?? []) expect(left).not.toContain(part)
      }),
      { numRuns: 60 },
    )
  })

  it('is taken out each time it occurs', () => {
    const [one, two] = fc.sample(shape, { numRuns: 2, seed: 7 })
    const left = redact(`first ${one}, then ${two}`)
    expect(left.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(2)
    expect(left).not.toContain(one)
    expect(left).not.toContain(two)
  })
})

describe('a line without a secret', () => {
  it.each([
    'station starting version=0.1.0 electron=33.2.1',
    'station closed code=data-edited',
    'unexpected end name=KeychainError',
    'call refused reason=bad-sender',
    'window gone reason=crashed exitCode=139',
    'closing failed code=data-unwritable',
    'painted after 412 ms',
    'checked 20480 events in 5321 ms',
    'Error: SQLITE_BUSY: database is locked',
    'log caught up behind=12',
    '2026-01-05 08:00:00.000',
    'waited 1.5 s at 100 %',
  ])('stays: %s', (line) => expect(redact(line)).toBe(line))

  it('loses nothing when it is redacted twice', () => {
    const line = `code 123456 key ${'0af3'.repeat(16)} end`
    expect(redact(redact(line))).toBe(redact(line))
    expect(redact(line)).toBe('code [redacted] key [redacted] end')
  })
})
