// An authenticator app's credential after too many wrong codes in a row: suspended, with an alert.
import { raiseAlert } from './alerts.ts'
import type { Recorder } from './ledger.ts'
import { phonesOf } from './offers.ts'
import { noteSuspension } from './throttle.ts'

/** Whom it was for, as far as anybody has this ID. */
interface FailedAttempt {
  readonly subject: string
  readonly person?: string
  readonly credential?: string
}

/** After too many failures in a row. An ID that nobody has gets the same events: their number is on the lock screen. */
export function suspendCode(recorder: Recorder, attempt: FailedAttempt, nowMs: number): void {
  const { subject, person, credential } = attempt
  const active = person ? phonesOf(recorder, person).filter(({ status }) => status === 'active') : []
  // Policy may have lowered the number meanwhile: what counts is whether the log has said so before.
  const first = noteSuspension(recorder, subject, 'totp')
  if (active.length === 0 && !first) return
  // Both of two phones, in one event, since nobody else's failures make two either.
  for (const { id, event_number: _, ...content } of active)
    recorder.put('credential', id, { ...content, status: 'suspended' })
  const whom = { subject, ...(person ? { person } : {}) }
  const what = credential ? { credential } : {}
  recorder.event({ type: 'credential-suspended', reason: 'too-many-failures', ...whom, ...what })
  raiseAlert(recorder, 'credential-suspended', nowMs, whom)
}
