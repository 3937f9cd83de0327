// A phone that was bound at another station, as the hub tells of it: taken by its public keys, held where it could be somebody else's.
import type { PhoneEntry } from '../../contracts/hub/down.ts'
import type { PhoneKeys } from '../../contracts/hub/phones.ts'
import { raiseAlert } from '../alerts.ts'
import { DamageError, type StationKeys } from '../keys.ts'
import type { Recorder, Row } from '../ledger.ts'
import { endCredential } from '../people-changes.ts'
import { type PhoneParameters, readPhoneParameters, sealAnswerKey } from '../phone-credentials.ts'
import { agree, answerKey, publicKeyOf, scalarOf } from '../phone-keys.ts'
import { readStation, stationNumber, stationRow } from '../signing.ts'
import type { Taking } from './down.ts'
import { voucherFor } from './vouches.ts'

/** In the words of an event: nobody here did it. */
export const byHub = { actor: undefined, by: 'hub' } as const

/**
 * Under an id that is known here keys never change. Somebody who has or had a phone that was bound here gets no other one by
 * the hub's word alone: it waits until an administrator of this station lets it in, or the phone is bound here anew; unless
 * the phone that they have here has said by its own signature that this one is theirs.
 */
export function takePhone(recorder: Recorder, person: string, entry: PhoneEntry, taking: Taking): void {
  const { keys, nowMs, read } = taking
  const known = recorder.get('credential', entry.id)
  if (known && (known.person_id !== person || known.kind !== 'phone')) {
    refuseKeys(recorder, person, nowMs)
    return
  }
  if (entry.status === 'ended' || !entry.keys) {
    if (known && known.status !== 'ended') endCredential(recorder, known, { ...byHub, reason: 'hub' })
    return
  }
  if (!known) {
    const secret = answerSecret(recorder, keys, { id: entry.id, person }, entry.keys)
    if (!secret) {
      refuseKeys(recorder, person, nowMs)
      return
    }
    const isHeld = wasBoundHere(recorder, person)
    const voucher = isHeld && entry.status === 'active' ? voucherOf(recorder, person, entry, taking) : null
    const status = isHeld && !voucher ? 'pending' : entry.status
    const parameters = JSON.stringify(parametersOf(entry.keys))
    const facts = { person_id: person, kind: 'phone', parameters, secret, last_step: -1, origin: 'hub' } as const
    recorder.put('credential', entry.id, { ...facts, status })
    const said = voucher ? { vouched_by: voucher.id } : {}
    recorder.event({ ...taken(person, entry.id), details: { kind: 'phone', after: status, ...said } })
    if (status === 'pending') raiseAlert(recorder, 'hub-phone-waiting', nowMs, { person })
    return
  }
  if (!isSameKeys(known, entry.keys)) {
    refuseKeys(recorder, person, nowMs)
    return
  }
  // Ended or held here, by whatever: the hub's word alone makes neither work.
  if (known.status === 'ended' || known.status === 'pending' || known.status === entry.status) return
  // One that was bound here is let in again here alone; and the hub may not have heard yet of what happened here.
  const isOwn = known.origin !== 'hub'
  if (entry.status === 'active' && (isOwn || known.event_number > read)) return
  const { id, event_number: _, ...content } = known
  recorder.put('credential', id, { ...content, status: entry.status })
  recorder.event({ ...taken(person, id), details: { kind: 'phone', after: entry.status } })
}

/** The phone from before that has said so, whose passkey's count goes on with it. */
function voucherOf(
  recorder: Recorder,
  person: string,
  { id, keys, vouches }: PhoneEntry,
  { assertions = new Map(), nowMs }: Taking,
): Row<'credential'> | null {
  const voucher = keys ? voucherFor(recorder, person, id, { keys, vouches }, { assertions, nowMs }) : null
  const counter = Math.max(...(vouches ?? []).map((each) => assertions.get(each) ?? 0), 0)
  if (voucher && counter > voucher.last_step) {
    const { id: old, event_number: _, ...content } = voucher
    recorder.put('credential', old, { ...content, last_step: counter })
  }
  return voucher
}

/** Nothing of it is taken, and somebody has to look. */
export const refuseKeys = (recorder: Recorder, person: string, nowMs: number): void =>
  raiseAlert(recorder, 'hub-key-refused', nowMs, { person })

const taken = (person: string, credential: string) => ({ type: 'hub-credential-taken', person, credential })

const parametersOf = (keys: PhoneKeys): PhoneParameters => ({ form: 'keys', ...keys })

function isSameKeys(known: Row<'credential'>, keys: PhoneKeys): boolean {
  const before = readPhoneParameters(known)
  return before.form === 'keys' && canonical(before) === canonical(keys)
}

const canonical = ({ signingKey, agreementKey, passkey }: PhoneKeys): string =>
  JSON.stringify([signingKey, agreementKey, passkey?.id, passkey?.key])

/** Also one that has ended: that it was lost is when another one would be slipped in. */
const wasBoundHere = (recorder: Recorder, person: string): boolean =>
  recorder.find('credential', "person_id = ? AND kind = 'phone' AND origin IS NULL LIMIT 1", person).length > 0

/** The key of the phone's typed answers here; null where its keys are none. */
function answerSecret(
  recorder: Recorder,
  keys: StationKeys,
  { id, person }: { readonly id: string; readonly person: string },
  { signingKey, agreementKey, passkey }: PhoneKeys,
): Buffer | null {
  const points = [signingKey, ...(passkey ? [passkey.key] : [])]
  if (!points.every((point) => publicKeyOf(Buffer.from(point, 'base64')))) return null
  const station = readStation(recorder)
  if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
  const place = { table: 'station', row: stationRow, person: '', kind: 'agreement' }
  const agreed = agree(scalarOf(keys.open(station.agreement_secret, place)), Buffer.from(agreementKey, 'base64'))
  const number = Buffer.from(stationNumber(station.signing_public), 'hex')
  return agreed && sealAnswerKey(keys, id, person, answerKey(agreed, number))
}
