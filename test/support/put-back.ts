// A table as it was, put back later with the bookkeeping that goes with it: what somebody with the disk does to undo a change.
import type { StationDatabase } from '../../src/station/database.ts'
import type { TableName } from '../../src/station/schema.ts'

export interface Kept {
  readonly rows: Record<string, unknown>[]
  readonly changes: { row: string; number: number }[]
}
export const keepTable =
  (table: TableName) =>
  (db: StationDatabase): Kept => ({
    rows: db.prepare(`SELECT * FROM ${table}`).all() as Kept['rows'],
    changes: db.prepare(`SELECT row, number FROM row_change WHERE row LIKE '${table}/%'`).all() as Kept['changes'],
  })
/** Exactly as they were: newer ones gone, changed ones older, and the bookkeeping says so, too. */
export const putTableBack =
  (table: TableName, { rows, changes }: Kept) =>
  (db: StationDatabase): void => {
    db.exec(`DELETE FROM ${table}; DELETE FROM row_change WHERE row LIKE '${table}/%'`)
    for (const row of rows) {
      const names = Object.keys(row)
      db.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`).run(
        ...Object.values(row),
      )
    }
    for (const { row, number } of changes) db.prepare('INSERT INTO row_change VALUES (?, ?)').run(row, number)
  }
