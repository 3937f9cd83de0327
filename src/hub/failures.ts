// Failures in a row of one authenticator app, summed over all stations by what their logs say: at the hundredth it is suspended.
import { sql } from 'kysely'
import type { AuditEvent } from '../contracts/event.ts'
import { throttleRule } from '../core/throttle.ts'
import { raiseAlert } from './alerts.ts'
import type { Scope } from './database.ts'
import { type Doer, suspendCredential } from './people.ts'

/** A code that was looked at and was not right. What came too early, or of somebody who may not come in, is none. */
const failed = ['wrong-code', 'already-used', 'clock-wrong']
/** After a right code: whether it let anybody in is another matter. */
const right = ['not-allowed', 'pin-suspended', 'people-unconfirmed']
const attempts = ['login-attempted', 'approval-attempted', 'first-factor-accepted']

export const isAttempt = (event: AuditEvent): boolean => event.method === 'totp' && attempts.includes(event.type)

/**
 * In the order in which the hub hears of them: what a station without its hub handed in late counts when it comes.
 * @param credential of a person whom this station was sent.
 */
export async function countAttempt(
  scope: Scope,
  doer: Doer,
  station: string,
  credential: string,
  event: AuditEvent,
): Promise<void> {
  const reason = event.reason ?? ''
  if (event.outcome === 'accepted' || right.includes(reason)) {
    await scope
      .updateTable('credential')
      .set({ failures: 0 })
      .where('id', '=', credential)
      .where('failures', '>', 0)
      .execute()
    return
  }
  if (!failed.includes(reason)) return
  const { failures } = await scope
    .updateTable('credential')
    .set({ failures: sql`failures + 1` })
    .where('id', '=', credential)
    .returning('failures')
    .executeTakeFirstOrThrow()
  if (failures < throttleRule.suspendsAt) return
  const suspended = await suspendCredential(scope, doer, credential, 'too-many-failures')
  if (!suspended.ok) return
  const details = `${failures} wrong codes in a row over all stations: credential ${credential} is suspended`
  await raiseAlert(scope, doer.organisation, { kind: 'many-failures', station, details }, doer.nowMs)
}
