// HOTP and TOTP against the vectors of their RFCs.
import { describe, expect, it } from 'vitest'
import { hotpCode, stepAt, verifyTotp } from '../../../src/core/otp.ts'
import { hmac } from '../../../src/station/primitives.ts'
import vectors from '../../vectors/hotp-totp.json' with { type: 'json' }

type Algorithm = 'SHA1' | 'SHA256' | 'SHA512'
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

describe('HOTP, RFC 4226 appendix D', () => {
  it('has all ten vectors', () => expect(vectors.hotp.map(({ counter }) => counter)).toEqual([...Array(10).keys()]))

  it.each(vectors.hotp)('counter $counter gives $code', ({ keyHex, counter, code }) => {
    expect(hotpCode(bytes(keyHex), counter, { algorithm: 'SHA1', digits: 6, periodSeconds: 30 }, hmac)).toBe(code)
  })
})

describe('TOTP, RFC 6238 appendix B', () => {
  it('has all eighteen vectors', () => {
    const named = new Set(vectors.totp.map(({ algorithm, unixSeconds }) => `${algorithm} ${unixSeconds}`))
    expect(named.size).toBe(18)
  })

  it.each(vectors.totp)('$algorithm at $unixSeconds gives $code, and is accepted as that step', (vector) => {
    const secret = bytes(vector.keyHex)
    const parameters = { algorithm: vector.algorithm as Algorithm, digits: 8, periodSeconds: 30 } as const
    const step = Math.floor(vector.unixSeconds / 30)
    expect(stepAt(vector.unixSeconds * 1000, 30)).toBe(step)
    expect(hotpCode(secret, step, parameters, hmac)).toBe(vector.code)
    const outcome = verifyTotp(secret, parameters, vector.code, vector.unixSeconds * 1000, -1, 0, hmac)
    expect(outcome).toEqual({ ok: true, step })
  })
})
