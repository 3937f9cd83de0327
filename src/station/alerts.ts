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

export const openAlerts = (ledger: Ledger): { kind: string; atMs: number }[] =>
  ledger
    .find('alert', 'acknowledged = 0 ORDER BY at_ms DESC LIMIT 20')
    .map(({ kind, at_ms }) => ({ kind, atMs: at_ms }))
