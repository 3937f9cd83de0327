// Sessions as the log knows them: ended with a reason, and a person's last sign-ins at this station.
import { type AuditEvent, auditEvent } from '../contracts/event.ts'
import { parseJson } from '../contracts/json.ts'
import type { SessionScreen } from '../contracts/screen.ts'
import type { StationDatabase } from './database.ts'
import type { LockReason } from './desk.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { everything, findEvents } from './log-search.ts'

export type SessionEnd = LockReason | 'idle' | 'limit' | 'revoked' | 'enrolled' | 'crash' | 'not-me'

export function endSession(ledger: Ledger, id: string, reason: SessionEnd, nowMs: number): void {
  ledger.recordSoon((recorder, lateMs) => endOpenSession(recorder, id, reason, nowMs, lateMs))
}

/** Later than that, an end on record says when it was. */
const saysWhenMs = 1000

/** In the caller's transaction; nothing where it has ended. @param lateMs how long ago it was. */
export function endOpenSession(recorder: Recorder, id: string, reason: SessionEnd, nowMs: number, lateMs = 0): void {
  const row = recorder.get('session', id)
  if (!row || row.ended_at_ms !== null) return
  const { id: _, event_number: __, ...content } = row
  recorder.put('session', id, { ...content, ended_at_ms: nowMs })
  const details = lateMs > saysWhenMs ? { details: { ended_at_ms: nowMs } } : {}
  recorder.event({ type: 'session-ended', session: id, person: row.person_id, reason, ...details })
}

/**
 * Read anew from the store: a revocation may come from another process, such as the command line.
 * @param storesOwnCodes their own new recovery codes are stored first: the phone from before has just ended.
 */
export function isRevoked(
  ledger: Ledger,
  session: { readonly personId: string; readonly credentialId: string | null },
  storesOwnCodes: boolean,
): boolean {
  const { personId, credentialId } = session
  if (ledger.get('person', personId)?.status !== 'active') return true
  return !storesOwnCodes && credentialId !== null && ledger.get('credential', credentialId)?.status !== 'active'
}

/** Sessions that a crash or a cut of the power left open. */
export function endLeftSessions(ledger: Ledger, nowMs: number): void {
  for (const { id } of ledger.find('session', 'ended_at_ms IS NULL')) endSession(ledger, id, 'crash', nowMs)
}

const attemptsShown = 5
/** As many of them, at the least, are sign-ins, where there are any. */
const signInsShown = 3

/**
 * The newest attempts of a person before the session that is open now. Anybody can type wrong codes under their ID: they
 * push no sign-in out of sight that its owner might say was not theirs.
 */
export function lastSignIns(
  db: StationDatabase,
  ledger: Ledger,
  person: string,
  current: string,
): SessionScreen['lastSignIns'] {
  const newest = (outcome: 'accepted' | null) =>
    findEvents(
      db,
      { ...everything, people: [person], byThem: false, types: isLogin, outcome },
      Number.MAX_SAFE_INTEGER,
      attemptsShown + 1,
    )
      .map((number) => readEvent(db, number))
      .filter((event) => event.session !== current)
  const signIns = newest('accepted').slice(0, signInsShown)
  const others = newest(null).filter(({ number }) => !signIns.some((signIn) => signIn.number === number))
  return [...signIns, ...others.slice(0, attemptsShown - signIns.length)]
    .sort((a, b) => b.number - a.number)
    .map((event) => {
      const session = event.session ? ledger.get('session', event.session) : null
      return {
        number: event.number,
        atMs: event.atMs,
        method: event.method ?? 'totp',
        accepted: event.outcome === 'accepted',
        reason: event.reason ?? null,
        durationMs: session?.ended_at_ms ? Math.max(session.ended_at_ms - session.started_at_ms, 0) : null,
      }
    })
}

const isLogin = (type: string): boolean => type === 'login-attempted'

function readEvent(db: StationDatabase, number: number): AuditEvent {
  const body = db.prepare('SELECT body FROM event WHERE number = ?').pluck().get(number) as string
  return auditEvent.parse(parseJson(body))
}
