// Alerts: events that stay in view of administrators; one open alert of a kind is enough.
import type { Ledger, Recorder } from './ledger.ts'
import { newId } from './primitives.ts'

export type AlertKind = 'many-failures' | 'clock-wrong' | 'credential-suspended' | 'log-caught-up'

/** With its own event, in the caller's transaction. */
export function raiseAlert(recorder: Recorder, kind: AlertKind, nowMs: number, person?: string): void {
  if (recorder.find('alert', 'kind = ? AND acknowledged = 0', kind).length > 0) return
  recorder.put('alert', newId(), { kind, at_ms: nowMs, acknowledged: 0 })
  recorder.event({ type: 'alert-raised', reason: kind, ...(person ? { person } : {}) })
}

/** It leaves the view of administrators; the log keeps who looked at it. */
export function acknowledgeAlert(recorder: Recorder, id: string, actor: string): boolean {
  const alert = recorder.get('alert', id)
  if (alert?.acknowledged !== 0) return false
  recorder.put('alert', id, { kind: alert.kind, at_ms: alert.at_ms, acknowledged: 1 })
  recorder.event({ type: 'alert-acknowledged', reason: alert.kind, actor })
  return true
}

export const openAlerts = (ledger: Ledger): { id: string; kind: string; atMs: number }[] =>
  ledger
    .find('alert', 'acknowledged = 0 ORDER BY at_ms DESC LIMIT 20')
    .map(({ id, kind, at_ms }) => ({ id, kind, atMs: at_ms }))
