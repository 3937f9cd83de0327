// What somebody with the disk can do to a station's folder: edit, cut, overwrite, put an older copy back.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { appendLeaf, emptyFrontier, leafHash } from '../../src/core/tree.ts'
import { databaseFile } from '../../src/station/database.ts'
import { sha256 } from '../../src/station/primitives.ts'

/** Through the sqlite3 command line, as anybody has it; returns what it prints. */
export const sqlite = (folder: string, sql: string): string =>
  execFileSync('sqlite3', ['-bail', databaseFile(folder), sql], { encoding: 'utf8', stdio: 'pipe' }).trim()

/** null where there is none. */
export const fileBytes = (folder: string): Buffer | null =>
  fs.existsSync(databaseFile(folder)) ? fs.readFileSync(databaseFile(folder)) : null

export function overwritePages(folder: string): void {
  const pageBytes = 4096
  const pages = fs.statSync(databaseFile(folder)).size / pageBytes
  const file = fs.openSync(databaseFile(folder), 'r+')
  // Not the first page, which would only make it no database at all.
  for (let page = 2; page < pages; page += 2)
    fs.writeSync(file, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, page * pageBytes)
  fs.closeSync(file)
}

interface Kept {
  putBack(): void
}

/** Everything of the folder, to be put back later with nothing of what came since. */
export function keepWholeFolder(folder: string): Kept {
  const kept = `${folder}.kept`
  fs.cpSync(folder, kept, { recursive: true })
  return {
    putBack: () => {
      fs.rmSync(folder, { recursive: true })
      fs.renameSync(kept, folder)
    },
  }
}

export const deleteTail = (folder: string, events: number): string =>
  sqlite(folder, `DELETE FROM event WHERE number > (SELECT max(number) FROM event) - ${events}`)

/** Writes the size and the hashes that fit the events which are left. */
export function forgeHead(folder: string): void {
  let head = emptyFrontier
  for (const hex of sqlite(folder, 'SELECT hex(leaf) FROM event ORDER BY number').split('\n'))
    head = appendLeaf(head, Buffer.from(hex, 'hex'), sha256)
  const hashes = Buffer.concat(head.hashes).toString('hex')
  sqlite(folder, `UPDATE log_head SET size = ${head.size}, hashes = X'${hashes}'`)
}

/** Lets an event say another reason, and carry the leaf hash that fits it. */
export function editEvent(folder: string, number: number, path: string, value: string): void {
  sqlite(folder, `UPDATE event SET body = json_set(body, '${path}', '${value}') WHERE number = ${number}`)
  const body = sqlite(folder, `SELECT body FROM event WHERE number = ${number}`)
  const leaf = Buffer.from(leafHash(Buffer.from(body), sha256)).toString('hex')
  sqlite(folder, `UPDATE event SET leaf = X'${leaf}' WHERE number = ${number}`)
}

type Query = readonly [table: string, query: string]

function keep(folder: string, ...queries: readonly Query[]): Kept {
  const inserts = queries.map(([table, query]) =>
    execFileSync('sqlite3', ['-cmd', `.mode insert ${table}`, databaseFile(folder), query], { encoding: 'utf8' }),
  )
  return { putBack: () => void sqlite(folder, inserts.join('').replaceAll('INSERT INTO', 'INSERT OR REPLACE INTO')) }
}

/** Rows as they are now, seals and all, to be put back later together with the numbers of their last events. */
export const keepRows = (folder: string, table: string, where: string): Kept =>
  keep(
    folder,
    [table, `SELECT * FROM ${table} WHERE ${where}`],
    ['row_change', `SELECT '${table}/' || id, event_number FROM ${table} WHERE ${where}`],
  )

export const keepHead = (folder: string): Kept => keep(folder, ['log_head', 'SELECT * FROM log_head'])
