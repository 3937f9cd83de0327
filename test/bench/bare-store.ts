// The baseline of everything durable: one row of so many bytes in a file like station.db, committed alone.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { binding } from './station.ts'

export interface BareStore {
  /** Inserts one row that puts as many pages into the write-ahead log. */
  commit(pages: number): void
  close(): void
}

/** A frame of SQLite's write-ahead log is a page with its header; the log begins with a header of its own. */
const pageBytes = 4096
const frameBytes = pageBytes + 24
const walHeaderBytes = 32
const overflowBytes = pageBytes - 4
/** What a row costs beside its overflow pages: its leaf, and the file's first page that counts the others. */
const otherPages = 2
const leafBytes = 64

export function openBareStore(folder: string): BareStore {
  fs.mkdirSync(folder, { recursive: true })
  const db = new Database(path.join(folder, 'bare.db'), binding ? { nativeBinding: binding } : {})
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON'])
    db.pragma(pragma)
  db.exec('CREATE TABLE bare (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO bare (body) VALUES (?)')
  const commit = db.transaction((body: Buffer) => insert.run(body))
  const bodies = new Map<number, Buffer>()
  return {
    commit: (pages) => {
      const body = bodies.get(pages) ?? Buffer.alloc(Math.max(pages - otherPages, 0) * overflowBytes + leafBytes, 7)
      bodies.set(pages, body)
      commit.immediate(body)
    },
    close: () => db.close(),
  }
}

/** How many pages a piece of work puts into the write-ahead log of an open store. */
export function pagesWritten(db: Database.Database, work: () => void): number {
  db.pragma('wal_checkpoint(TRUNCATE)')
  work()
  const { size } = fs.statSync(`${db.name}-wal`)
  return Math.round((size - walHeaderBytes) / frameBytes)
}
