// Reads a whole log and says whether it is complete and unchanged, or names the first event that is not.
import canonicalize from 'canonicalize'
import { type AuditEvent, auditEvent } from '../contracts/event.ts'
import type { Checkpoint } from '../core/checkpoint.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, treeRoot } from '../core/tree.ts'
import { parseJson, sameFrontier } from './anchor.ts'
import type { StationDatabase } from './database.ts'
import { eventMac } from './event-writer.ts'
import type { StationKeys } from './keys.ts'
import { DamageError, sameBytes } from './keys.ts'
import { HeadStore, type LogHead, readFrontier, rowsAreCurrent } from './log-head.ts'
import { sha256 } from './primitives.ts'
import { contentOf, tableNames } from './schema.ts'
import { stationNumber } from './signing.ts'

export type AuditFinding =
  | { readonly kind: 'event'; readonly number: number; readonly problem: EventProblem }
  | { readonly kind: 'cut'; readonly size: number; readonly known: number }
  | { readonly kind: 'rewritten'; readonly known: number }
  | { readonly kind: 'row'; readonly row: string }
export type EventProblem =
  | 'unreadable'
  | 'out of order'
  | 'of another station'
  | 'changed'
  | 'does not follow the one before'

export interface AuditReport {
  readonly events: number
  readonly lastAtMs: number | null
  readonly finding: AuditFinding | null
}

/** Follows events one by one; each `accept` returns the first problem it meets. */
export class LogReader {
  frontier: Frontier = emptyFrontier
  lastAtMs: number | null = null
  lastPerson: string | undefined
  /** Newest digest of each row, and the event that gave it. */
  readonly rows = new Map<string, { number: number; digest: string | null }>()
  #lastLeaf: Uint8Array | null = null
  readonly #anchors: readonly Checkpoint[]
  readonly #station: string | null

  /** @param station number of the station whose log this is: an event of another one does not belong here. */
  constructor(anchors: readonly Checkpoint[], station: string | null) {
    this.#anchors = anchors
    this.#station = station
  }

  accept(body: string): AuditFinding | null {
    const number = this.frontier.size + 1
    const fail = (problem: EventProblem): AuditFinding => ({ kind: 'event', number, problem })
    const parsed = auditEvent.safeParse(parseJson(body))
    if (!parsed.success || !isCanonical(parsed.data, body)) return fail('unreadable')
    const event = parsed.data
    if (event.number !== number) return fail('out of order')
    if (this.#station !== null && event.station !== this.#station) return fail('of another station')
    const previous = this.#lastLeaf ? Buffer.from(this.#lastLeaf).toString('base64') : undefined
    // A changed event shows where the next one no longer points at it: that is the event to name.
    if (event.previous !== previous) return { kind: 'event', number: Math.max(number - 1, 1), problem: 'changed' }
    for (const [row, digest] of Object.entries(event.rows ?? {})) this.rows.set(row, { number, digest })
    this.#lastLeaf = leafHash(Buffer.from(body), sha256)
    this.frontier = appendLeaf(this.frontier, this.#lastLeaf, sha256)
    this.lastAtMs = event.atMs
    this.lastPerson = event.person
    const anchored = this.#anchors.filter((anchor) => anchor.size === number)
    if (anchored.some((anchor) => anchor.root !== this.root())) return { kind: 'rewritten', known: number }
    return null
  }

  /** After the last event: is anything missing that an anchor knows of? */
  finish(): AuditFinding | null {
    const known = Math.max(0, ...this.#anchors.map((anchor) => anchor.size))
    return known > this.frontier.size ? { kind: 'cut', size: this.frontier.size, known } : null
  }

  root(): string {
    return Buffer.from(treeRoot(this.frontier, sha256)).toString('base64')
  }
}

function isCanonical(event: AuditEvent, body: string): boolean {
  try {
    return canonicalize(event) === body
  } catch {
    // RFC 8785 has no form for half of a surrogate pair.
    return false
  }
}

/** Yields now and then, so that a caller can show progress or let others work. Rows are held against their events. */
export function* verifyStore(
  db: StationDatabase,
  keys: StationKeys,
  anchors: readonly Checkpoint[],
): Generator<number, AuditReport> {
  const reader = new LogReader(anchors, ownNumber(db))
  const page = db.prepare('SELECT number, body, leaf, mac FROM event WHERE number > ? ORDER BY number LIMIT 100')
  // By this index people are shown their own sign-ins: one that leaves some out would hide a stranger's.
  const indexed = db.prepare('SELECT 1 FROM event INDEXED BY event_person WHERE person = ? AND number = ?')
  const report = (finding: AuditFinding | null): AuditReport => ({
    events: reader.frontier.size,
    lastAtMs: reader.lastAtMs,
    finding,
  })
  for (let after = 0; ; ) {
    const rows = page.all(after) as { number: number; body: string; leaf: Buffer; mac: Buffer }[]
    for (const row of rows) {
      const number = reader.frontier.size + 1
      if (row.number !== number) return report({ kind: 'event', number, problem: 'out of order' })
      const leaf = leafHash(Buffer.from(row.body), sha256)
      if (!sameBytes(leaf, row.leaf) || !sameBytes(eventMac(keys, number, leaf), row.mac))
        return report({ kind: 'event', number, problem: 'changed' })
      const finding = reader.accept(row.body)
      if (finding) return report(finding)
      if (reader.lastPerson && !indexed.get(reader.lastPerson, number))
        return report({ kind: 'row', row: 'event_person' })
      after = row.number
    }
    if (rows.length === 0) break
    yield after
  }
  const end = reader.finish() ?? checkHead(db, reader) ?? (yield* checkRows(db, keys, reader)) ?? checkClaim(db, keys)
  return report(end)
}

function checkHead(db: StationDatabase, reader: LogReader): AuditFinding | null {
  const head = readFrontier(db)
  if (head.size > reader.frontier.size) return { kind: 'cut', size: reader.frontier.size, known: head.size }
  if (head.size < reader.frontier.size)
    return { kind: 'event', number: head.size + 1, problem: 'does not follow the one before' }
  return sameFrontier(head, reader.frontier) ? null : { kind: 'rewritten', known: head.size }
}

/** The head's own MAC, and its sum of the rows that decide access. */
function checkClaim(db: StationDatabase, keys: StationKeys): AuditFinding | null {
  const claim = readClaim(db, keys)
  return claim && rowsAreCurrent(db, keys, claim) ? null : { kind: 'row', row: 'log_head' }
}

/** null where the head's MAC is wrong. */
function readClaim(db: StationDatabase, keys: StationKeys): LogHead | null {
  try {
    return new HeadStore(db, keys).read()
  } catch (error) {
    if (error instanceof DamageError) return null
    throw error
  }
}

/** null where there is no such row: then an event tells of it that the row is missed. */
function ownNumber(db: StationDatabase): string | null {
  const key = db.prepare("SELECT signing_public FROM station WHERE id = 'this'").pluck().get() as Buffer | undefined
  return key ? stationNumber(key) : null
}

/** Each row and its index entry are what the newest event about it says, and no row is missing. */
function* checkRows(db: StationDatabase, keys: StationKeys, reader: LogReader): Generator<number, AuditFinding | null> {
  const indexed = db.prepare('SELECT number FROM row_change WHERE row = ?').pluck()
  for (const [row, { number }] of reader.rows) if (indexed.get(row) !== number) return { kind: 'row', row }
  const [entries] = db.prepare('SELECT count(*) FROM row_change').pluck().all()
  if (entries !== reader.rows.size) return { kind: 'row', row: 'row_change' }
  const left = new Map([...reader.rows].filter(([, change]) => change.digest !== null))
  for (const table of tableNames) {
    const page = db.prepare(`SELECT * FROM ${table} WHERE id > ? ORDER BY id LIMIT 500`)
    for (let after = ''; ; ) {
      const rows = page.all(after) as Record<string, unknown>[]
      for (const row of rows) {
        const key = `${table}/${row.id}`
        const change = left.get(key)
        const digest = keys.rowDigest(table, String(row.id), contentOf(table, row), Number(row.event_number))
        const isRecorded = change?.digest === digest.toString('base64') && change.number === row.event_number
        if (!isRecorded || !sameBytes(digest, row.mac as Buffer)) return { kind: 'row', row: key }
        left.delete(key)
        after = String(row.id)
      }
      if (rows.length === 0) break
      yield reader.frontier.size
    }
  }
  const [missing] = left.keys()
  return missing === undefined ? null : { kind: 'row', row: missing }
}

export function runToEnd<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
