// A login attempt: throttle, person, code and clock, with its outcome and its event in one transaction.
import type { LoginAnswer } from '../contracts/commands/login.ts'
import { evaluatePolicy } from '../core/policy.ts'
import type { ThrottleRule } from '../core/throttle.ts'
import { raiseAlert } from './alerts.ts'
import type { ClockFloor } from './clock-floor.ts'
import type { StationDatabase } from './database.ts'
import { type StationKeys, sameBytes } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { mostPhones, mostTelling, tryPhone } from './login-phones.ts'
import { lookUp } from './login-subject.ts'
import type { OpenStation } from './open-station.ts'
import { isAdministrator, rolesOf } from './people.ts'
import { isUnconfirmed } from './people-confirmation.ts'
import { circumstancesOf, readPolicy, throttleNow } from './policy.ts'
import type { Clock } from './ports.ts'
import { newId } from './primitives.ts'
import { openSet, sealSet } from './recovery-codes.ts'
import { suspendCode } from './suspension.ts'
import { forgetOldest, noteFailure, noteSuccess, remainingWait, type ThrottledWay, waitsNow } from './throttle.ts'

type Refusal = Extract<LoginAnswer, { ok: false }>
export type LoginOutcome = SignedIn | Refusal

interface SignedIn {
  readonly ok: true
  readonly personId: string
  readonly credentialId: string
  readonly sessionId: string
}

export interface LoginParts {
  readonly db: StationDatabase
  readonly ledger: Ledger
  readonly keys: StationKeys
  readonly clock: Clock
  readonly floor: ClockFloor
}

/** Typed code of an authenticator app. `staffId` and `code` are parsed already. */
export function loginByCode(parts: LoginParts, staffId: string, code: string): LoginOutcome {
  return proveByCode(parts, 'login-attempted', staffId, code, (recorder, attempt, person, nowMs) =>
    accept(recorder, attempt, 'totp', person, nowMs),
  )
}

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

/** A fresh code for one action instead of a session: the same check, the same throttle, and the code is used up. */
export function approveByCode<R>(
  parts: LoginParts,
  staffId: string,
  code: string,
  action: ApprovedAction<R>,
): Approval<R> {
  return proveByCode(parts, 'approval-attempted', staffId, code, (recorder, attempt, person): Approval<R> => {
    noteSuccess(recorder, attempt.subject, 'totp')
    const allowed = action.mayApprove(person)
    const outcome = allowed ? { outcome: 'accepted' as const } : { outcome: 'refused' as const, reason: 'not-allowed' }
    recorder.event({ type: 'approval-attempted', ...attempt, ...outcome, details: { action: action.name } })
    if (!allowed) return { ok: false, reason: 'not-allowed' }
    return { ok: true, value: action.work(recorder, person.id, attempt.credential ?? '') }
  })
}

type Accepted<R> = (recorder: Recorder, attempt: Attempt, person: Row<'person'>, nowMs: number) => R
type AttemptType = 'login-attempted' | 'approval-attempted'

/** One attempt with its outcome and its event, in one transaction; `accepted` records the event of a good one. */
function proveByCode<R>(
  parts: LoginParts,
  type: AttemptType,
  staffId: string,
  code: string,
  accepted: Accepted<R>,
): R | Refusal {
  const subject = parts.keys.subject(staffId)
  const nowMs = parts.clock.nowMs()
  return parts.ledger.record((recorder) => {
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
    const refused = (recorded: string, shown: Refusal['reason'], wait?: number) =>
      refuse(recorder, type, attempt, recorded, shown, wait)

    if (waitMs > 0) return refused('throttled', 'throttled', waitMs)
    if (parts.floor.isClosed(recorder)) return refused('clock-closed', 'clock-closed')
    if (!outcome.ok || !person || !credential) {
      const reason = outcome.ok ? 'wrong-code' : outcome.reason
      const recorded = !person ? 'unknown-person' : !credential ? 'no-credential' : reason
      const shown = person && credential ? reason : 'wrong-code'
      return fail(parts, recorder, type, { attempt, way: 'totp', rule, recorded, shown })
    }
    const { id, event_number: _, ...content } = credential
    // Burnt even where the person may not come in: a code is good for one attempt.
    recorder.put('credential', id, { ...content, last_step: outcome.step })
    if (person.status !== 'active') return refused(person.status, 'suspended')
    if (credential.status !== 'active') return refused('credential-suspended', 'suspended')
    parts.floor.noteAccepted(recorder, person.id, outcome.step * parameters.periodSeconds * 1000)
    return accepted(recorder, attempt, person, nowMs)
  })
}

/** Must this staff ID wait before a recovery code of theirs is looked at? */
export const isThrottled = ({ ledger, keys }: OpenStation, nowMs: number, staffId: string): boolean =>
  waitsNow(ledger, keys.subject(staffId), 'recovery', nowMs)

/** Recovery code; `tag` was made beforehand, off this thread, under the salt of `recoverySalt`; null where it came too early. */
export function loginByRecovery(parts: LoginParts, staffId: string, tag: string | null): LoginOutcome {
  const subject = parts.keys.subject(staffId)
  const nowMs = parts.clock.nowMs()
  const type = 'login-attempted'
  return parts.ledger.record((recorder) => {
    const { person, credential } = lookUp(recorder, parts.keys, staffId, 'recovery')
    const attempt: Attempt = { subject, method: 'recovery', ...ids(person, credential) }
    const rule = throttleNow(recorder, nowMs)
    const waitMs = remainingWait(recorder, subject, 'recovery', nowMs, rule)
    if (waitMs > 0) return refuse(recorder, type, attempt, 'throttled', 'throttled', waitMs)
    // The wait has ended since it was looked at: what came too early stays refused.
    if (tag === null) return refuse(recorder, type, attempt, 'throttled', 'throttled', 1)
    const kept = credential ? openSet(parts.keys, credential) : null
    const index = kept
      ? kept.tags.findIndex((each) => each !== null && sameBytes(Buffer.from(each), Buffer.from(tag)))
      : -1
    if (!person || !credential || !kept || index < 0) {
      const recorded = !person ? 'unknown-person' : !credential ? 'no-credential' : 'wrong-code'
      return fail(parts, recorder, type, { attempt, way: 'recovery', rule, recorded, shown: 'wrong-code' })
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

/** The salt to hash a typed recovery code with; an unknown person has one too. */
export function recoverySalt(parts: LoginParts, staffId: string): Buffer {
  const { credential } = lookUp(parts.ledger, parts.keys, staffId, 'recovery')
  const nobodys = Buffer.from(parts.keys.subject(`salt ${staffId}`), 'hex').subarray(0, 16)
  return credential ? Buffer.from(openSet(parts.keys, credential).salt, 'base64') : nobodys
}

interface Attempt {
  readonly subject: string
  readonly method: 'totp' | 'recovery'
  readonly person?: string
  readonly credential?: string
}
const ids = (person: Row<'person'> | null, credential: Row<'credential'> | null) => ({
  ...(person ? { person: person.id } : {}),
  ...(credential ? { credential: credential.id } : {}),
})

function refuse(
  recorder: Recorder,
  type: AttemptType,
  attempt: Attempt,
  recorded: string,
  shown: Refusal['reason'],
  waitMs?: number,
): Refusal {
  recorder.event({ type, ...attempt, outcome: 'refused', reason: recorded })
  return { ok: false, reason: shown, ...(waitMs === undefined ? {} : { waitMs }) }
}

interface Failure {
  readonly attempt: Attempt
  readonly way: ThrottledWay
  readonly rule: ThrottleRule
  readonly recorded: string
  readonly shown: Refusal['reason']
}

function fail(parts: LoginParts, recorder: Recorder, type: AttemptType, failure: Failure): Refusal {
  const { attempt, way, rule, recorded, shown } = failure
  const nowMs = parts.clock.nowMs()
  forgetOldest(parts.db, recorder, attempt.subject, way)
  const { state, slowed } = noteFailure(recorder, attempt.subject, way, nowMs, rule)
  const answer = refuse(recorder, type, attempt, recorded, shown)
  if (slowed) raiseAlert(recorder, 'many-failures', nowMs)
  if (shown === 'clock-wrong') raiseAlert(recorder, 'clock-wrong', nowMs)
  if (way === 'totp' && state.failures >= rule.suspendsAt) suspendCode(recorder, attempt, nowMs)
  return answer
}

function accept(
  recorder: Recorder,
  attempt: Attempt,
  way: ThrottledWay,
  person: Row<'person'>,
  nowMs: number,
): LoginOutcome {
  noteSuccess(recorder, attempt.subject, way)
  if (isUnconfirmed(recorder) && !isAdministrator(person))
    return refuse(recorder, 'login-attempted', attempt, 'people-unconfirmed', 'people-unconfirmed')
  const session = newId()
  recorder.put('session', session, { person_id: person.id, method: way, started_at_ms: nowMs, ended_at_ms: null })
  recorder.event({ type: 'login-attempted', ...attempt, session, outcome: 'accepted' })
  return { ok: true, personId: person.id, credentialId: attempt.credential ?? '', sessionId: session }
}
