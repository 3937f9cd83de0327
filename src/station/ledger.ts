// State changes and the events that record them: one IMMEDIATE transaction, authenticated rows, a growing tree.
import type { Statement } from 'better-sqlite3'
import type { EventFields } from '../contracts/event.ts'
import type { Frontier } from '../core/tree.ts'
import type { StationDatabase } from './database.ts'
import { EventWriter, type LedgerIdentity } from './event-writer.ts'
import { DamageError, type StationKeys } from './keys.ts'
import { HeadStore, type LogHead, rowsAreCurrent } from './log-head.ts'
import type { Clock } from './ports.ts'
import { Recording } from './recording.ts'
import { type Row, RowStore } from './rows.ts'
import type { Rows, TableName } from './schema.ts'
import { SeenLog } from './seen-log.ts'

export type { Row } from './rows.ts'

export interface Recorder {
  get<T extends TableName>(table: T, id: string): Row<T> | null
  find<T extends TableName>(table: T, where: string, ...values: unknown[]): Row<T>[]
  /** Writes a whole row; the next event carries its digest. */
  put<T extends TableName>(table: T, id: string, content: Rows[T]): void
  remove(table: TableName, id: string): void
  /** Appends the event that records what was put before it. Returns its number. */
  event(fields: EventFields): number
}

export class Ledger {
  readonly #db: StationDatabase
  readonly #keys: StationKeys
  readonly #rows: RowStore
  readonly #events: EventWriter
  readonly #head: HeadStore
  readonly #log: SeenLog
  readonly #transact: { immediate(work: () => void): void }
  readonly #dataVersion: Statement
  readonly #schemaVersion: number
  #seen: unknown
  #afterCommit: () => void = () => {}
  #second: string | undefined

  constructor(db: StationDatabase, keys: StationKeys, clock: Clock, appVersion: string) {
    this.#db = db
    this.#keys = keys
    this.#rows = new RowStore(db, keys)
    this.#events = new EventWriter(db, keys, clock, appVersion)
    this.#head = new HeadStore(db, keys)
    this.#log = new SeenLog(db)
    this.#transact = db.transaction((work: () => void) => work())
    this.#dataVersion = db.prepare('PRAGMA data_version').pluck()
    this.#schemaVersion = schemaVersion(db)
    this.#seen = this.#dataVersion.get()
  }

  identify(identity: LedgerIdentity): void {
    this.#events.identify(identity)
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
    let done: { readonly value: R; readonly size: number } | null = null
    this.#transact.immediate(() => {
      const head = this.#head.read()
      this.#checkOthers(head)
      const recording = new Recording(this.#rows, this.#events, head, this.#second)
      const value = work(recording)
      const after = recording.end()
      done = { value, size: after.frontier.size }
      if (after !== head) this.#head.write(after)
    })
    const { value, size } = done as unknown as { readonly value: R; readonly size: number }
    this.#log.keep(size)
    this.#afterCommit()
    return value
  }

  /**
   * Where another connection has written since we last looked, as the command line does, the rows that decide access are
   * checked anew: an older one that was put back in must not be believed until the next start. Nor must an older file.
   */
  #checkOthers(head: LogHead): void {
    const seen = this.#dataVersion.get()
    // A change of the schema is a write like any other: it raises this number too.
    if (seen === this.#seen) return
    if (schemaVersion(this.#db) !== this.#schemaVersion) throw new DamageError('data-edited', 'schema')
    this.#log.check(head.frontier.size)
    if (!rowsAreCurrent(this.#db, this.#keys, head)) throw new DamageError('data-edited', 'rows')
    this.#seen = seen
  }

  get<T extends TableName>(table: T, id: string): Row<T> | null {
    return this.#rows.get(table, id)
  }

  /** @param where fixed SQL over the table's columns; values go in as parameters. */
  find<T extends TableName>(table: T, where: string, ...values: unknown[]): Row<T>[] {
    return this.#rows.find(table, where, values)
  }

  /** The head's own, with its MAC checked, and never less than what was seen before. Throws DamageError. */
  frontier(): Frontier {
    const { frontier } = this.#head.read()
    this.#log.check(frontier.size)
    this.#log.keep(frontier.size)
    return frontier
  }
}

const schemaVersion = (db: StationDatabase): number => db.pragma('schema_version', { simple: true }) as number
