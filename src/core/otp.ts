// HOTP and TOTP (RFC 4226, RFC 6238): which step, if any, a typed code belongs to.
import { HOTP, Secret } from 'otpauth/bare'

/** HMAC of RFC 2104, first keyed, then used; algorithm in otpauth's spelling ('SHA1', 'SHA256', 'SHA512'). */
export type Hmac = (algorithm: string, key: Uint8Array) => KeyedHmac
export type KeyedHmac = (message: Uint8Array) => Uint8Array

export interface TotpParameters {
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512'
  readonly digits: 6 | 7 | 8
  readonly periodSeconds: number
}
export const defaultTotp: TotpParameters = { algorithm: 'SHA1', digits: 6, periodSeconds: 30 }

/** Steps either way in which a code that is no unlock still tells that a clock is wrong. */
export const clockSearchSteps = 20

export const stepAt = (nowMs: number, periodSeconds: number): number => Math.floor(nowMs / 1000 / periodSeconds)

/** The code for one counter value (RFC 4226, 5.3). */
export function hotpCode(secret: Uint8Array, counter: number, parameters: TotpParameters, hmac: Hmac): string {
  return codeOf(counter, parameters, hmac(parameters.algorithm, secret))
}

// otpauth hands the secret on to the HMAC, which has it already.
const noSecret = new Secret({ buffer: new Uint8Array(0).buffer })
const codeOf = (counter: number, { algorithm, digits }: TotpParameters, keyed: KeyedHmac): string =>
  HOTP.generate({
    secret: noSecret,
    algorithm,
    digits,
    counter,
    hmac: (_algorithm, _secret, message) => keyed(message),
  })

export type TotpOutcome =
  | { readonly ok: true; readonly step: number }
  | { readonly ok: false; readonly reason: 'wrong-code' | 'already-used' | 'clock-wrong' }

/**
 * Decides on a typed code. Always 2 × 20 + 1 HMACs, whatever the answer, so that time tells nothing.
 * @param lastStep the last step accepted for this credential, -1 for none: only a later one is accepted.
 * @param windowSteps how many steps before the current one are accepted (RFC 6238, 5.2).
 */
export function verifyTotp(
  secret: Uint8Array,
  parameters: TotpParameters,
  code: string,
  nowMs: number,
  lastStep: number,
  windowSteps: number,
  hmac: Hmac,
): TotpOutcome {
  const keyed = hmac(parameters.algorithm, secret)
  const current = stepAt(nowMs, parameters.periodSeconds)
  let accepted = -1
  let used = false
  let elsewhere = false
  for (let offset = -clockSearchSteps; offset <= clockSearchSteps; offset++) {
    const step = current + offset
    // Before 1970 there is no step; the HMAC is spent all the same.
    const same = equalText(codeOf(Math.max(step, 0), parameters, keyed), code) && step >= 0
    if (!same) continue
    if (step <= lastStep) used = true
    else if (offset <= 0 && offset >= -windowSteps) accepted = step
    else elsewhere = true
  }
  if (accepted >= 0) return { ok: true, step: accepted }
  if (used) return { ok: false, reason: 'already-used' }
  return { ok: false, reason: elsewhere ? 'clock-wrong' : 'wrong-code' }
}

/** Compares without stopping at the first difference; lengths are no secret. */
export function equalText(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
