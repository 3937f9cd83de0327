// Failures in a row per typed staff ID and way in, and the recent ones of the whole station, as authenticated rows.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import {
  afterFailure,
  freshThrottle,
  reanchored,
  remainingWaitMs,
  stationIsSlowed,
  type ThrottleRule,
  type ThrottleState,
  withStationFailure,
} from '../core/throttle.ts'
import type { StationDatabase } from './database.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { throttleNow } from './policy.ts'

const stationThrottle = 'station'
const rowsKept = 10_000
const times = z.array(z.number().int().nonnegative()).max(100)
export type ThrottledWay = 'totp' | 'recovery' | 'pin' | 'ticket' | 'phone'

/** A PIN is asked for only after a right code, and forgotten more often: it waits two failures later. */
const forWay = (rule: ThrottleRule, way: ThrottledWay): ThrottleRule =>
  way === 'pin' ? { ...rule, delayFrom: rule.delayFrom + 2 } : rule
const rowId = (subject: string, way: ThrottledWay) => `${way}:${subject}`

function readThrottle(source: Ledger | Recorder, subject: string, way: ThrottledWay): ThrottleState {
  const row = source.get('throttle', rowId(subject, way))
  return row ? { failures: row.failures, waitsUntilMs: row.waits_until_ms } : freshThrottle
}

function stationTimes(source: Ledger | Recorder): number[] {
  const row = source.get('throttle', stationThrottle)
  if (!row) return []
  const parsed = times.safeParse(parseJson(row.recent))
  if (!parsed.success) throw new DamageError('data-edited', 'throttle/station')
  return parsed.data
}

export const isSlowed = (source: Ledger | Recorder, nowMs: number): boolean =>
  stationIsSlowed(stationTimes(source), nowMs)

/**
 * Milliseconds that this attempt comes too early, 0 for none. A wait that starts anew is put; the caller's event records it.
 * @param rule by policy, of this station now.
 */
export function remainingWait(
  recorder: Recorder,
  subject: string,
  way: ThrottledWay,
  nowMs: number,
  rule: ThrottleRule = throttleNow(recorder, nowMs),
): number {
  const kept = readThrottle(recorder, subject, way)
  const state = reanchored(kept, nowMs, forWay(rule, way))
  if (state !== kept) putThrottle(recorder, subject, way, state)
  return remainingWaitMs(state, nowMs)
}

/** The same without a write, before a slow hash: a clock set back must not look like a wait here either. */
export function waitsNow(
  source: Ledger | Recorder,
  subject: string,
  way: ThrottledWay,
  nowMs: number,
  rule: ThrottleRule = throttleNow(source, nowMs),
): boolean {
  const state = reanchored(readThrottle(source, subject, way), nowMs, forWay(rule, way))
  return remainingWaitMs(state, nowMs) > 0
}

function putThrottle(recorder: Recorder, subject: string, way: ThrottledWay, state: ThrottleState): void {
  const recent = recorder.get('throttle', rowId(subject, way))?.recent ?? '[]'
  const { failures, waitsUntilMs } = state
  recorder.put('throttle', rowId(subject, way), { failures, waits_until_ms: waitsUntilMs, recent })
}

const suspensionSaid = '["suspended"]'
/** Notes that the log says of this ID that it was suspended; false where it said so before. The caller's event records it. */
export function noteSuspension(recorder: Recorder, subject: string, way: ThrottledWay): boolean {
  const row = recorder.get('throttle', rowId(subject, way))
  if (!row || row.recent === suspensionSaid) return false
  const { id, event_number: _, ...content } = row
  recorder.put('throttle', id, { ...content, recent: suspensionSaid })
  return true
}

/** Puts the rows; the caller's event records them. Tells whether this failure slowed the whole station. */
export function noteFailure(
  recorder: Recorder,
  subject: string,
  way: ThrottledWay,
  nowMs: number,
  rule: ThrottleRule = throttleNow(recorder, nowMs),
) {
  const state = afterFailure(readThrottle(recorder, subject, way), nowMs, forWay(rule, way))
  putThrottle(recorder, subject, way, state)
  return { state, slowed: noteStationFailure(recorder, nowMs) }
}

/**
 * A try that counts for the station alone: whoever it was for waits no longer for it. Each writes an event, so without
 * this a script at the keyboard could fill the log as fast as it types. Puts the row; the caller's event records it.
 * @returns whether it slowed the whole station.
 */
export function noteStationFailure(recorder: Recorder, nowMs: number): boolean {
  const before = stationTimes(recorder)
  const after = withStationFailure(before, nowMs)
  recorder.put('throttle', stationThrottle, {
    failures: after.length,
    waits_until_ms: 0,
    recent: JSON.stringify(after),
  })
  return !stationIsSlowed(before, nowMs) && stationIsSlowed(after, nowMs)
}

/** Answers without a staff ID: after one that failed the ID is asked for, until somebody succeeds. */
const answersThrottle = 'answers'
export const answersNeedId = (source: Ledger | Recorder): boolean => source.get('throttle', answersThrottle) !== null

/** Puts the row; the caller's event records it. */
export function noteAnswerWithoutId(recorder: Recorder, failed: boolean): void {
  if (failed === answersNeedId(recorder)) return
  if (failed) recorder.put('throttle', answersThrottle, { failures: 1, waits_until_ms: 0, recent: '[]' })
  else recorder.remove('throttle', answersThrottle)
}

/** Its owner said no, or that it was not them: for so long it opens nothing. */
const phoneClosedMs = 15 * 60_000
const closedRow = (credential: string) => `closed:${credential}`

/** Puts the row; the caller's event records it. */
export function closePhone(recorder: Recorder, credential: string, nowMs: number): void {
  const waits_until_ms = nowMs + phoneClosedMs
  recorder.put('throttle', closedRow(credential), { failures: 1, waits_until_ms, recent: '[]' })
}

export const isPhoneClosed = (source: Ledger | Recorder, credential: string, nowMs: number): boolean =>
  (source.get('throttle', closedRow(credential))?.waits_until_ms ?? 0) > nowMs

export function noteSuccess(recorder: Recorder, subject: string, way: ThrottledWay): void {
  if (recorder.get('throttle', rowId(subject, way))) recorder.remove('throttle', rowId(subject, way))
}

/** Makes room for a new row: the oldest of those with the fewest failures goes, as part of the caller's event. */
export function forgetOldest(db: StationDatabase, recorder: Recorder, subject: string, way: ThrottledWay): void {
  if (recorder.get('throttle', rowId(subject, way))) return
  const count = db.prepare('SELECT count(*) FROM throttle').pluck().get() as number
  if (count < rowsKept) return
  const oldest = db
    .prepare("SELECT id FROM throttle WHERE id NOT IN ('station', 'answers') ORDER BY failures, event_number LIMIT 1")
    .pluck()
    .get() as string
  recorder.remove('throttle', oldest)
}
