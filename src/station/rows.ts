// Authenticated rows in their tables: each is held against its own digest and the event that last changed it.
import type { Statement } from 'better-sqlite3'
import type { AuditEvent } from '../contracts/event.ts'
import type { StationDatabase } from './database.ts'
import { DamageError, type StationKeys, sameBytes } from './keys.ts'
import { columns, contentOf, type Rows, type TableName } from './schema.ts'

export type Row<T extends TableName> = Rows[T] & { readonly id: string; readonly event_number: number }
/** With its digest, which only the log's head is concerned with. */
export type StoredRow<T extends TableName> = Row<T> & { readonly mac: Buffer }
type Values = Readonly<Record<string, unknown>>

export class RowStore {
  readonly #db: StationDatabase
  readonly #keys: StationKeys
  /** Compiled once, by table and purpose: compiling costs more than running. */
  readonly #statements = new Map<TableName, Map<string, Statement>>()
  readonly #noteChange: Statement
  readonly #bodyOf: Statement

  constructor(db: StationDatabase, keys: StationKeys) {
    this.#db = db
    this.#keys = keys
    this.#noteChange = db.prepare(
      'INSERT INTO row_change (row, number) VALUES (?, ?) ON CONFLICT (row) DO UPDATE SET number = excluded.number',
    )
    this.#bodyOf = db.prepare('SELECT body FROM event WHERE number = ?').pluck()
  }

  get<T extends TableName>(table: T, id: string): StoredRow<T> | null {
    const row = this.#statement(table, 'get', selectOne).get(id) as Values
    if (row.id === null) {
      if (row.changed_by !== null && !this.#wasRemoved(`${table}/${id}`, row.changed_by as number))
        throw new DamageError('data-edited', `${table}/${id}`)
      return null
    }
    // An index that was tampered with could lead to somebody else's row.
    if (row.id !== id) throw new DamageError('data-edited', `${table}/${id}`)
    return this.#authentic(table, row)
  }

  /** @param where fixed SQL over the table's columns; values go in as parameters. */
  find<T extends TableName>(table: T, where: string, values: readonly unknown[]): StoredRow<T>[] {
    const rows = this.#statement(table, where, selectWhere).all(...values) as Values[]
    return rows.map((row) => this.#authentic(table, row))
  }

  /**
   * Writes what differs, so that no index is touched whose columns stay.
   * @param before the row as it was read in this transaction; null where there was none, undefined where nobody looked.
   */
  put<T extends TableName>(
    table: T,
    id: string,
    content: Rows[T],
    number: number,
    before: StoredRow<T> | null | undefined,
  ): StoredRow<T> {
    const values = content as unknown as Values
    const mac = this.#keys.rowDigest(table, id, contentOf(table, values), number)
    if (before) this.#update(table, id, values, number, mac, before as unknown as Values)
    else {
      const statement = this.#statement(table, before === null ? 'insert' : 'upsert', insertInto)
      statement.run(id, ...columns[table].map((name) => values[name] ?? null), number, mac)
    }
    this.#noteChange.run(`${table}/${id}`, number)
    return { ...content, id, event_number: number, mac } as unknown as StoredRow<T>
  }

  remove(table: TableName, id: string, number: number): void {
    this.#statement(table, 'remove', () => `DELETE FROM ${table} WHERE id = ?`).run(id)
    this.#noteChange.run(`${table}/${id}`, number)
  }

  #update(table: TableName, id: string, values: Values, number: number, mac: Buffer, before: Values): void {
    const names = columns[table].filter((name) => !isSame(values[name], before[name]))
    const statement = this.#statement(table, `set ${names.join(' ')}`, () => updateOf(table, names))
    const { changes } = statement.run(...names.map((name) => values[name] ?? null), number, mac, id)
    if (changes !== 1) throw new DamageError('data-edited', `${table}/${id}`)
  }

  #authentic<T extends TableName>(table: T, row: Values): StoredRow<T> {
    const id = String(row.id)
    const number = Number(row.event_number)
    const digest = this.#keys.rowDigest(table, id, contentOf(table, row), number)
    if (number !== row.changed_by || !sameBytes(digest, row.mac as Buffer))
      throw new DamageError('data-edited', `${table}/${id}`)
    return row as unknown as StoredRow<T>
  }

  #wasRemoved(key: string, number: number): boolean {
    const body = this.#bodyOf.get(number) as string | undefined
    return body !== undefined && (JSON.parse(body) as AuditEvent).rows?.[key] === null
  }

  #statement(table: TableName, purpose: string, sql: (table: TableName, purpose: string) => string): Statement {
    const own = this.#statements.get(table) ?? new Map<string, Statement>()
    const known = own.get(purpose)
    if (known) return known
    const statement = this.#db.prepare(sql(table, purpose))
    this.#statements.set(table, own.set(purpose, statement))
    return statement
  }
}

/** A row, or none, always with the number of the event that is said to have changed it last. */
const selectOne = (table: TableName): string =>
  `SELECT it.*, row_change.number AS changed_by FROM (SELECT ? AS id) AS wanted
     LEFT JOIN ${table} AS it ON it.id = wanted.id LEFT JOIN row_change ON row = '${table}/' || wanted.id`

const selectWhere = (table: TableName, where: string): string =>
  `SELECT *, (SELECT number FROM row_change WHERE row = '${table}/' || ${table}.id) AS changed_by
     FROM ${table} WHERE ${where}`

function insertInto(table: TableName, purpose: string): string {
  const all = ['id', ...columns[table], 'event_number', 'mac']
  const updates = all.slice(1).map((name) => `${name} = excluded.${name}`)
  const insert = `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})`
  return purpose === 'insert' ? insert : `${insert} ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`
}

const updateOf = (table: TableName, names: readonly string[]): string =>
  `UPDATE ${table} SET ${[...names, 'event_number', 'mac'].map((name) => `${name} = ?`).join(', ')} WHERE id = ?`

const isSame = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array ? sameBytes(a, b) : a === b
