// Appends events to the log: each named, numbered, salted and chained, in canonical JSON (RFC 8785).
import type { Statement } from 'better-sqlite3'
import canonicalize from 'canonicalize'
import { type AuditEvent, auditEvent, type EventFields } from '../contracts/event.ts'
import { appendLeaf, type Frontier, leafHash } from '../core/tree.ts'
import type { StationDatabase } from './database.ts'
import type { StationKeys } from './keys.ts'
import { closeSpan, spanSize } from './log-spans.ts'
import type { Clock } from './ports.ts'
import { newId, openRandom, sha256 } from './primitives.ts'

export interface LedgerIdentity {
  readonly stationNumber: string
  readonly location: string
}
/** `table/id` to the row's digest, null where the row went. */
export type RowDigests = Readonly<Record<string, string | null>>

export class EventWriter {
  readonly #keys: StationKeys
  readonly #clock: Clock
  readonly #appVersion: string
  readonly #insert: Statement
  readonly #leafOf: Statement
  readonly #closeSpan: Statement
  #identity: LedgerIdentity = { stationNumber: '0'.repeat(16), location: '' }
  /** The leaf that this writer put last, and the frontier that it led to: the very object, or it says nothing. */
  #last: { readonly frontier: Frontier; readonly leaf: Buffer } | null = null

  constructor(db: StationDatabase, keys: StationKeys, clock: Clock, appVersion: string) {
    this.#keys = keys
    this.#clock = clock
    this.#appVersion = appVersion
    this.#insert = db.prepare('INSERT INTO event (number, id, body, leaf, mac) VALUES (?, ?, ?, ?, ?)')
    this.#leafOf = db.prepare('SELECT leaf FROM event WHERE number = ?').pluck()
    this.#closeSpan = db.prepare(closeSpan)
  }

  identify(identity: LedgerIdentity): void {
    this.#identity = identity
  }

  append(frontier: Frontier, fields: EventFields, rows: RowDigests): Frontier {
    const number = frontier.size + 1
    const previous = this.#leafBefore(frontier)
    const event: AuditEvent = {
      ...fields,
      id: newId(),
      station: this.#identity.stationNumber,
      number,
      atMs: this.#clock.nowMs(),
      runningMs: Math.floor(this.#clock.runningMs()),
      location: this.#identity.location,
      appVersion: this.#appVersion,
      salt: openRandom(16).toString('base64url'),
      ...(previous ? { previous: previous.toString('base64') } : {}),
      ...(Object.keys(rows).length > 0 ? { rows } : {}),
    }
    // Never an event that a reader of the log could not take.
    const body = canonicalize(auditEvent.parse(event)) as string
    const leaf = Buffer.from(leafHash(Buffer.from(body), sha256))
    this.#insert.run(number, event.id, body, leaf, eventMac(this.#keys, number, leaf))
    if (number % spanSize === 0) this.#closeSpan.run({ span: number / spanSize - 1 })
    const next = appendLeaf(frontier, leaf, sha256)
    this.#last = { frontier: next, leaf }
    return next
  }

  #leafBefore(frontier: Frontier): Buffer | undefined {
    if (this.#last?.frontier === frontier) return this.#last.leaf
    return this.#leafOf.get(frontier.size) as Buffer | undefined
  }
}

export const eventMac = (keys: StationKeys, number: number, leaf: Uint8Array): Buffer =>
  keys.eventDigest(number, Buffer.from(leaf).toString('base64'))
