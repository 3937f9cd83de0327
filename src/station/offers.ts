// Enrollment offers: a sealed secret that becomes a credential only when a first code proves it.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import type { PolicyDocument } from '../contracts/policy.ts'
import { toBase32 } from '../core/base32.ts'
import { enrollmentUri } from '../core/enrollment-uri.ts'
import { type TotpParameters, verifyTotp } from '../core/otp.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { boundPhonesOf } from './phone-credentials.ts'
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

/** What an offer does to the phones from before, and why it is made. */
export interface OfferPlan {
  /** 'replace' ends all of them, 'add' none as far as policy has room, 'move' the one whose code asked for it. */
  readonly purpose: 'replace' | 'add' | 'move'
  /** The credential that a move ends. */
  readonly replaces?: string | undefined
  readonly reason?: string | undefined
}
export const plainOffer: OfferPlan = { purpose: 'replace' }

/** Sealed from the moment it exists; any live offer of the same person ends. */
export function makeOffer(
  recorder: Recorder,
  keys: StationKeys,
  person: Row<'person'>,
  expiresAtMs: number,
  actor: string | undefined,
  plan = plainOffer,
): OpenedOffer {
  const { id, content } = draftOffer(recorder, person, actor, plan)
  const secret = random(secretBytes)
  recorder.put('offer', id, {
    ...content,
    status: 'open',
    secret: sealFor(keys, id, person.id, secret),
    expires_at_ms: expiresAtMs,
  })
  const details = { purpose: content.purpose }
  const why = plan.reason === undefined ? {} : { reason: plan.reason }
  recorder.event({ type: 'offer-made', person: person.id, offer: id, details, ...why, ...by(actor) })
  return opened(id, person, secret, readPolicy(recorder).totp)
}

/** To be shown later, at the station: until then it has no secret, so that there is nothing to steal. */
export function makeWaitingOffer(
  recorder: Recorder,
  person: Row<'person'>,
  waitsUntilMs: number,
  actor: string | undefined,
  plan = plainOffer,
): string {
  const { id, content } = draftOffer(recorder, person, actor, plan)
  recorder.put('offer', id, { ...content, status: 'waiting', expires_at_ms: waitsUntilMs })
  const details = { purpose: content.purpose, waits: true }
  const why = plan.reason === undefined ? {} : { reason: plan.reason }
  recorder.event({ type: 'offer-made', person: person.id, offer: id, details, ...why, ...by(actor) })
  return id
}

/** The secret of one that waited is made as it is shown. */
export function showOffer(
  recorder: Recorder,
  keys: StationKeys,
  offer: Row<'offer'>,
  person: Row<'person'>,
  expiresAtMs: number,
  actor: string,
): OpenedOffer {
  const { id, event_number: _, ...drafted } = offer
  // What phones show may have changed while it waited.
  const content = { ...drafted, parameters: JSON.stringify(readPolicy(recorder).totp) }
  const secret = random(secretBytes)
  recorder.put('offer', id, {
    ...content,
    status: 'open',
    secret: sealFor(keys, id, person.id, secret),
    expires_at_ms: expiresAtMs,
  })
  recorder.event({ type: 'offer-shown', person: person.id, offer: id, actor })
  return opened(id, person, secret, readPolicy(recorder).totp)
}

/** What an offer of either kind begins as. @param phone of a phone that scans; else of an authenticator app. */
export function draftOffer(
  recorder: Recorder,
  person: Row<'person'>,
  actor: string | undefined,
  plan: OfferPlan,
  phone: { readonly kind: 'phone'; readonly parameters: string } | null = null,
) {
  for (const live of liveOffers(recorder, person.id)) endOffer(recorder, live, 'replaced', actor)
  const isFirst = (phone ? livePhones(recorder, person.id) : phonesOf(recorder, person.id)).length === 0
  const content = {
    person_id: person.id,
    // Of the station, not of the person: else the lock screen would tell by a code's length who somebody is.
    parameters: phone?.parameters ?? JSON.stringify(readPolicy(recorder).totp),
    secret: null,
    tries: 0,
    made_by: actor ?? null,
    purpose: isFirst ? ('first' as const) : plan.purpose,
    replaces: plan.replaces ?? null,
    reason: plan.reason ?? null,
    kind: phone?.kind ?? null,
  }
  return { id: newId(), content }
}

/** Waiting or on the screen. */
export const liveOffers = (source: Ledger | Recorder, person: string): Row<'offer'>[] =>
  source.find('offer', "person_id = ? AND status IN ('waiting', 'open')", person)

/** Of either kind. */
const livePhones = (source: Ledger | Recorder, person: string): Row<'credential'>[] =>
  source.find('credential', "person_id = ? AND kind IN ('totp', 'phone') AND status != 'ended'", person)

/** Authenticator apps, newest first. */
export const phonesOf = (source: Ledger | Recorder, person: string): Row<'credential'>[] =>
  source.find('credential', "person_id = ? AND kind = 'totp' AND status != 'ended' ORDER BY id DESC", person)

const sealFor = (keys: StationKeys, id: string, person: string, secret: Uint8Array): Buffer =>
  keys.seal(secret, { table: 'offer', row: id, person, kind: 'totp' })

function opened(id: string, person: Row<'person'>, secret: Uint8Array, totp: PolicyDocument['totp']): OpenedOffer {
  const setupKey = toBase32(secret)
  return { id, setupKey, uri: enrollmentUri(person.staff_id, setupKey, totp), digits: totp.digits }
}

const by = (actor: string | undefined) => (actor === undefined ? {} : { actor })

export type OfferEnd =
  | 'expired'
  | 'abandoned'
  | 'replaced'
  | 'too-many-tries'
  | 'station-stopped'
  | 'withdrawn'
  | 'second-part'

/** @param why in the words of whoever ended it. */
export function endOffer(
  recorder: Recorder,
  offer: Row<'offer'>,
  reason: OfferEnd,
  actor?: string,
  why?: string,
): void {
  const { id, event_number: _, ...content } = offer
  recorder.put('offer', id, { ...content, status: 'ended', secret: null })
  const details = why === undefined ? {} : { details: { why } }
  recorder.event({ type: 'offer-ended', person: offer.person_id, offer: id, reason, ...details, ...by(actor) })
}

export type ConfirmAnswer =
  | { readonly ok: true; readonly personId: string; readonly codesId: string }
  | { readonly ok: false; readonly reason: 'not-now' | 'wrong-code' | 'clock-wrong' | 'expired' | 'too-many-tries' }

/** A first code makes the credential; what the offer replaces ends with its secret erased. */
export function confirmOffer(
  recorder: Recorder,
  keys: StationKeys,
  offerId: string,
  code: string,
  nowMs: number,
  windowSteps: number,
  recovery: RecoverySet,
  phonesAllowed = 1,
): ConfirmAnswer {
  const offer = recorder.get('offer', offerId)
  if (offer?.status !== 'open' || offer.kind !== null || !offer.secret) return { ok: false, reason: 'not-now' }
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
  // A lost phone scans no more either.
  const bound = offer.purpose === 'replace' ? boundPhonesOf(recorder, person) : []
  const ends = [...endingPhones(phonesOf(recorder, person), offer, phonesAllowed), ...bound]
  for (const old of ends) {
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
  const details = { ended: ends.length }
  recorder.event({
    type: 'offer-confirmed',
    person,
    offer: id,
    credential,
    method: 'totp',
    outcome: 'accepted',
    details,
  })
  return { ok: true, personId: person, codesId: codes }
}

/** @param phones newest first. Never more stay than policy allows beside the new one, whatever it allowed when the offer was made. */
function endingPhones(phones: Row<'credential'>[], offer: Row<'offer'>, allowed: number): Row<'credential'>[] {
  if (offer.purpose !== 'add' && offer.purpose !== 'move') return phones
  const others = phones.filter(({ id }) => id !== offer.replaces)
  const staying = others.slice(0, allowed - 1)
  return phones.filter((phone) => !staying.includes(phone))
}
