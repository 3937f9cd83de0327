// Alerts: events that stay in view of administrators until somebody acknowledges them.
import type { AlertRow } from '../contracts/commands/alerts.ts'
import type { AuditEvent } from '../contracts/event.ts'
import type { StationDatabase } from './database.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { readStored } from './log-pages.ts'
import { nameTeller } from './named-people.ts'
import type { OpenStation } from './open-station.ts'
import { newId } from './primitives.ts'

export type AlertKind =
  | 'many-failures'
  | 'clock-wrong'
  | 'credential-suspended'
  | 'log-caught-up'
  | 'station-restored'
  | 'not-me'
  | 'disk-low'
  | 'break-glass'
  | 'emergency-record-broken'
  | 'emergency-codes-planted'
  | 'pin-suspended'
  | 'phone-denied'
  | 'phone-not-mine'
  | 'hub-conflict'
  | 'hub-policy-refused'
  | 'hub-phone-waiting'
  | 'hub-key-refused'

const quietMs = 60 * 60_000
const listed = 20

/**
 * With its own event, in the caller's transaction: once an hour for a kind and whom it is about, until somebody
 * acknowledges it. One with details of its own is raised each time.
 * @param about a person's id, or the keyed hash of a staff ID that nobody has.
 */
export function raiseAlert(
  recorder: Recorder,
  kind: AlertKind,
  nowMs: number,
  about: { readonly person?: string; readonly subject?: string } = {},
  details?: NonNullable<AuditEvent['details']>,
): void {
  const whom = about.person ?? about.subject ?? null
  const same = 'kind = ? AND about IS ? AND acknowledged = 0 AND at_ms > ? AND at_ms <= ? LIMIT 1'
  if (!details && recorder.find('alert', same, kind, whom, nowMs - quietMs, nowMs).length > 0) return
  recorder.put('alert', newId(), { kind, about: whom, at_ms: nowMs, acknowledged: 0 })
  recorder.event({ type: 'alert-raised', reason: kind, ...about, ...(details ? { details } : {}) })
}

/** Looking at it is not enough: it stays until somebody has reviewed what it is about. */
export const needsReview = (kind: string): boolean => kind === 'break-glass'

/** It leaves the view of administrators; the log keeps who looked at it, and what they noted. */
export function acknowledgeAlert(
  recorder: Recorder,
  id: string,
  actor: string,
  note = '',
): 'acknowledged' | 'no-such-alert' | 'needs-review' {
  const alert = recorder.get('alert', id)
  if (alert?.acknowledged !== 0) return 'no-such-alert'
  if (needsReview(alert.kind)) return 'needs-review'
  const { id: _, event_number: __, ...content } = alert
  recorder.put('alert', id, { ...content, acknowledged: 1 })
  const person = alert.about !== null && recorder.get('person', alert.about) ? { person: alert.about } : {}
  const details = { before: 'open', after: 'acknowledged', ...(note === '' ? {} : { note }) }
  recorder.event({ type: 'alert-acknowledged', reason: alert.kind, ...person, actor, details })
  return 'acknowledged'
}

export const openAlerts = (ledger: Ledger): { id: string; kind: string; atMs: number }[] =>
  ledger
    .find('alert', `acknowledged = 0 ORDER BY kind = 'break-glass' DESC, at_ms DESC LIMIT ${listed}`)
    .map(({ id, kind, at_ms }) => ({ id, kind, atMs: at_ms }))

export const countOpenAlerts = (db: StationDatabase): number =>
  db.prepare('SELECT count(*) FROM alert WHERE acknowledged = 0').pluck().get() as number

/** Newest first, by when they were raised. @param after id of the last one that was shown. */
export function listAlerts(
  station: OpenStation,
  open: boolean,
  after: string | null,
): { alerts: AlertRow[]; next: string | null } {
  const last = after === null ? null : station.ledger.get('alert', after)
  const rows = station.ledger.find(
    'alert',
    `acknowledged = ? AND (at_ms, id) < (?, ?) ORDER BY at_ms DESC, id DESC LIMIT ${listed + 1}`,
    open ? 0 : 1,
    last?.at_ms ?? Number.MAX_SAFE_INTEGER,
    last?.id ?? '',
  )
  const tell = nameTeller(station.ledger)
  const alerts = rows.slice(0, listed).map((row) => alertRow(station, row, tell))
  return { alerts, next: rows.length > listed ? (alerts.at(-1)?.id ?? null) : null }
}

function alertRow(station: OpenStation, row: Row<'alert'>, tell: ReturnType<typeof nameTeller>): AlertRow {
  const { event } = readStored(station, row.event_number)
  const { sign_in, sign_in_at_ms, note } = event.details ?? {}
  const isPerson = row.about !== null && station.ledger.get('person', row.about) !== null
  return {
    id: row.id,
    kind: row.kind,
    atMs: row.at_ms,
    person: isPerson ? tell(row.about ?? undefined) : null,
    event: row.event_number,
    needsReview: needsReview(row.kind),
    signIn: typeof sign_in === 'number' ? { event: sign_in, atMs: Number(sign_in_at_ms) } : null,
    acknowledged:
      row.acknowledged === 0
        ? null
        : { atMs: event.atMs, by: tell(event.actor), note: note === undefined ? null : String(note) },
  }
}
