// Offers to phones that scan: a key pair and s, sealed from the moment they exist; the phone's part; the digits that confirm it.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import { fromBase32 } from '../core/base32.ts'
import {
  type BindingOffer,
  encodePhonePart,
  type PhonePart,
  partMessage,
  readPhonePart,
  readShownText,
} from '../core/binding.ts'
import { joined } from '../core/fields.ts'
import { equalText } from '../core/otp.ts'
import { type Proof, proofByKeys, proofByTyping } from './binding-proof.ts'
import { nobodyKeeps } from './keepers.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import { draftOffer, endOffer, type OfferPlan, phonesOf } from './offers.ts'
import { endCredential } from './people-changes.ts'
import { boundPhonesOf, sealAnswerKey } from './phone-credentials.ts'
import { digitsFor, isSigned, makeOfferKeys, publicKeyOf } from './phone-keys.ts'
import { newId, random } from './primitives.ts'
import { readStation, stationNumber, stationRow } from './signing.ts'

const triesAllowed = 3
const secretBytes = 32 + 16
/** The public key of the offer, and the phone's part once it came; r lies with the secret. */
const offerParameters = z.strictObject({
  key: z.string(),
  part: z.string().nullable(),
  /** As the offer says; absent before there were any that a hub carries. */
  organisation: z.string().nullable().default(null),
})

export interface OpenedBinding {
  readonly id: string
  readonly offer: BindingOffer
}

/** Any live offer of the same person ends. @param organisation whose hub carries the part and the welcome. */
export function makeBinding(
  recorder: Recorder,
  keys: StationKeys,
  person: Row<'person'>,
  expiresAtMs: number,
  actor: string | undefined,
  plan: OfferPlan,
  organisation: string | null = null,
): OpenedBinding {
  const made = makeOfferKeys()
  const s = random(16)
  const parameters = parametersText({ key: made.key, organisation }, null)
  const { id, content } = draftOffer(recorder, person, actor, plan, { kind: 'phone', parameters })
  recorder.put('offer', id, {
    ...content,
    status: 'open',
    secret: keys.seal(joined(made.secret, s), place(id, person.id)),
    expires_at_ms: expiresAtMs,
  })
  const why = plan.reason === undefined ? {} : { reason: plan.reason }
  const details = { purpose: content.purpose, kind: 'phone' }
  recorder.event({ type: 'offer-made', person: person.id, offer: id, details, ...why, ...by(actor) })
  return { id, offer: { offer: shortId(id), station: numberOf(recorder), key: made.key, s, organisation } }
}

export type PartAnswer =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly reason: 'not-now' | 'not-a-part' | 'other-offer' | 'bad-part' | 'second-part' | 'expired'
    }

/** What the station's camera read. */
export function takeShownPart(
  recorder: Recorder,
  keys: StationKeys,
  offerId: string,
  text: string,
  nowMs: number,
): PartAnswer {
  const bytes = readShownText(text, 'P')
  return bytes ? takePart(recorder, keys, offerId, bytes, nowMs, 'shown') : { ok: false, reason: 'not-a-part' }
}

/**
 * By the station's camera, or a hub. A second part is somebody else's phone: then neither is bound. What no phone has signed
 * for this very offer is no part of one: whoever carries parts, and has not seen the offer, can't end it.
 */
export function takePart(
  recorder: Recorder,
  keys: StationKeys,
  offerId: string,
  bytes: Uint8Array,
  nowMs: number,
  form: 'shown' | 'sent',
): PartAnswer {
  const part = readPhonePart(bytes)
  if (!part) return { ok: false, reason: 'not-a-part' }
  const open = openOffer(recorder, keys, offerId, nowMs)
  if ('reason' in open) return open
  if (!sameBytes(part.offer, open.offer.offer)) return { ok: false, reason: 'other-offer' }
  // The camera reads the same code many times a second, and a phone that was sent by a hub may be held up as well.
  if (open.part && sameBytes(encodePhonePart(open.part), bytes)) return { ok: true }
  const key = publicKeyOf(part.signingKey)
  const { signature, ...unsigned } = part
  const points = [part.agreementKey, ...(part.passkey ? [part.passkey.key] : [])]
  if (!key || !points.every(publicKeyOf) || !isSigned(partMessage(unsigned, open.offer), signature, key)) {
    recorder.event({ ...tried(open.row), outcome: 'refused', reason: 'bad-part' })
    return { ok: false, reason: 'bad-part' }
  }
  if (open.hasPart) return secondPart(recorder, open.row)
  const parameters = parametersText(open.offer, bytes)
  const { id, event_number: _, ...content } = open.row
  recorder.put('offer', id, { ...content, parameters })
  recorder.event({ type: 'phone-part-taken', person: open.row.person_id, offer: id, details: { form } })
  return { ok: true }
}

/** @param r sixteen base32 characters. */
export function takeTypedPart(
  recorder: Recorder,
  keys: StationKeys,
  offerId: string,
  r: string,
  nowMs: number,
): PartAnswer {
  const open = openOffer(recorder, keys, offerId, nowMs)
  if ('reason' in open) return open
  // What was typed may be mistyped, so it may be typed anew; what the camera took was signed.
  if (open.part) return secondPart(recorder, open.row)
  const { id, event_number: _, ...content } = open.row
  const secret = keys.seal(joined(open.secret, open.offer.s, fromBase32(r)), place(id, content.person_id))
  recorder.put('offer', id, { ...content, secret })
  recorder.event({ type: 'phone-part-taken', person: content.person_id, offer: id, details: { form: 'typed' } })
  return { ok: true }
}

export type BindingAnswer =
  | {
      readonly ok: true
      readonly personId: string
      readonly credentialId: string
      readonly offer: BindingOffer
      readonly reply: Proof['reply']
    }
  | {
      readonly ok: false
      readonly reason: 'not-now' | 'no-part' | 'wrong-code' | 'expired' | 'too-many-tries' | 'last-administrator'
    }

/** The digits that the phone shows make the credential; what the offer replaces ends with its secret erased. */
export function confirmBinding(
  recorder: Recorder,
  keys: StationKeys,
  offerId: string,
  digits: string,
  nowMs: number,
  phonesAllowed: number,
): BindingAnswer {
  const open = openOffer(recorder, keys, offerId, nowMs)
  if ('reason' in open) return open
  const { row, offer } = open
  const proof = open.part ? proofByKeys(recorder, keys, open, open.part) : open.r ? proofByTyping(open, open.r) : null
  if (!proof) return { ok: false, reason: 'no-part' }
  const { id, event_number: _, ...content } = row
  const person = row.person_id
  if (!equalText(digitsFor(proof.bindingKey, proof.question), digits)) {
    recorder.put('offer', id, { ...content, tries: row.tries + 1 })
    recorder.event({ ...tried(row), outcome: 'refused', reason: 'wrong-code' })
    if (row.tries + 1 < triesAllowed) return { ok: false, reason: 'wrong-code' }
    const last = recorder.get('offer', id)
    if (last) endOffer(recorder, last, 'too-many-tries')
    return { ok: false, reason: 'too-many-tries' }
  }
  const bound = boundPhonesOf(recorder, person)
  const others = bound.filter(({ id }) => id !== row.replaces).slice(0, phonesAllowed - 1)
  const ending =
    row.purpose === 'replace'
      ? [...bound, ...phonesOf(recorder, person)]
      : bound.filter((phone) => !others.includes(phone))
  // What ends may be all that policy lets the last administrator come in by, and the new phone less than that.
  const change = { credentials: ending.map((each) => each.id), gains: { person, parameters: proof.parameters } }
  if (nobodyKeeps(recorder, change) && !nobodyKeeps(recorder, {})) {
    recorder.event({ ...tried(row), outcome: 'refused', reason: 'last-administrator' })
    endOffer(recorder, row, 'withdrawn')
    return { ok: false, reason: 'last-administrator' }
  }
  // By its own event each: a hub ends at every station what has ended at one.
  for (const old of ending) endCredential(recorder, old, { actor: undefined, reason: 'replaced' })
  const credential = newId()
  recorder.put('offer', id, { ...content, status: 'confirmed', secret: null })
  recorder.put('credential', credential, {
    person_id: person,
    kind: 'phone',
    status: 'active',
    parameters: JSON.stringify(proof.parameters),
    secret: sealAnswerKey(keys, credential, person, proof.answerKey),
    last_step: -1,
  })
  const details = { ended: ending.length, form: proof.parameters.form }
  recorder.event({
    type: 'offer-confirmed',
    person,
    offer: id,
    credential,
    method: 'phone',
    outcome: 'accepted',
    details,
  })
  return { ok: true, personId: person, credentialId: credential, offer, reply: proof.reply }
}

export interface OpenBinding {
  readonly row: Row<'offer'>
  readonly offer: BindingOffer
  readonly secret: Buffer
  /** Ten bytes, where it was typed. */
  readonly r: Buffer | null
  readonly part: PhonePart | null
  readonly hasPart: boolean
}

function openOffer(recorder: Recorder, keys: StationKeys, offerId: string, nowMs: number) {
  const row = recorder.get('offer', offerId)
  if (row?.status !== 'open' || row.kind !== 'phone' || !row.secret) return { ok: false, reason: 'not-now' } as const
  if (recorder.get('person', row.person_id)?.status !== 'active') {
    endOffer(recorder, row, 'withdrawn')
    return { ok: false, reason: 'not-now' } as const
  }
  if (nowMs >= row.expires_at_ms) {
    endOffer(recorder, row, 'expired')
    return { ok: false, reason: 'expired' } as const
  }
  const sealed = keys.open(row.secret, place(row.id, row.person_id))
  const kept = offerParameters.safeParse(parseJson(row.parameters))
  if (!kept.success) throw new DamageError('data-edited', `offer/${row.id}`)
  const part = kept.data.part === null ? null : readPhonePart(Buffer.from(kept.data.part, 'base64'))
  const r = sealed.length > secretBytes ? sealed.subarray(secretBytes) : null
  const open: OpenBinding = {
    row,
    offer: {
      offer: shortId(row.id),
      station: numberOf(recorder),
      key: Buffer.from(kept.data.key, 'base64'),
      s: sealed.subarray(32, secretBytes),
      organisation: kept.data.organisation,
    },
    secret: sealed.subarray(0, 32),
    r,
    part,
    hasPart: part !== null || r !== null,
  }
  return open
}

function parametersText({ key, organisation }: Pick<BindingOffer, 'key' | 'organisation'>, part: Uint8Array | null) {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  return JSON.stringify({ key: text(key), part: part && text(part), organisation })
}

function secondPart(recorder: Recorder, offer: Row<'offer'>): PartAnswer {
  endOffer(recorder, offer, 'second-part')
  return { ok: false, reason: 'second-part' }
}

const place = (id: string, person: string) => ({ table: 'offer', row: id, person, kind: 'phone' })
const tried = (row: Row<'offer'>) => ({ type: 'offer-tried', person: row.person_id, offer: row.id })
/** Last 8 bytes of a UUID. */
const shortId = (id: string): Buffer => Buffer.from(id.replaceAll('-', '').slice(16), 'hex')
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
const by = (actor: string | undefined) => (actor === undefined ? {} : { actor })

function numberOf(recorder: Recorder): Buffer {
  const station = readStation(recorder)
  if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
  return Buffer.from(stationNumber(station.signing_public), 'hex')
}
