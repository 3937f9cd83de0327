// State changes and the events that record them: one IMMEDIATE transaction, authenticated rows, a growing tree.
import type { Statement } from 'better-sqlite3'
import type { EventFields } from '../contracts/event.ts'
import type { Frontier } from '../core/tree.ts'
import { isBusy, type StationDatabase, withoutWaiting } from './database.ts'
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

/** What has happened whether it can be written now or not. @param lateMs how long ago that was, by running time. */
type Happened = (recorder: Recorder, lateMs: number) => void

export class Ledger {
  readonly #db: StationDatabase
  readonly #keys: StationKeys
  readonly #clock: Clock
  readonly #rows: RowStore
  readonly #events: EventWriter
  readonly #head: HeadStore
  readonly #log: SeenLog
  readonly #transact: { immediate(work: () => void): void }
  readonly #dataVersion: Statement
  readonly #schemaVersion: number
  #seen: unknown
  #afterCommit: () => void = () => {}
  #waiting: readonly { readonly work: Happened; readonly sinceMs: number }[] = []
  #second: string | undefined

  constructor(db: StationDatabase, keys: StationKeys, clock: Clock, appVersion: string) {
    this.#db = db
    this.#keys = keys
    this.#clock = clock
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

  /**
   * Runs inside BEGIN IMMEDIATE; throws, and changes nothing, where a row is damaged, a change has no event, or another
   * process holds the store (see `isBusy`).
   */
  record<R>(work: (recorder: Recorder) => R): R {
    if (this.#waiting.length > 0) this.#recordWaiting()
    return this.#commit(work, this.#second)
  }

  /**
   * For what can't be refused, such as the end of a session. While another process holds the store it is kept, and
   * recorded in order before whatever is recorded next: nothing of it is lost, and nobody waits for it. Its callers keep
   * it short: while the store is held nobody comes in, so there is next to nothing that could end.
   */
  recordSoon(work: Happened): void {
    this.#waiting = [...this.#waiting, { work, sinceMs: this.#clock.runningMs() }]
    this.catchUp()
  }

  /** What was kept is recorded, unless another process still holds the store: then false, at once. */
  catchUp(): boolean {
    if (this.#waiting.length === 0) return true
    try {
      withoutWaiting(this.#db, () => this.#recordWaiting())
      return true
    } catch (error) {
      if (!isBusy(error)) throw error
      return false
    }
  }

  #recordWaiting(): void {
    const waiting = this.#waiting
    const nowMs = this.#clock.runningMs()
    this.#commit((recorder) => {
      for (const { work, sinceMs } of waiting) work(recorder, Math.max(Math.floor(nowMs - sinceMs), 0))
    }, undefined)
    this.#waiting = []
  }

  #commit<R>(work: (recorder: Recorder) => R, second: string | undefined): R {
    let done: { readonly value: R; readonly size: number } | null = null
    this.#transact.immediate(() => {
      const head = this.#head.read()
      this.#checkOthers(head)
      const recording = new Recording(this.#rows, this.#events, head, second)
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
