// Holds the tables against the log as it is read, with no memory of its own: every row is what the newest event about it says.

import type { EventFacts } from '../contracts/event-form.ts'
import type { AuditFinding } from './audit-verify.ts'
import type { StationDatabase } from './database.ts'
import { type StationKeys, sameBytes } from './keys.ts'
import { contentOf, type TableName, tableNames } from './schema.ts'

interface Change {
  readonly number: number
  readonly digest: string | null
}

export class RowCheck {
  readonly #db: StationDatabase
  readonly #keys: StationKeys
  readonly #newest
  readonly #stored
  /** The last change of each row in the page that is being read. */
  #page = new Map<string, Change>()
  #rows = 0
  #entries = 0
  #finding: AuditFinding | null = null

  constructor(db: StationDatabase, keys: StationKeys) {
    this.#db = db
    this.#keys = keys
    this.#newest = db.prepare('SELECT number FROM row_change WHERE row = ?').pluck()
    this.#stored = new Map(
      tableNames.map((table) => [table, db.prepare(`SELECT mac, event_number FROM ${table} WHERE id = ?`).raw()]),
    )
  }

  accept({ number, rows }: EventFacts): void {
    for (const [row, digest] of rows) this.#page.set(row, { number, digest })
  }

  /** Of the events since the last call. What is found is kept until the events have all been read: a wrong one comes first. */
  endPage(): void {
    for (const [row, change] of this.#page) {
      const newest = this.#newest.get(row) as number | undefined
      const isRight =
        newest !== undefined && (newest > change.number || (newest === change.number && this.#isStored(row, change)))
      if (!isRight) this.#finding ??= { kind: 'row', row }
    }
    this.#page.clear()
  }

  /** After the last event: each row is authentic, and there is none that no event tells of. */
  *finish(): Generator<void, AuditFinding | null> {
    if (this.#finding) return this.#finding
    if (this.#entries !== this.#countOf('row_change')) return this.#strayEntry()
    let rows = 0
    for (const table of tableNames) {
      const page = this.#db.prepare(`SELECT * FROM ${table} WHERE id > ? ORDER BY id LIMIT 500`)
      for (let after = ''; ; ) {
        const found = page.all(after) as Record<string, unknown>[]
        for (const row of found) {
          const id = String(row.id)
          const digest = this.#keys.rowDigest(table, id, contentOf(table, row), Number(row.event_number))
          // That no row is here which no event tells of, the counts say below.
          if (!sameBytes(digest, row.mac as Buffer)) return { kind: 'row', row: `${table}/${id}` }
          after = id
        }
        rows += found.length
        if (found.length === 0) break
        yield
      }
    }
    return rows === this.#rows ? null : { kind: 'row', row: 'row_change' }
  }

  #isStored(row: string, { number, digest }: Change): boolean {
    const slash = row.indexOf('/')
    const stored = this.#stored.get(row.slice(0, slash) as TableName)?.get(row.slice(slash + 1)) as
      | [mac: Buffer, event: number]
      | undefined
    this.#entries++
    if (digest === null) return stored === undefined
    this.#rows++
    return stored?.[1] === number && stored[0].toString('base64') === digest
  }

  /** An entry that points at an event which does not tell of its row. */
  #strayEntry(): AuditFinding {
    const body = this.#db.prepare('SELECT body FROM event WHERE number = ?').pluck()
    for (const { row, number } of this.#db.prepare('SELECT row, number FROM row_change').iterate() as Iterable<{
      row: string
      number: number
    }>) {
      const [table = '', id] = row.split('/')
      const told = String(body.get(number) ?? '').includes(`${JSON.stringify(row)}:`)
      if (!told && this.#stored.get(table as TableName)?.get(id)) return { kind: 'row', row }
    }
    return { kind: 'row', row: 'row_change' }
  }

  #countOf(table: string): unknown {
    return this.#db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  }
}
