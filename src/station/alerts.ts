// Alerts: events that stay in view of administrators until somebody acknowledges them.
import type { Ledger, Recorder } from './ledger.ts'
import { newId } from './primitives.ts'

export type AlertKind = 'many-failures' | 'clock-wrong' | 'credential-suspended' | 'pin-suspended' | 'log-caught-up'

const quietMs = 60 * 60_000

/**
 * With its own event, in the caller's transaction: once an hour for a kind and whom it is about, until somebody
 * acknowledges it.
 * @param about a person's id, or the keyed hash of a staff ID that nobody has.
 */
export function raiseAlert(
  recorder: Recorder,
  kind: AlertKind,
  nowMs: number,
  about: { readonly person?: string; readonly subject?: string } = {},
): void {
  const whom = about.person ?? about.subject ?? null
  const same = 'kind = ? AND about IS ? AND acknowledged = 0 AND at_ms > ? AND at_ms <= ? LIMIT 1'
  if (recorder.find('alert', same, kind, whom, nowMs - quietMs, nowMs).length > 0) return
  recorder.put('alert', newId(), { kind, about: whom, at_ms: nowMs, acknowledged: 0 })
  recorder.event({ type: 'alert-raised', reason: kind, ...about })
}

/** It leaves the view of administrators; the log keeps who looked at it. */
export function acknowledgeAlert(recorder: Recorder, id: string, actor: string): boolean {
  const alert = recorder.get('alert', id)
  if (alert?.acknowledged !== 0) return false
  const { id: _, event_number: __, ...content } = alert
  recorder.put('alert', id, { ...content, acknowledged: 1 })
  recorder.event({ type: 'alert-acknowledged', reason: alert.kind, actor })
  return true
}

export const openAlerts = (ledger: Ledger): { id: string; kind: string; atMs: number }[] =>
  ledger
    .find('alert', 'acknowledged = 0 ORDER BY at_ms DESC LIMIT 20')
    .map(({ id, kind, at_ms }) => ({ id, kind, atMs: at_ms }))
