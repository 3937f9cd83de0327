// What the digits of a binding prove, by each way: the keys that follow from the part, and what the credential keeps of it.
import { confirmationQuestion, encodePhonePart, type PhonePart } from '../core/binding.ts'
import { joined } from '../core/fields.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Recorder } from './ledger.ts'
import type { OpenBinding } from './open-binding.ts'
import type { PhoneParameters } from './phone-credentials.ts'
import { agree, answerKey, bindingKey, scalarOf, welcomeKey } from './phone-keys.ts'
import { sha256 } from './primitives.ts'
import { readStation, stationRow } from './signing.ts'

export interface Proof {
  readonly bindingKey: Buffer
  readonly answerKey: Buffer
  readonly question: Uint8Array
  readonly parameters: PhoneParameters
  /** What a hub carries the welcome by; null where the part was typed. */
  readonly reply: { readonly key: Buffer; readonly part: Buffer } | null
}

export function proofByKeys(
  recorder: Recorder,
  keys: StationKeys,
  { offer, secret }: OpenBinding,
  part: PhonePart,
): Proof {
  const station = readStation(recorder)
  if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
  const sealed = { table: 'station', row: stationRow, person: '', kind: 'agreement' }
  const own = scalarOf(keys.open(station.agreement_secret, sealed))
  const [byOffer, byStation] = [agree(secret, part.agreementKey), agree(own, part.agreementKey)]
  if (!byOffer || !byStation) throw new Error('the part was taken with a key that is no point')
  const bytes = encodePhonePart(part)
  return {
    bindingKey: bindingKey(byOffer, offer.offer),
    answerKey: answerKey(byStation, offer.station),
    question: confirmationQuestion(offer, bytes),
    reply: { key: welcomeKey(byOffer, offer.offer), part: Buffer.from(sha256(bytes)) },
    parameters: {
      form: 'keys',
      signingKey: text(part.signingKey),
      agreementKey: text(part.agreementKey),
      passkey: part.passkey && { id: text(part.passkey.id), key: text(part.passkey.key) },
    },
  }
}

export function proofByTyping({ offer }: OpenBinding, r: Buffer): Proof {
  const shared = joined(offer.s, r)
  return {
    bindingKey: bindingKey(shared, offer.offer),
    answerKey: answerKey(shared, offer.station),
    question: confirmationQuestion(offer, r),
    parameters: { form: 'typed' },
    reply: null,
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
