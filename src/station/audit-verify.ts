// Reads a whole log and says whether it is complete and unchanged, or names the first event that is not.

import { type EventFacts, readEvent } from '../contracts/event-form.ts'
import type { Checkpoint } from '../core/checkpoint.ts'
import { type EventProblem, orderProblem } from '../core/log-order.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, treeRoot } from '../core/tree.ts'
import { sameFrontier } from './anchor.ts'
import type { StationDatabase } from './database.ts'
import { DamageError, type StationKeys, sameBytes } from './keys.ts'
import { HeadStore, type LogHead, readFrontier, rowsAreCurrent } from './log-head.ts'
import { SpanCheck } from './log-spans.ts'
import { sha256 } from './primitives.ts'
import { RowCheck } from './row-check.ts'
import { stationNumber } from './signing.ts'

export type { EventProblem } from '../core/log-order.ts'

export type AuditFinding =
  | { readonly kind: 'event'; readonly number: number; readonly problem: EventProblem }
  | { readonly kind: 'cut'; readonly size: number; readonly known: number }
  | { readonly kind: 'rewritten'; readonly known: number }
  | { readonly kind: 'row'; readonly row: string }
export interface AuditReport {
  readonly events: number
  readonly lastAtMs: number | null
  readonly finding: AuditFinding | null
}

/** Follows events one by one; each `accept` returns the first problem it meets. */
export class LogReader {
  frontier: Frontier
  /** The newest event that was accepted. */
  last: EventFacts | null = null
  /** Leaf hash of the event before, base64; null where that event is not in what is read. */
  #lastLeaf: string | null = null
  readonly #anchors: readonly Checkpoint[]
  readonly #station: string | null
  readonly #begin: number

  /**
   * @param station number of the station whose log this is: an event of another one does not belong here.
   * @param before of the events before the first that is read, where that is not the first of all.
   */
  constructor(anchors: readonly Checkpoint[], station: string | null, before: Frontier = emptyFrontier) {
    this.#anchors = anchors
    this.#station = station
    this.#begin = before.size
    this.frontier = before
  }

  get lastAtMs(): number | null {
    return this.last?.atMs ?? null
  }

  /** @param leaf of this body. */
  accept(body: string, leaf = leafHash(Buffer.from(body), sha256)): AuditFinding | null {
    const number = this.frontier.size + 1
    const fail = (problem: EventProblem): AuditFinding => ({ kind: 'event', number, problem })
    const event = readEvent(body)
    const problem = orderProblem(event, { number, station: this.#station, previous: this.#before(event) })
    // A changed event shows where the next one no longer points at it: that is the event to name.
    if (problem === 'changed') return { kind: 'event', number: Math.max(number - 1, 1), problem }
    if (problem || !event) return fail(problem ?? 'unreadable')
    this.#lastLeaf = Buffer.from(leaf).toString('base64')
    this.frontier = appendLeaf(this.frontier, leaf, sha256)
    this.last = event
    const isOther = this.#anchors.some((anchor) => anchor.size === number && anchor.root !== this.root())
    return isOther ? { kind: 'rewritten', known: number } : null
  }

  /** What the first event of a part points at is not in it: any leaf will do, and the tree alone holds it to the rest. */
  #before(event: EventFacts | null): string | undefined {
    if (this.#begin > 0 && this.#lastLeaf === null) return event?.previous ?? ''
    return this.#lastLeaf ?? undefined
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

/** Yields now and then, so that a caller can show progress or let others work. Rows are held against their events. */
export function* verifyStore(
  db: StationDatabase,
  keys: StationKeys,
  anchors: readonly Checkpoint[],
): Generator<number, AuditReport> {
  const reader = new LogReader(anchors, ownNumber(db))
  const spans = new SpanCheck(db)
  const changes = new RowCheck(db, keys)
  const indexed = indexLookUp(db)
  // Rows as arrays: a name for each value of each event would cost as much as its hash.
  const page = db.prepare('SELECT number, body, leaf, mac FROM event WHERE number > ? ORDER BY number LIMIT 100').raw()
  const report = (finding: AuditFinding | null): AuditReport => ({
    events: reader.frontier.size,
    lastAtMs: reader.lastAtMs,
    finding,
  })
  for (let after = 0; ; ) {
    const rows = page.all(after) as StoredEvent[]
    for (const [stored, body, kept, mac] of rows) {
      const number = reader.frontier.size + 1
      if (stored !== number) return report({ kind: 'event', number, problem: 'out of order' })
      const leaf = Buffer.from(leafHash(Buffer.from(body), sha256))
      if (!sameBytes(leaf, kept) || !sameBytes(keys.eventDigest(number, leaf.toString('base64')), mac))
        return report({ kind: 'event', number, problem: 'changed' })
      const finding = reader.accept(body, leaf)
      if (finding || !reader.last) return report(finding)
      const lie = indexed(reader.last) ?? spans.accept(reader.last)
      if (lie) return report(lie)
      changes.accept(reader.last)
      after = number
    }
    changes.endPage()
    if (rows.length === 0) break
    yield after
  }
  const end = reader.finish() ?? checkHead(db, reader) ?? (yield* checkRows(changes, reader)) ?? checkClaim(db, keys)
  return report(end ?? spans.finish())
}
type StoredEvent = readonly [number: number, body: string, leaf: Buffer, mac: Buffer]

/**
 * Is an event where its indexes must have it? By them people are shown their own sign-ins, and auditors what they look for:
 * one that leaves some out would hide a stranger's.
 */
function indexLookUp(db: StationDatabase): (event: EventFacts) => AuditFinding | null {
  const byPerson = (index: string, column: string) =>
    db
      .prepare(
        `SELECT 1 FROM event INDEXED BY ${index} WHERE ${column} = ? AND type = ? AND outcome IS ? AND number = ?`,
      )
      .pluck()
  const person = byPerson('event_person', 'person')
  const actor = byPerson('event_actor', 'actor')
  const offer = db.prepare('SELECT 1 FROM event INDEXED BY event_offer WHERE offer = ? AND number = ?').pluck()
  return (event) => {
    const rest = [event.type, event.outcome ?? null, event.number]
    const missing = (index: string): AuditFinding => ({ kind: 'row', row: index })
    if (event.person && !person.get(event.person, ...rest)) return missing('event_person')
    if (event.actor && !actor.get(event.actor, ...rest)) return missing('event_actor')
    if (event.offer && !offer.get(event.offer, event.number)) return missing('event_offer')
    return null
  }
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

function* checkRows(changes: RowCheck, reader: LogReader): Generator<number, AuditFinding | null> {
  const steps = changes.finish()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield reader.frontier.size
  }
}

export function runToEnd<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
