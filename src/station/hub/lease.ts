// How long what came from the hub holds without it: by wall time and by running time, whichever is over first.
import type { StationDatabase } from '../database.ts'
import type { Ledger, Recorder, Row } from '../ledger.ts'
import type { Clock } from '../ports.ts'
import { linkRow, readLink } from './link.ts'

const hourMs = 60 * 60_000
/** Put on record at most so often: a lease is days, and every renewal is an event. */
const renewsEveryMs = hourMs

/** How long ago the hub last said that this is all; null where the station belongs to none. Never less than nothing. */
export function ageMs(source: Ledger | Recorder, clock: Clock): number | null {
  const link = readLink(source)
  if (!link) return null
  const wall = clock.nowMs() - link.confirmed_at_ms
  const running =
    link.confirmed_running_ms !== null && link.boot !== null && link.boot === (clock.boot ?? null)
      ? clock.runningMs() - link.confirmed_running_ms
      : 0
  return Math.max(wall, running, 0)
}

/** @param leaseMs by policy. */
export const leaseIsOver = (source: Ledger | Recorder, clock: Clock, leaseMs: number): boolean =>
  (ageMs(source, clock) ?? 0) > leaseMs

/**
 * At a start: what the computer had run up to its last event goes on counting after it was started again, or a clock set
 * back before each start would give a lease without an end. In the caller's transaction, whose event records it.
 */
export function carryLease(recorder: Recorder, db: StationDatabase, clock: Clock): void {
  const link = readLink(recorder)
  const boot = clock.boot ?? null
  if (!link || link.confirmed_running_ms === null || link.boot === boot) return
  const newest = db
    .prepare("SELECT max(json_extract(body, '$.runningMs')) FROM event WHERE number > ?")
    .pluck()
    .get(link.event_number) as number | null
  const { id: _, event_number: __, ...content } = link
  const ran = Math.max((newest ?? 0) - link.confirmed_running_ms, 0)
  recorder.put('hub_link', linkRow, { ...content, confirmed_running_ms: -ran, boot })
}

/** Confirmed now, and open again where the hub had closed it out: with its event, unless it was a short while ago. Returns whether it was put. */
export function confirmLease(recorder: Recorder, link: Row<'hub_link'>, clock: Clock): boolean {
  const nowMs = clock.nowMs()
  const sinceMs = nowMs - link.confirmed_at_ms
  if (link.closed === null && sinceMs >= 0 && sinceMs < renewsEveryMs && link.confirmed_running_ms !== null)
    return false
  const { id: _, event_number: __, ...content } = link
  const running = { confirmed_running_ms: Math.floor(clock.runningMs()), boot: clock.boot ?? null }
  recorder.put('hub_link', linkRow, { ...content, closed: null, confirmed_at_ms: nowMs, ...running })
  return true
}
