// What one transaction reads, puts and records. Nobody else writes meanwhile, so a row is read and checked once.
import type { EventFields } from '../contracts/event.ts'
import type { EventWriter } from './event-writer.ts'
import type { Recorder } from './ledger.ts'
import { changedSum, decidesAccess, type LogHead } from './log-head.ts'
import type { RowStore, StoredRow } from './rows.ts'
import type { Rows, TableName } from './schema.ts'

type AnyRow = StoredRow<TableName>

export class Recording implements Recorder {
  readonly #rows: RowStore
  readonly #events: EventWriter
  readonly #known = new Map<string, AnyRow | null>()
  readonly #second: string | undefined
  #head: LogHead
  #digests: Record<string, string | null> | null = null

  /** @param second who approved it beside whoever does it, where policy wants two. */
  constructor(rows: RowStore, events: EventWriter, head: LogHead, second: string | undefined) {
    this.#rows = rows
    this.#events = events
    this.#head = head
    this.#second = second
  }

  get<T extends TableName>(table: T, id: string): StoredRow<T> | null {
    const key = `${table}/${id}`
    const known = this.#known.get(key)
    if (known !== undefined) return known as StoredRow<T> | null
    const row = this.#rows.get(table, id)
    this.#known.set(key, row)
    return row
  }

  find<T extends TableName>(table: T, where: string, ...values: unknown[]): StoredRow<T>[] {
    const rows = this.#rows.find(table, where, values)
    for (const row of rows) this.#known.set(`${table}/${row.id}`, row)
    return rows
  }

  put<T extends TableName>(table: T, id: string, content: Rows[T]): void {
    const key = `${table}/${id}`
    const counts = decidesAccess(table)
    // Only for the sum is it needed what the row was.
    const before = (counts ? this.get(table, id) : this.#known.get(key)) as StoredRow<T> | null | undefined
    const after = this.#rows.put(table, id, content, this.#head.frontier.size + 1, before)
    this.#changed(key, after, counts ? (before?.mac ?? null) : undefined)
  }

  remove(table: TableName, id: string): void {
    const before = decidesAccess(table) ? (this.get(table, id)?.mac ?? null) : undefined
    this.#rows.remove(table, id, this.#head.frontier.size + 1)
    this.#changed(`${table}/${id}`, null, before)
  }

  event(fields: EventFields): number {
    const whose = this.#second && fields.actor ? { ...fields, second: this.#second } : fields
    const frontier = this.#events.append(this.#head.frontier, whose, this.#digests ?? {})
    this.#head = { ...this.#head, frontier }
    this.#digests = null
    return frontier.size
  }

  /** The head that the log has now. */
  end(): LogHead {
    if (this.#digests) throw new Error('a state change without its event')
    return this.#head
  }

  /** @param before the digest that the sum of rows still holds, null for none; undefined for a row that it leaves out. */
  #changed(key: string, row: AnyRow | null, before: Buffer | null | undefined): void {
    this.#known.set(key, row)
    this.#digests ??= {}
    this.#digests[key] = row ? row.mac.toString('base64') : null
    if (before === undefined) return
    this.#head = { ...this.#head, rowSum: changedSum(this.#head.rowSum, before, row?.mac ?? null) }
  }
}
