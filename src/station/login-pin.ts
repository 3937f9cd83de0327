// The PIN after a right code: the second half of one sign-in, bound to the person and the credential of the first.
import { type Attempt, accept, fail, ids, type LoginOutcome, type LoginParts, refuse, refuseUnseen } from './attempt.ts'
import type { Recorder, Row } from './ledger.ts'
import type { FirstFactor } from './login.ts'
import { isPin, pinOf, putPin } from './pins.ts'
import { throttleNow } from './policy.ts'
import type { Tagged } from './slow-hash.ts'
import { remainingWait } from './throttle.ts'

type First = FirstFactor['first']
const type = 'login-attempted'

/** @param tag of what was typed, made beforehand, off this thread; null where it came too early. */
export function loginByPin(parts: LoginParts, first: First, tag: string | null): LoginOutcome {
  return parts.ledger.record((recorder) => {
    const nowMs = parts.clock.nowMs()
    const pin = pinOf(recorder, first.personId)
    const person = recorder.get('person', first.personId)
    const attempt: Attempt = { subject: first.subject, method: 'pin', ...ids(person, pin) }
    const rule = throttleNow(recorder, nowMs)
    const waitMs = remainingWait(recorder, first.subject, 'pin', nowMs, rule)
    if (waitMs > 0 || tag === null)
      return refuseUnseen(parts, recorder, type, attempt, 'throttled', Math.max(waitMs, 1))
    if (person?.status !== 'active')
      return refuse(recorder, type, attempt, person?.status ?? 'unknown-person', 'suspended')
    if (!stillProved(recorder, first)) return refuse(recorder, type, attempt, 'credential-ended', 'not-now')
    if (!pin) return refuse(recorder, type, attempt, 'no-credential', 'not-now')
    if (pin.status !== 'active') return refuse(recorder, type, attempt, 'pin-suspended', 'suspended')
    if (!isPin(parts.keys, pin, tag))
      return fail(parts, recorder, type, { attempt, rule, recorded: 'wrong-pin', shown: 'wrong-code' })
    return accept(recorder, attempt, 'pin', person, nowMs, first.credentialId)
  })
}

/** Somebody's first PIN, chosen after a right code; it opens their session at once. */
export function loginWithNewPin(parts: LoginParts, first: First, made: Tagged): LoginOutcome {
  return parts.ledger.record((recorder) => {
    const nowMs = parts.clock.nowMs()
    const person = recorder.get('person', first.personId)
    const attempt: Attempt = { subject: first.subject, method: 'pin', ...ids(person, null) }
    if (person?.status !== 'active')
      return refuse(recorder, type, attempt, person?.status ?? 'unknown-person', 'suspended')
    // One that was set elsewhere meanwhile is asked for, not written over.
    if (!stillProved(recorder, first) || pinOf(recorder, person.id))
      return refuse(recorder, type, attempt, 'credential-ended', 'not-now')
    const credential = putPin(recorder, parts.keys, person.id, made)
    return accept(recorder, { ...attempt, credential }, 'pin', person, nowMs, first.credentialId)
  })
}

/** Read anew: the phone may have been revoked since its code was taken, also by another process. */
const stillProved = (recorder: Recorder, { credentialId, personId }: First): boolean => {
  const credential: Row<'credential'> | null = recorder.get('credential', credentialId)
  return credential?.status === 'active' && credential.person_id === personId
}
