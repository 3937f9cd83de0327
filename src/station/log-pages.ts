// The log as people read it: a page of what a filter lets through, and one event whole.
import type { LogFilterInput, LogRow } from '../contracts/commands/audit.ts'
import { type AuditEvent, auditEvent } from '../contracts/event.ts'
import type { Output } from '../contracts/ipc.ts'
import { parseJson } from '../contracts/json.ts'
import { eventGroup } from '../core/event-groups.ts'
import { leafHash } from '../core/tree.ts'
import { DamageError, sameBytes } from './keys.ts'
import { findEvents } from './log-search.ts'
import { nameTeller, peopleMeant } from './named-people.ts'
import type { OpenStation } from './open-station.ts'
import { sha256 } from './primitives.ts'

export const logPageSize = 50
const peopleAtOnce = 10
const rowsShown = 100

/** @param before number of the event that the page before ended with; null for the newest. */
export function readLogPage(station: OpenStation, filter: LogFilterInput, before: number | null): Output<'readLog'> {
  const { db, ledger } = station
  const people = filter.person.trim() === '' ? [] : peopleMeant(db, ledger, filter.person, peopleAtOnce)
  if (!people) return { ok: false, reason: 'too-many-people' }
  const { group, outcome, fromMs, toMs } = filter
  const wanted = {
    people: filter.person.trim() === '' ? null : people.map(({ id }) => id),
    byThem: true,
    types: group === null ? null : (type: string) => eventGroup(type) === group,
    outcome,
    fromMs,
    toMs,
  }
  const numbers = findEvents(db, wanted, before ?? Number.MAX_SAFE_INTEGER, logPageSize + 1)
  const shown = numbers.slice(0, logPageSize)
  const tell = nameTeller(ledger)
  return {
    ok: true,
    events: shown.map((number) => rowOf(readStored(station, number).event, tell)),
    next: numbers.length > logPageSize ? (shown.at(-1) ?? null) : null,
    total: ledger.frontier().size,
    people: [...people],
  }
}

export function readLogEvent(station: OpenStation, number: number): Output<'readEvent'> {
  if (number > station.ledger.frontier().size) return { ok: false, reason: 'no-such-event' }
  const { event, body, leaf } = readStored(station, number)
  const rows = Object.keys(event.rows ?? {})
  return {
    ok: true,
    event: rowOf(event, nameTeller(station.ledger)),
    details: Object.entries(event.details ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    rows: rows.slice(0, rowsShown),
    rowCount: rows.length,
    location: event.location ?? null,
    appVersion: event.appVersion,
    body,
    leaf: leaf.toString('hex'),
  }
}

const rowOf = (event: AuditEvent, tell: ReturnType<typeof nameTeller>): LogRow => ({
  number: event.number,
  atMs: event.atMs,
  type: event.type,
  outcome: event.outcome ?? null,
  reason: event.reason ?? null,
  method: event.method ?? null,
  person: tell(event.person),
  actor: tell(event.actor),
})

/** Nothing is shown as an event of this log that its station did not write. */
export function readStored(
  { db, keys }: Pick<OpenStation, 'db' | 'keys'>,
  number: number,
): { event: AuditEvent; body: string; leaf: Buffer } {
  const stored = db.prepare('SELECT body, mac FROM event WHERE number = ?').get(number) as
    | { body: string; mac: Buffer }
    | undefined
  if (!stored) throw new DamageError('log-changed', `event ${number}`)
  const leaf = Buffer.from(leafHash(Buffer.from(stored.body), sha256))
  const parsed = auditEvent.safeParse(parseJson(stored.body))
  if (!parsed.success || !sameBytes(keys.eventDigest(number, leaf.toString('base64')), stored.mac))
    throw new DamageError('log-changed', `event ${number}`)
  return { event: parsed.data, body: stored.body, leaf }
}
