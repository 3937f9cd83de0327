// An authenticator app's credential, or a PIN, after too many wrong tries in a row: suspended, with an alert.
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
export function suspendAfterFailures(
  recorder: Recorder,
  attempt: FailedAttempt,
  way: 'totp' | 'pin',
  nowMs: number,
): void {
  const { subject, person, credential } = attempt
  // Both of two phones, in one event, since nobody else's failures make two either; the PIN where it was that.
  const ways =
    way === 'totp' && person ? phonesOf(recorder, person) : [credential ? recorder.get('credential', credential) : null]
  const active = ways.filter((found) => found !== null).filter(({ status }) => status === 'active')
  // Policy may have lowered the number meanwhile: what counts is whether the log has said so before.
  const first = noteSuspension(recorder, subject, way)
  if (active.length === 0 && !first) return
  for (const { id, event_number: _, ...content } of active)
    recorder.put('credential', id, { ...content, status: 'suspended' })
  const whom = { subject, ...(person ? { person } : {}) }
  const what = credential ? { credential } : {}
  recorder.event({ type: 'credential-suspended', reason: 'too-many-failures', ...whom, ...what })
  raiseAlert(recorder, way === 'pin' ? 'pin-suspended' : 'credential-suspended', nowMs, whom)
}
