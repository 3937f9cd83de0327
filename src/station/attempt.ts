// One attempt at a way in as the log and the throttle see it: refused, failed, or accepted with its session.
import type { LoginRefusal } from '../contracts/commands/login.ts'
import type { SignInMethod } from '../contracts/screen.ts'
import type { ThrottleRule } from '../core/throttle.ts'
import { raiseAlert } from './alerts.ts'
import type { ClockFloor } from './clock-floor.ts'
import type { StationDatabase } from './database.ts'
import type { StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { isAdministrator } from './people.ts'
import { isUnconfirmed } from './people-confirmation.ts'
import type { Clock } from './ports.ts'
import { newId } from './primitives.ts'
import { suspendAfterFailures } from './suspension.ts'
import { forgetOldest, noteFailure, noteStationFailure, noteSuccess, type ThrottledWay } from './throttle.ts'

export interface LoginParts {
  readonly db: StationDatabase
  readonly ledger: Ledger
  readonly keys: StationKeys
  readonly clock: Clock
  readonly floor: ClockFloor
}

export type Refusal = LoginRefusal
export type LoginOutcome = SignedIn | Refusal

export interface SignedIn {
  readonly ok: true
  readonly personId: string
  /** What the session lives by: where it ends, so does the session. null: by the person alone. */
  readonly credentialId: string | null
  readonly sessionId: string
}

export type AttemptType = 'login-attempted' | 'approval-attempted'

export interface Attempt {
  readonly subject: string
  readonly method: ThrottledWay
  readonly person?: string
  readonly credential?: string
  readonly details?: Readonly<Record<string, string | number>>
}

export const ids = (person: Row<'person'> | null, credential: Row<'credential'> | null) => ({
  ...(person ? { person: person.id } : {}),
  ...(credential ? { credential: credential.id } : {}),
})

/** Without what failed before being counted. @param recorded for the log. @param shown for the screen. */
export function refuse(
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

/**
 * Within a wait, or while typed codes are closed: whatever was typed. It lengthens nobody's wait, and counts for the station.
 * @param waitMs of whoever it was for, where that is the reason.
 */
export function refuseUnseen(
  { clock }: Pick<LoginParts, 'clock'>,
  recorder: Recorder,
  type: AttemptType,
  attempt: Attempt,
  reason: 'throttled' | 'clock-closed',
  waitMs?: number,
): Refusal {
  const nowMs = clock.nowMs()
  const slowed = noteStationFailure(recorder, nowMs)
  const answer = refuse(recorder, type, attempt, reason, reason, waitMs)
  if (slowed) raiseAlert(recorder, 'many-failures', nowMs)
  return answer
}

interface Failure {
  readonly attempt: Attempt
  readonly rule: ThrottleRule
  readonly recorded: string
  readonly shown: Refusal['reason']
}

export function fail(parts: LoginParts, recorder: Recorder, type: AttemptType, failure: Failure): Refusal {
  const { attempt, rule, recorded, shown } = failure
  const { subject, method } = attempt
  const nowMs = parts.clock.nowMs()
  forgetOldest(parts.db, recorder, subject, method)
  const { state, slowed } = noteFailure(recorder, subject, method, nowMs, rule)
  const answer = refuse(recorder, type, attempt, recorded, shown)
  if (slowed) raiseAlert(recorder, 'many-failures', nowMs)
  if (shown === 'clock-wrong') raiseAlert(recorder, 'clock-wrong', nowMs)
  if ((method === 'totp' || method === 'pin') && state.failures >= rule.suspendsAt)
    suspendAfterFailures(recorder, attempt, method, nowMs)
  return answer
}

/** A session, with its event. @param livesBy the credential whose end ends it. */
export function accept(
  recorder: Recorder,
  attempt: Attempt,
  method: SignInMethod,
  person: Row<'person'>,
  nowMs: number,
  livesBy: string | null = attempt.credential ?? null,
): LoginOutcome {
  noteSuccess(recorder, attempt.subject, attempt.method)
  if (isUnconfirmed(recorder) && !isAdministrator(person))
    return refuse(recorder, 'login-attempted', attempt, 'people-unconfirmed', 'people-unconfirmed')
  const session = newId()
  recorder.put('session', session, { person_id: person.id, method, started_at_ms: nowMs, ended_at_ms: null })
  recorder.event({ type: 'login-attempted', ...attempt, session, outcome: 'accepted' })
  return { ok: true, personId: person.id, credentialId: livesBy, sessionId: session }
}
