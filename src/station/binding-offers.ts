// Offers to phones that scan: a key pair and s, sealed from the moment they exist; the phone's part; the digits that confirm it.
import { fromBase32 } from '../core/base32.ts'
import { type BindingOffer, encodePhonePart, partMessage, readPhonePart, readShownText } from '../core/binding.ts'
import { joined } from '../core/fields.ts'
import { equalText } from '../core/otp.ts'
import { type Proof, proofByKeys, proofByTyping } from './binding-proof.ts'
import { nobodyKeeps } from './keepers.ts'
import type { StationKeys } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import { draftOffer, endOffer, type OfferPlan, phonesOf } from './offers.ts'
import { numberOf, openOffer, parametersText, place, shortId } from './open-binding.ts'
import { endCredential } from './people-changes.ts'
import { boundPhonesOf, sealAnswerKey } from './phone-credentials.ts'
import { digitsFor, isSigned, makeOfferKeys, publicKeyOf } from './phone-keys.ts'
import { newId, random } from './primitives.ts'

const triesAllowed = 3

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

function secondPart(recorder: Recorder, offer: Row<'offer'>): PartAnswer {
  endOffer(recorder, offer, 'second-part')
  return { ok: false, reason: 'second-part' }
}

const tried = (row: Row<'offer'>) => ({ type: 'offer-tried', person: row.person_id, offer: row.id })
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
const by = (actor: string | undefined) => (actor === undefined ? {} : { actor })
