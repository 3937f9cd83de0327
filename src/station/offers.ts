// Enrollment offers: a sealed secret that becomes a credential only when a first code proves it.
import { z } from 'zod'
import { toBase32 } from '../core/base32.ts'
import { defaultTotp, type TotpParameters, verifyTotp } from '../core/otp.ts'
import { parseJson } from './anchor.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import { readPolicy } from './policy.ts'
import { hmac, newId, random } from './primitives.ts'
import { endPendingSets, putPendingSet, type RecoverySet } from './recovery-codes.ts'
import { noteSuccess } from './throttle.ts'

const parameters = z.strictObject({
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
  digits: z.union([z.literal(6), z.literal(7), z.literal(8)]),
  periodSeconds: z.number().int().min(15).max(120),
})
const secretBytes = 20
const triesAllowed = 5
export const issuer = 'Wardkey'

export function totpParameters(text: string, where: string): TotpParameters {
  const parsed = parameters.safeParse(parseJson(text))
  if (!parsed.success) throw new DamageError('data-edited', where)
  return parsed.data
}

export interface OpenedOffer {
  readonly id: string
  readonly setupKey: string
  readonly uri: string
  /** Digits of the codes that the phone will show. */
  readonly digits: 6 | 8
}

/** Sealed from the moment it exists; any open offer of the same person ends. */
export function makeOffer(
  recorder: Recorder,
  keys: StationKeys,
  person: Row<'person'>,
  expiresAtMs: number,
  actor: string | undefined,
): OpenedOffer {
  for (const open of recorder.find('offer', "person_id = ? AND status = 'open'", person.id))
    endOffer(recorder, open, 'replaced')
  const id = newId()
  const secret = random(secretBytes)
  // Of the station, not of the person: else the lock screen would tell by a code's length who somebody is.
  const { totp } = readPolicy(recorder)
  recorder.put('offer', id, {
    person_id: person.id,
    status: 'open',
    parameters: JSON.stringify(totp),
    secret: keys.seal(secret, { table: 'offer', row: id, person: person.id, kind: 'totp' }),
    expires_at_ms: expiresAtMs,
    tries: 0,
  })
  recorder.event({ type: 'offer-made', person: person.id, offer: id, ...(actor ? { actor } : {}) })
  const setupKey = toBase32(secret)
  return { id, setupKey, uri: enrollmentUri(person.staff_id, setupKey, totp), digits: totp.digits }
}

/** Every app reads SHA1, 6 digits and 30 s, so these are the default; docs/authenticator-apps.md says what others read. */
export function enrollmentUri(staffId: string, setupKey: string, totp: TotpParameters = defaultTotp): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(staffId)}`
  const { algorithm, digits, periodSeconds } = totp
  return `otpauth://totp/${label}?secret=${setupKey}&issuer=${encodeURIComponent(issuer)}&algorithm=${algorithm}&digits=${digits}&period=${periodSeconds}`
}

export type OfferEnd = 'expired' | 'abandoned' | 'replaced' | 'too-many-tries' | 'station-stopped' | 'withdrawn'

export function endOffer(recorder: Recorder, offer: Row<'offer'>, reason: OfferEnd, actor?: string): void {
  const { id, event_number: _, ...content } = offer
  recorder.put('offer', id, { ...content, status: 'ended', secret: null })
  recorder.event({ type: 'offer-ended', person: offer.person_id, offer: id, reason, ...(actor ? { actor } : {}) })
}

export type ConfirmAnswer =
  | { readonly ok: true; readonly personId: string; readonly codesId: string }
  | { readonly ok: false; readonly reason: 'not-now' | 'wrong-code' | 'clock-wrong' | 'expired' | 'too-many-tries' }

/** A first code makes the credential; an earlier one of the person's ends with its secret erased. */
export function confirmOffer(
  recorder: Recorder,
  keys: StationKeys,
  offerId: string,
  code: string,
  nowMs: number,
  windowSteps: number,
  recovery: RecoverySet,
): ConfirmAnswer {
  const offer = recorder.get('offer', offerId)
  if (offer?.status !== 'open' || !offer.secret) return { ok: false, reason: 'not-now' }
  const owner = recorder.get('person', offer.person_id)
  if (owner?.status !== 'active') {
    endOffer(recorder, offer, 'withdrawn')
    return { ok: false, reason: 'not-now' }
  }
  if (nowMs >= offer.expires_at_ms) {
    endOffer(recorder, offer, 'expired')
    return { ok: false, reason: 'expired' }
  }
  const person = offer.person_id
  const secret = keys.open(offer.secret, { table: 'offer', row: offer.id, person, kind: 'totp' })
  const settings = totpParameters(offer.parameters, `offer/${offer.id}`)
  const outcome = verifyTotp(secret, settings, code, nowMs, -1, windowSteps, hmac)
  const { id, event_number: _, ...content } = offer
  if (!outcome.ok) {
    const reason = outcome.reason === 'clock-wrong' ? 'clock-wrong' : 'wrong-code'
    recorder.put('offer', id, { ...content, tries: offer.tries + 1 })
    recorder.event({ type: 'offer-tried', person, offer: id, outcome: 'refused', reason })
    if (offer.tries + 1 < triesAllowed) return { ok: false, reason }
    const tried = recorder.get('offer', id)
    if (tried) endOffer(recorder, tried, 'too-many-tries')
    return { ok: false, reason: 'too-many-tries' }
  }
  for (const old of recorder.find('credential', "person_id = ? AND kind = 'totp' AND status != 'ended'", person)) {
    const { id: oldId, event_number: __, ...rest } = old
    recorder.put('credential', oldId, { ...rest, status: 'ended', secret: null })
  }
  endPendingSets(recorder, person)
  const credential = newId()
  recorder.put('offer', id, { ...content, status: 'confirmed', secret: null })
  recorder.put('credential', credential, {
    person_id: person,
    kind: 'totp',
    status: 'active',
    parameters: offer.parameters,
    secret: keys.seal(secret, { table: 'credential', row: credential, person, kind: 'totp' }),
    last_step: outcome.step,
  })
  const codes = putPendingSet(recorder, keys, person, recovery)
  // What failed against the phone from before is not held against the new one.
  noteSuccess(recorder, keys.subject(owner.staff_id), 'totp')
  recorder.event({ type: 'offer-confirmed', person, offer: id, credential, method: 'totp', outcome: 'accepted' })
  return { ok: true, personId: person, codesId: codes }
}
