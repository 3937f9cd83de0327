// Whether a phone that is known here has said that a new one is its owner's: then the hub's word alone is not all there is for it.
import type { Entry } from '../../contracts/hub/down.ts'
import type { PhoneKeys } from '../../contracts/hub/phones.ts'
import { uuidOf } from '../../core/phone-answer.ts'
import { isVouchFor, readVouch, type Vouch, vouchLivesMs, vouchMessage } from '../../core/vouch.ts'
import type { Ledger, Recorder, Row } from '../ledger.ts'
import { counterOf } from '../passkey.ts'
import { readPhoneParameters } from '../phone-credentials.ts'
import { isSigned, publicKeyOf } from '../phone-keys.ts'
import { isPhoneClosed } from '../throttle.ts'

/** What passkeys said, by the text of each vouch: how often that passkey has signed, 0 where it does not count. */
export type Assertions = ReadonlyMap<string, number>
/** A phone's clock may run ahead of ours. */
const aheadMs = 60 * 60_000

/** Looked at before anything is taken: a library checks it, and no transaction waits for one. */
export async function assertionsIn(
  source: Ledger,
  entries: readonly Entry[],
  phoneHost: string | null,
): Promise<Assertions> {
  const found = new Map<string, number>()
  const texts = entries.flatMap((entry) =>
    entry.kind === 'person'
      ? entry.credentials.flatMap((one) => (one.kind === 'phone' ? (one.vouches ?? []) : []))
      : [],
  )
  for (const text of texts) {
    const vouch = readVouch(bytesOf(text))
    const old = vouch && source.get('credential', uuidOf(vouch.credential))
    if (!vouch?.assertion || old?.kind !== 'phone' || phoneHost === null) continue
    const { signature: _, assertion, ...unsigned } = vouch
    const known = Math.max(old.last_step, 0)
    const counter = await counterOf(assertion, vouchMessage(unsigned), readPhoneParameters(old), known, phoneHost)
    if (counter !== null) found.set(text, counter)
  }
  return found
}

/**
 * The phone that has said so, or null. It has to be this person's, to work here at this moment, and to have said it of exactly
 * these keys; where it has a passkey, that too, with its owner seen. Keys that were here under another id are nobody's new phone.
 */
export function voucherFor(
  recorder: Recorder,
  person: string,
  id: string,
  { keys, vouches = [] }: { readonly keys: PhoneKeys; readonly vouches?: readonly string[] | undefined },
  { assertions, nowMs }: { readonly assertions: Assertions; readonly nowMs: number },
): Row<'credential'> | null {
  if (vouches.length === 0 || isKnownElsewhere(recorder, id, keys)) return null
  for (const text of vouches) {
    const vouch = readVouch(bytesOf(text))
    const old = vouch && recorder.get('credential', uuidOf(vouch.credential))
    if (!vouch || old?.kind !== 'phone' || old.person_id !== person || old.status !== 'active' || old.id === id)
      continue
    if (!isVouchFor(vouch, keys, base64Of) || !isOfNow(vouch, nowMs) || isPhoneClosed(recorder, old.id, nowMs)) continue
    const parameters = readPhoneParameters(old)
    if (parameters.form !== 'keys') continue
    const key = publicKeyOf(Buffer.from(parameters.signingKey, 'base64'))
    const { signature, assertion: _, ...unsigned } = vouch
    if (!key || !isSigned(vouchMessage(unsigned), signature, key)) continue
    if (parameters.passkey && !isCounted(old, assertions.get(text))) continue
    return old
  }
  return null
}

/** Another answer of the same passkey may have come since. */
const isCounted = ({ last_step }: Row<'credential'>, counter: number | undefined): boolean =>
  counter !== undefined && (counter === 0 ? last_step <= 0 : counter > last_step)

const isOfNow = ({ atSeconds }: Vouch, nowMs: number): boolean =>
  atSeconds * 1000 > nowMs - vouchLivesMs && atSeconds * 1000 < nowMs + aheadMs

/** Also one that has ended: what was revoked does not come back under another name. */
const isKnownElsewhere = (recorder: Recorder, id: string, { signingKey }: PhoneKeys): boolean =>
  recorder
    .find('credential', "kind = 'phone' AND id != ? AND instr(parameters, ?) > 0", id, JSON.stringify(signingKey))
    .some((other) => {
      const parameters = readPhoneParameters(other)
      return parameters.form === 'keys' && parameters.signingKey === signingKey
    })

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const bytesOf = (url: string): Uint8Array => Uint8Array.from(Buffer.from(url, 'base64url'))
