// State changes and the events that record them: one IMMEDIATE transaction, authenticated rows, a growing tree.

import type { Statement } from 'better-sqlite3'
import canonicalize from 'canonicalize'
import { type AuditEvent, auditEvent, type EventFields } from '../contracts/event.ts'
import { appendLeaf, type Frontier, leafHash } from '../core/tree.ts'
import type { StationDatabase } from './database.ts'
import { DamageError, type StationKeys, sameBytes } from './keys.ts'
import { changedSum, decidesAccess, HeadStore, type LogHead, readFrontier, rowsAreCurrent } from './log-head.ts'
import type { Clock } from './ports.ts'
import { newId, random, sha256 } from './primitives.ts'
import { columns, contentOf, type Rows, type TableName } from './schema.ts'

export type Row<T extends TableName> = Rows[T] & { readonly id: string; readonly event_number: number }

export interface Recorder {
  get<T extends TableName>(table: T, id: string): Row<T> | null
  find<T extends TableName>(table: T, where: string, ...values: unknown[]): Row<T>[]
  /** Writes a whole row; the next event carries its digest. */
  put<T extends TableName>(table: T, id: string, content: Rows[T]): void
  remove(table: TableName, id: string): void
  /** Appends the event that records what was put before it. Returns its number. */
  event(fields: EventFields): number
}

export interface LedgerIdentity {
  readonly stationNumber: string
  readonly location: string
}

export class Ledger {
  readonly #db: StationDatabase
  readonly #keys: StationKeys
  readonly #clock: Clock
  readonly #appVersion: string
  #identity: LedgerIdentity = { stationNumber: '0'.repeat(16), location: '' }
  /** Compiled once: a login runs some twenty of them. */
  readonly #statements = new Map<string, Statement>()
  readonly #head: HeadStore
  #seen: string
  #afterCommit: () => void = () => {}
  #second: string | undefined

  constructor(db: StationDatabase, keys: StationKeys, clock: Clock, appVersion: string) {
    this.#db = db
    this.#keys = keys
    this.#clock = clock
    this.#appVersion = appVersion
    this.#head = new HeadStore(db, keys)
    this.#seen = versionsOf(db)
  }

  identify(identity: LedgerIdentity): void {
    this.#identity = identity
  }

  onCommit(listener: () => void): void {
    this.#afterCommit = listener
  }

  /** Whatever somebody does within `work` names the second person who approved it. Not for what waits. */
  withSecond<R>(second: string | undefined, work: () => R): R {
    this.#second = second
    try {
      return work()
    } finally {
      this.#second = undefined
    }
  }

  /** Runs inside BEGIN IMMEDIATE; throws, and changes nothing, where a row is damaged or a change has no event. */
  record<R>(work: (recorder: Recorder) => R): R {
    const result = this.#db
      .transaction(() => {
        const head = this.#head.read()
        this.#checkOthers(head)
        let { frontier, rowSum } = head
        let digests: Record<string, string | null> = {}
        const recorder: Recorder = {
          get: (table, id) => this.get(table, id),
          find: (table, where, ...values) => this.find(table, where, ...values),
          put: (table, id, content) => {
            const before = this.#macOf(table, id)
            const digest = this.#putRow(table, id, content, frontier.size + 1)
            if (decidesAccess(table)) rowSum = changedSum(rowSum, before, digest)
            digests[`${table}/${id}`] = digest.toString('base64')
          },
          remove: (table, id) => {
            if (decidesAccess(table)) rowSum = changedSum(rowSum, this.#macOf(table, id), null)
            this.#prepare(`DELETE FROM ${table} WHERE id = ?`).run(id)
            this.#noteChange(`${table}/${id}`, frontier.size + 1)
            digests[`${table}/${id}`] = null
          },
          event: (fields) => {
            frontier = this.#append(frontier, fields, digests)
            digests = {}
            return frontier.size
          },
        }
        const value = work(recorder)
        if (Object.keys(digests).length > 0) throw new Error('a state change without its event')
        if (frontier !== head.frontier) this.#head.write({ frontier, rowSum })
        return value
      })
      .immediate()
    this.#afterCommit()
    return result
  }

  /**
   * Where another connection has written since we last looked, as the command line does, the rows that decide access are
   * checked anew: an older one that was put back in must not be believed until the next start.
   */
  #checkOthers(head: LogHead): void {
    const seen = versionsOf(this.#db)
    if (seen === this.#seen) return
    if (seen.split(' ')[1] !== this.#seen.split(' ')[1]) throw new DamageError('data-edited', 'schema')
    if (!rowsAreCurrent(this.#db, this.#keys, head)) throw new DamageError('data-edited', 'rows')
    this.#seen = seen
  }

  get<T extends TableName>(table: T, id: string): Row<T> | null {
    const row = this.#prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id) as Record<string, unknown> | undefined
    const last = this.#prepare('SELECT number FROM row_change WHERE row = ?').pluck().get(`${table}/${id}`)
    if (!row) {
      if (last !== undefined && !this.#wasRemoved(`${table}/${id}`, last as number))
        throw new DamageError('data-edited', `${table}/${id}`)
      return null
    }
    // An index that was tampered with could lead to somebody else's row.
    if (row.id !== id) throw new DamageError('data-edited', `${table}/${id}`)
    return this.#authentic(table, row, last)
  }

  /** @param where fixed SQL over the table's columns; values go in as parameters. */
  find<T extends TableName>(table: T, where: string, ...values: unknown[]): Row<T>[] {
    const rows = this.#prepare(`SELECT * FROM ${table} WHERE ${where}`).all(...values) as Record<string, unknown>[]
    const last = this.#prepare('SELECT number FROM row_change WHERE row = ?').pluck()
    return rows.map((row) => this.#authentic(table, row, last.get(`${table}/${row.id}`)))
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  frontier(): Frontier {
    return readFrontier(this.#db)
  }

  #authentic<T extends TableName>(table: T, row: Record<string, unknown>, last: unknown): Row<T> {
    const id = String(row.id)
    const number = Number(row.event_number)
    const digest = this.#keys.rowDigest(table, id, contentOf(table, row), number)
    if (number !== last || !sameBytes(digest, row.mac as Buffer)) throw new DamageError('data-edited', `${table}/${id}`)
    return row as unknown as Row<T>
  }

  #wasRemoved(key: string, number: number): boolean {
    const body = this.#prepare('SELECT body FROM event WHERE number = ?').pluck().get(number) as string | undefined
    return body !== undefined && (JSON.parse(body) as AuditEvent).rows?.[key] === null
  }

  #putRow<T extends TableName>(table: T, id: string, content: Rows[T], number: number): Buffer {
    const names = columns[table]
    const values = names.map((name) => (content as Record<string, unknown>)[name])
    const digest = this.#keys.rowDigest(table, id, contentOf(table, content as Record<string, unknown>), number)
    const all = ['id', ...names, 'event_number', 'mac']
    const updates = all.slice(1).map((name) => `${name} = excluded.${name}`)
    this.#prepare(
      `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
         ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    ).run(id, ...values, number, digest)
    this.#noteChange(`${table}/${id}`, number)
    return digest
  }

  #noteChange(row: string, number: number): void {
    this.#prepare(
      'INSERT INTO row_change (row, number) VALUES (?, ?) ON CONFLICT (row) DO UPDATE SET number = excluded.number',
    ).run(row, number)
  }

  #append(frontier: Frontier, fields: EventFields, rows: Record<string, string | null>): Frontier {
    const number = frontier.size + 1
    const previous = this.#prepare('SELECT leaf FROM event WHERE number = ?').pluck().get(frontier.size) as
      | Buffer
      | undefined
    const event: AuditEvent = {
      ...fields,
      ...(this.#second && fields.actor ? { second: this.#second } : {}),
      id: newId(),
      station: this.#identity.stationNumber,
      number,
      atMs: this.#clock.nowMs(),
      runningMs: Math.floor(this.#clock.runningMs()),
      location: this.#identity.location,
      appVersion: this.#appVersion,
      salt: random(16).toString('base64url'),
      ...(previous ? { previous: previous.toString('base64') } : {}),
      ...(Object.keys(rows).length > 0 ? { rows } : {}),
    }
    // Never an event that a reader of the log could not take.
    const body = canonicalize(auditEvent.parse(event)) as string
    const leaf = Buffer.from(leafHash(Buffer.from(body), sha256))
    this.#prepare('INSERT INTO event (number, id, body, leaf, mac) VALUES (?, ?, ?, ?, ?)').run(
      number,
      event.id,
      body,
      leaf,
      eventMac(this.#keys, number, leaf),
    )
    return appendLeaf(frontier, leaf, sha256)
  }

  #macOf(table: TableName, id: string): Buffer | null {
    const mac = this.#prepare(`SELECT mac FROM ${table} WHERE id = ?`).pluck().get(id)
    return (mac as Buffer | undefined) ?? null
  }
}

/** What changes when another connection commits, and when anybody changes the schema. */
const versionsOf = (db: StationDatabase): string =>
  `${db.pragma('data_version', { simple: true })} ${db.pragma('schema_version', { simple: true })}`

export const eventMac = (keys: StationKeys, number: number, leaf: Uint8Array): Buffer =>
  keys.rowDigest('event', String(number), Buffer.from(leaf).toString('base64'), number)
