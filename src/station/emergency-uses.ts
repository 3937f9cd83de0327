// Each use of an emergency code, as the log has it: taken over once, in view until somebody has reviewed it.
import type { EmergencyUse } from '../contracts/commands/emergency.ts'
import type { StationDatabase } from './database.ts'
import type { Chained } from './emergency-chain.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { newId } from './primitives.ts'

export const usesPerPage = 20

/** With its event and an alert of its own, in the caller's transaction; nothing where this entry was taken over before. */
export function putUse(recorder: Recorder, { entry, hash }: Chained, nowMs: number): void {
  if (recorder.find('emergency_use', 'entry = ?', hash).length > 0) return
  const { name = '', reason = '', code = null, number, atMs } = entry
  const id = newId()
  recorder.put('emergency_use', id, {
    entry: hash,
    number,
    code,
    name,
    reason,
    opened_at_ms: atMs,
    ended_at_ms: null,
    reviewed_by: null,
    reviewed_at_ms: null,
    finding: null,
  })
  recorder.event({
    type: 'break-glass-used',
    reason,
    details: { name, openedAtMs: atMs, entry: hash, number, use: id },
  })
  // Not joined with one before it, as other alerts are: each use is reviewed by itself.
  recorder.put('alert', newId(), { kind: 'break-glass', about: id, at_ms: nowMs, acknowledged: 0 })
  recorder.event({ type: 'alert-raised', reason: 'break-glass', details: { use: id } })
}

/** @param opened number of the entry that opened it, in the same chain. */
export function endUse(recorder: Recorder, { entry, hash }: Chained): void {
  const opened = entry.opened ?? 0
  const [use] = recorder.find('emergency_use', 'number = ? AND ended_at_ms IS NULL ORDER BY id DESC', opened)
  if (use) recorder.put('emergency_use', use.id, { ...contentOf(use), ended_at_ms: entry.atMs })
  const why = entry.reason ? { reason: entry.reason } : {}
  recorder.event({ type: 'break-glass-ended', ...why, details: { entry: hash, opened, endedAtMs: entry.atMs } })
}

/**
 * Whoever reviews is signed in and has given a fresh proof; what they found goes into the log with their name.
 * @returns false where it is reviewed already, or unknown.
 */
export function reviewUse(recorder: Recorder, id: string, actor: string, finding: string, nowMs: number): boolean {
  const use = recorder.get('emergency_use', id)
  const reviewer = recorder.get('person', actor)
  if (!use || use.reviewed_by !== null || !reviewer) return false
  recorder.put('emergency_use', id, { ...contentOf(use), reviewed_by: actor, reviewed_at_ms: nowMs, finding })
  for (const alert of recorder.find('alert', "kind = 'break-glass' AND about = ? AND acknowledged = 0", id)) {
    const { id: alertId, event_number: _, ...content } = alert
    recorder.put('alert', alertId, { ...content, acknowledged: 1 })
  }
  // The name at the station was typed by whoever came in; that it is the reviewer's own is for the reader of the log.
  const ownName = [reviewer.display_name, reviewer.staff_id].some((name) => sameName(name, use.name))
  recorder.event({ type: 'break-glass-reviewed', actor, details: { use: id, note: finding, ownName } })
  return true
}

/** Those without a review first, then the newest. */
export function listUses(db: StationDatabase, ledger: Ledger, page: number): { uses: EmergencyUse[]; total: number } {
  const order = 'reviewed_by IS NULL DESC, opened_at_ms DESC, id DESC'
  const rows = ledger.find('emergency_use', `1 ORDER BY ${order} LIMIT ${usesPerPage} OFFSET ?`, page * usesPerPage)
  const total = db.prepare('SELECT count(*) FROM emergency_use').pluck().get() as number
  return { uses: rows.map((row) => useOf(ledger, row)), total }
}

export const openReviews = (db: StationDatabase): number =>
  db.prepare('SELECT count(*) FROM emergency_use WHERE reviewed_by IS NULL').pluck().get() as number

function useOf(ledger: Ledger, use: Row<'emergency_use'>): EmergencyUse {
  const { id, name, reason, opened_at_ms, ended_at_ms, reviewed_by, reviewed_at_ms, finding } = use
  const by = reviewed_by ? ledger.get('person', reviewed_by)?.display_name : undefined
  return {
    id,
    name,
    reason,
    openedAtMs: opened_at_ms,
    endedAtMs: ended_at_ms,
    review: reviewed_by ? { by: by ?? reviewed_by, atMs: reviewed_at_ms ?? 0, finding: finding ?? '' } : null,
  }
}

function contentOf(use: Row<'emergency_use'>) {
  const { id: _, event_number: __, ...content } = use
  return content
}

const sameName = (a: string, b: string): boolean =>
  a.normalize('NFC').trim().toUpperCase() === b.normalize('NFC').trim().toUpperCase()
