// A login attempt: throttle, person, code and clock, with its outcome and its event in one transaction.
import type { PolicySettings } from '../contracts/policy.ts'
import { evaluatePolicy } from '../core/policy.ts'
import {
  type Attempt,
  type AttemptType,
  accept,
  fail,
  ids,
  type LoginOutcome,
  type LoginParts,
  type Refusal,
  refuse,
  refuseUnseen,
} from './attempt.ts'
import { leaseIsOver } from './hub/lease.ts'
import type { Recorder, Row } from './ledger.ts'
import { mostPhones, mostTelling, tryPhone } from './login-phones.ts'
import { lookUp } from './login-subject.ts'
import { isAdministrator, rolesOf } from './people.ts'
import { isUnconfirmed } from './people-confirmation.ts'
import { answeringPhones, boundPhonesOf } from './phone-credentials.ts'
import { pinOf } from './pins.ts'
import { circumstancesOf, readPolicy, throttleNow } from './policy.ts'
import { openSet, sealSet } from './recovery-codes.ts'
import { keyOfTags, nobodysSalt, sameTag, slowTag } from './slow-hash.ts'
import { noteSuccess, remainingWait, type ThrottledWay, waitsNow } from './throttle.ts'

/** A right code, used up, of somebody whom policy asks for a PIN as well: not in yet. */
export interface FirstFactor {
  readonly ok: false
  readonly reason: 'pin-needed' | 'new-pin-needed'
  readonly first: { readonly personId: string; readonly credentialId: string; readonly subject: string }
}
export type CodeOutcome = LoginOutcome | FirstFactor

/** Typed code of an authenticator app. `staffId` and `code` are parsed already. */
export function loginByCode(parts: LoginParts, staffId: string, code: string): CodeOutcome {
  const type = 'login-attempted'
  return proveByCode(parts, type, staffId, code, (recorder, attempt, person, nowMs, settings): CodeOutcome => {
    if (settings.factors === 'code') return accept(recorder, attempt, 'totp', person, nowMs)
    if (settings.factors !== 'code-and-pin') {
      if (!mayBeginWithout(recorder, person)) return refuse(recorder, type, attempt, 'phone-needed', 'phone-needed')
      return accept(recorder, attempt, 'totp', person, nowMs)
    }
    noteSuccess(recorder, attempt.subject, 'totp')
    const pin = pinOf(recorder, person.id)
    if (pin?.status === 'suspended') return refuse(recorder, type, attempt, 'pin-suspended', 'suspended')
    recorder.event({ type: 'first-factor-accepted', ...attempt, outcome: 'accepted' })
    const first = { personId: person.id, credentialId: attempt.credential ?? '', subject: attempt.subject }
    return { ok: false, reason: pin ? 'pin-needed' : 'new-pin-needed', first }
  })
}

/**
 * After a restore nobody's phone scans here any more, and the policy that wants one came along: an administrator's code
 * opens the station until the first phone is bound.
 */
const mayBeginWithout = (recorder: Recorder, person: Row<'person'>): boolean =>
  isAdministrator(person) && answeringPhones(recorder, 0).length === 0

export type Approval<R> = { readonly ok: true; readonly value: R } | ApprovalRefusal
export type ApprovalRefusal = Refusal | { readonly ok: false; readonly reason: 'not-allowed' }

export interface ApprovedAction<R> {
  /** As the log names it. */
  readonly name: string
  /** Who may, beyond having proved who they are. */
  mayApprove(person: Row<'person'>): boolean
  /** In the transaction of the approval, so that nobody loses the right to it in between; what it throws undoes both. */
  work(recorder: Recorder, personId: string, credentialId: string): R
}

/**
 * Whose code counts where policy asks for a phone (`factors`). 'always': nobody's, as at the lock screen. 'with-a-phone':
 * that of whoever has none yet, or they could never bind one. 'never': on the command line nothing can be scanned.
 */
export type PhoneWanted = 'always' | 'with-a-phone' | 'never'

/** A fresh code for one action instead of a session: the same check, the same throttle, and the code is used up. */
export function approveByCode<R>(
  parts: LoginParts,
  staffId: string,
  code: string,
  action: ApprovedAction<R>,
  phoneWanted: PhoneWanted,
): Approval<R> {
  const type = 'approval-attempted'
  return proveByCode(parts, type, staffId, code, (recorder, attempt, person, _nowMs, { factors }): Approval<R> => {
    const wantsPhone = factors === 'phone' || factors === 'verified-phone'
    const isHeld =
      phoneWanted === 'always' || (phoneWanted === 'with-a-phone' && boundPhonesOf(recorder, person.id).length > 0)
    if (wantsPhone && isHeld && !mayBeginWithout(recorder, person))
      return refuse(recorder, type, attempt, 'phone-needed', 'phone-needed')
    noteSuccess(recorder, attempt.subject, 'totp')
    if (isUnconfirmed(recorder) && !isAdministrator(person))
      return refuse(recorder, type, attempt, 'people-unconfirmed', 'people-unconfirmed')
    const allowed = action.mayApprove(person)
    const outcome = allowed ? { outcome: 'accepted' as const } : { outcome: 'refused' as const, reason: 'not-allowed' }
    recorder.event({ type, ...attempt, ...outcome, details: { ...attempt.details, action: action.name } })
    if (!allowed) return { ok: false, reason: 'not-allowed' }
    return { ok: true, value: action.work(recorder, person.id, attempt.credential ?? '') }
  })
}

type Accepted<R> = (
  recorder: Recorder,
  attempt: Attempt,
  person: Row<'person'>,
  nowMs: number,
  settings: PolicySettings,
) => R

/** One attempt with its outcome and its event, in one transaction; `accepted` records the event of a good one. */
function proveByCode<R>(
  parts: LoginParts,
  type: AttemptType,
  staffId: string,
  code: string,
  accepted: Accepted<R>,
): R | Refusal {
  const subject = parts.keys.subject(staffId)
  return parts.ledger.record((recorder) => {
    // Once the store is ours: it may have taken a while, and the code is judged by the time it is now.
    const nowMs = parts.clock.nowMs()
    const policy = readPolicy(recorder)
    const { person, places } = lookUp(recorder, parts.keys, staffId, 'totp', mostPhones(policy))
    const rule = throttleNow(recorder, nowMs)
    const waitMs = remainingWait(recorder, subject, 'totp', nowMs, rule)
    const circumstances = circumstancesOf(recorder, person ? rolesOf(person) : ['staff'], nowMs)
    const { settings } = evaluatePolicy(policy, circumstances)
    const typed = { subject, code, nowMs, windowSteps: settings.totpWindowSteps }
    const tried = places.map((phone) => tryPhone(parts.keys, phone, policy.totp, typed))
    const { credential, parameters, outcome } = mostTelling(tried.slice(0, settings.phonesPerPerson))
    const attempt: Attempt = { subject, method: 'totp', ...ids(person, credential) }
    const refused = (recorded: string, shown: Refusal['reason']) => refuse(recorder, type, attempt, recorded, shown)

    if (waitMs > 0) return refuseUnseen(parts, recorder, type, attempt, 'throttled', waitMs)
    if (parts.floor.isClosed(recorder)) return refuseUnseen(parts, recorder, type, attempt, 'clock-closed')
    if (!outcome.ok || !person || !credential) {
      const reason = outcome.ok ? 'wrong-code' : outcome.reason
      const recorded = !person ? 'unknown-person' : !credential ? 'no-credential' : reason
      const shown = person && credential ? reason : 'wrong-code'
      return fail(parts, recorder, type, { attempt, rule, recorded, shown })
    }
    const { id, event_number: _, ...content } = credential
    // Burnt even where the person may not come in: a code is good for one attempt.
    recorder.put('credential', id, { ...content, last_step: outcome.step })
    if (person.status !== 'active') return refused(person.status, 'suspended')
    if (credential.status !== 'active') return refused('credential-suspended', 'suspended')
    if (credential.origin === 'hub' && leaseIsOver(recorder, parts.clock, settings.leaseMs))
      return refused('stale', 'stale')
    parts.floor.noteAccepted(recorder, person.id, outcome.step * parameters.periodSeconds * 1000)
    // By it the hub tells the other stations that this code was used.
    const told = credential.origin === 'hub' ? { ...attempt, details: { step: outcome.step } } : attempt
    return accepted(recorder, told, person, nowMs, settings)
  })
}

/** Must this staff ID wait before what is typed of theirs is looked at? */
export const isThrottled = ({ ledger, keys, clock }: LoginParts, staffId: string, way: ThrottledWay): boolean =>
  waitsNow(ledger, keys.subject(staffId), way, clock.nowMs())

/** Recovery code; `tag` was made beforehand, off this thread, by `typedRecovery`; null where it came too early. */
export function loginByRecovery(parts: LoginParts, staffId: string, tag: string | null): LoginOutcome {
  const subject = parts.keys.subject(staffId)
  const type = 'login-attempted'
  return parts.ledger.record((recorder) => {
    const nowMs = parts.clock.nowMs()
    const { person, credential } = lookUp(recorder, parts.keys, staffId, 'recovery')
    const attempt: Attempt = { subject, method: 'recovery', ...ids(person, credential) }
    const rule = throttleNow(recorder, nowMs)
    const waitMs = remainingWait(recorder, subject, 'recovery', nowMs, rule)
    // Without a tag the wait has ended since it was looked at: what came too early stays refused.
    if (waitMs > 0 || tag === null)
      return refuseUnseen(parts, recorder, type, attempt, 'throttled', Math.max(waitMs, 1))
    const kept = credential ? openSet(parts.keys, credential) : null
    const index = kept ? kept.tags.findIndex((each) => each !== null && sameTag(each, tag)) : -1
    if (!person || !credential || !kept || index < 0) {
      const recorded = !person ? 'unknown-person' : !credential ? 'no-credential' : 'wrong-code'
      return fail(parts, recorder, type, { attempt, rule, recorded, shown: 'wrong-code' })
    }
    const tags = kept.tags.map((each, i) => (i === index ? null : each))
    const { id, event_number: _, ...content } = credential
    recorder.put('credential', id, { ...content, secret: sealSet(parts.keys, id, person.id, { ...kept, tags }) })
    if (person.status !== 'active') return refuse(recorder, type, attempt, person.status, 'suspended')
    if (credential.status !== 'active') return refuse(recorder, type, attempt, 'credential-suspended', 'suspended')
    const answer = accept(recorder, attempt, 'recovery', person, nowMs)
    if (isAdministrator(person) && parts.floor.isClosed(recorder)) parts.floor.lower(recorder, person.id)
    return answer
  })
}

/** The keyed tag of a typed recovery code; one slow hash for everybody, known or not. */
export function typedRecovery({ ledger, keys }: LoginParts, staffId: string, code: string): Promise<string> {
  const { credential } = lookUp(ledger, keys, staffId, 'recovery')
  const nobodys = nobodysSalt(keys, staffId)
  const kept = credential ? openSet(keys, credential) : null
  return slowTag(keyOfTags(kept, keys.recovery), code, kept ? Buffer.from(kept.salt, 'base64') : nobodys)
}
