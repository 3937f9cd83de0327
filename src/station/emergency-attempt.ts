// One try of an emergency code: throttle, code and its use in one transaction of emergency.db, recorded before anything opens.
import type { EmergencyAnswer } from '../contracts/commands/emergency.ts'
import type { EmergencyFacts } from '../contracts/emergency.ts'
import { afterFailure, reanchored, remainingWaitMs, type ThrottleState, throttleRule } from '../core/throttle.ts'
import { appendEntry } from './emergency-chain.ts'
import { activeEmergencySet, digestOf, findCode, unusedCodes } from './emergency-codes.ts'
import { readFacts } from './emergency-facts.ts'
import type { EmergencyDatabase } from './emergency-file.ts'

export interface EmergencyState {
  readonly facts: EmergencyFacts
  readonly setDigest: string
  readonly salt: Buffer
  readonly left: number
  readonly waitMs: number
}
export interface Attempt {
  readonly tag: Buffer
  /** The set that was looked at when the tag was made. */
  readonly setDigest: string
  readonly name: string
  readonly reason: string
  readonly limitMs: number
}
type Refusal = Extract<EmergencyAnswer, { ok: false }>
export type AttemptOutcome = { readonly ok: true; readonly entry: number } | Refusal

/** null where there are no codes, or where the station has never said what it is. */
export function readEmergencyState(db: EmergencyDatabase, nowMs: number): EmergencyState | null {
  const set = activeEmergencySet(db)
  const facts = readFacts(db)
  if (!set || !facts) return null
  const waitMs = remainingWaitMs(reanchored(readThrottle(db), nowMs, throttleRule), nowMs)
  return { facts, setDigest: digestOf(set), salt: set.salt, left: unusedCodes(set), waitMs }
}

/** Within the caller's transaction: once that is on the disk the code is used up, whatever comes after. */
export function tryCode(db: EmergencyDatabase, attempt: Attempt, nowMs: number): AttemptOutcome {
  const set = activeEmergencySet(db)
  if (!set || digestOf(set) !== attempt.setDigest) return { ok: false, reason: 'not-now' }
  const kept = readThrottle(db)
  const throttle = reanchored(kept, nowMs, throttleRule)
  if (throttle !== kept) writeThrottle(db, throttle)
  const waitMs = remainingWaitMs(throttle, nowMs)
  if (waitMs > 0) return { ok: false, reason: 'throttled', waitMs }
  const code = findCode(set, attempt.tag)
  if (!code || code.used > 0) {
    const after = afterFailure(throttle, nowMs, throttleRule)
    writeThrottle(db, after)
    const reason = code ? 'already-used' : 'wrong-code'
    appendEntry(db, { atMs: nowMs, what: 'refused', reason, failures: after.failures })
    return { ok: false, reason }
  }
  writeThrottle(db, { failures: 0, waitsUntilMs: 0 })
  db.prepare('UPDATE code SET used = 1 WHERE id = ?').run(code.id)
  const { name, reason, limitMs } = attempt
  const opening = { name, reason, limitMs, code: code.id, set: attempt.setDigest }
  return { ok: true, entry: appendEntry(db, { atMs: nowMs, what: 'opened', ...opening }) }
}

/** Whatever was left open, by its number; null where nothing is. */
export function openEntry(db: EmergencyDatabase): number | null {
  const last = db
    .prepare(
      `SELECT number, json_extract(body, '$.what') AS what FROM entry
       WHERE json_extract(body, '$.what') IN ('opened', 'closed') ORDER BY number DESC LIMIT 1`,
    )
    .get() as { number: number; what: string } | undefined
  return last?.what === 'opened' ? last.number : null
}

function readThrottle(db: EmergencyDatabase): ThrottleState {
  const row = db.prepare('SELECT failures, waits_until_ms FROM record WHERE id = 1').get() as
    | { failures: number; waits_until_ms: number }
    | undefined
  return { failures: row?.failures ?? 0, waitsUntilMs: row?.waits_until_ms ?? 0 }
}

function writeThrottle(db: EmergencyDatabase, { failures, waitsUntilMs }: ThrottleState): void {
  db.prepare('UPDATE record SET failures = ?, waits_until_ms = ? WHERE id = 1').run(failures, waitsUntilMs)
}
