// Failures in a row of one authenticator app, summed over all stations by what their logs say: at the hundredth it is suspended.
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

export interface Attempt {
  /** Of a person whom this station was sent. */
  readonly credential: string
  readonly event: AuditEvent
}

/**
 * In the order in which the hub hears of them: what a station without its hub handed in late counts when it comes. Under the
 * directory's lock, with which nobody else counts.
 * @param before failures in a row of each credential so far.
 */
export async function countAttempts(
  scope: Scope,
  doer: Doer,
  station: string,
  attempts: readonly Attempt[],
  before: ReadonlyMap<string, number>,
): Promise<void> {
  const counts = new Map(before)
  const tooMany = new Map<string, number>()
  for (const { credential, event } of attempts) {
    const reason = event.reason ?? ''
    if (event.outcome === 'accepted' || right.includes(reason)) counts.set(credential, 0)
    else if (failed.includes(reason)) {
      const failures = (counts.get(credential) ?? 0) + 1
      counts.set(credential, failures)
      if (failures >= throttleRule.suspendsAt && !tooMany.has(credential)) tooMany.set(credential, failures)
    }
  }
  for (const [id, failures] of counts)
    if (failures !== before.get(id))
      await scope.updateTable('credential').set({ failures }).where('id', '=', id).execute()
  for (const [id, failures] of tooMany) {
    const suspended = await suspendCredential(scope, doer, id, 'too-many-failures')
    if (!suspended.ok) continue
    const details = `${failures} wrong codes in a row over all stations: credential ${id} is suspended`
    await raiseAlert(scope, doer.organisation, { kind: 'many-failures', station, details }, doer.nowMs)
  }
}
