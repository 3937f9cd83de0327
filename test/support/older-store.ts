// A store as an earlier version of the program left it: its tables, and what they held that it knew of.
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { databaseFile } from '../../src/station/database.ts'
import { migrations } from '../../src/station/migrations.ts'

/** Rewrites the folder's store as one of the version before the newest, row by row; what was added is left out. */
export function makeOlder(folder: string): void {
  const file = databaseFile(folder)
  const newer = `${file}.newer`
  const merged = new Database(file)
  merged.pragma('journal_mode = DELETE')
  merged.close()
  fs.renameSync(file, newer)
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('foreign_keys = OFF')
  for (const step of migrations.slice(0, -1)) db.exec(step)
  db.exec(`ATTACH '${newer}' AS newer`)
  const tables = db.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all() as string[]
  for (const table of tables) {
    const names = (db.pragma(`main.table_info(${table})`) as { name: string }[]).map(({ name }) => name).join(', ')
    db.exec(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM newer.${table}`)
  }
  db.pragma(`user_version = ${migrations.length - 1}`)
  db.close()
  fs.rmSync(newer)
}
