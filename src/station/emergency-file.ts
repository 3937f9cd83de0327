// Opens emergency.db: a file of its own that needs neither the keychain nor station.db, opened anew for each use.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { StoreError, storeFailure } from './database.ts'
import { newId } from './primitives.ts'

export type EmergencyDatabase = Database.Database

const version = 1
const schema = `
  CREATE TABLE record (
    id INTEGER PRIMARY KEY CHECK (id = 1), chain TEXT NOT NULL, facts TEXT NOT NULL,
    failures INTEGER NOT NULL, waits_until_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE code_set (
    id TEXT PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('pending', 'active')), made_at_ms INTEGER NOT NULL,
    salt BLOB NOT NULL
  ) STRICT;
  CREATE TABLE code (
    id TEXT PRIMARY KEY, set_id TEXT NOT NULL REFERENCES code_set (id) ON DELETE CASCADE, place INTEGER NOT NULL,
    tag BLOB NOT NULL, used INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE entry (number INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
`

/** Only the station that owns the folder writes it. Throws StoreError. */
export class EmergencyFile {
  readonly #file: string
  readonly #binding: { nativeBinding?: string }

  constructor(folder: string, binding: string | undefined) {
    this.#file = path.join(folder, 'emergency.db')
    this.#binding = binding ? { nativeBinding: binding } : {}
  }

  exists(): boolean {
    return fs.existsSync(this.#file)
  }

  /** A new chain, with nothing in it; nothing where the file is there. */
  make(): void {
    if (this.exists()) return
    this.#open({}, (db) => {
      db.transaction(() => {
        db.exec(schema)
        db.prepare("INSERT INTO record VALUES (1, ?, '{}', 0, 0)").run(newId())
        db.pragma(`user_version = ${version}`)
      }).immediate()
    })
  }

  /**
   * All of `work` in one IMMEDIATE transaction, on the disk when this returns. A file that went away between two uses is
   * never written on as an open handle would.
   */
  change<R>(work: (db: EmergencyDatabase) => R): R {
    return this.#open({ fileMustExist: true }, (db) => {
      this.#assertOwn(db)
      return db.transaction(() => work(db)).immediate()
    })
  }

  read<R>(work: (db: EmergencyDatabase) => R): R {
    return this.#open({ fileMustExist: true, readonly: true }, (db) => {
      this.#assertOwn(db)
      return db.transaction(() => work(db)).deferred()
    })
  }

  /** Out of the way for whoever looks into it; never deleted. */
  setAside(nowMs: number): void {
    for (const end of ['', '-journal']) {
      const name = `${this.#file}${end}`
      if (fs.existsSync(name)) fs.renameSync(name, `${name}.set-aside-${nowMs}`)
    }
  }

  #open<R>(options: Database.Options, work: (db: EmergencyDatabase) => R): R {
    let db: EmergencyDatabase | undefined
    try {
      db = new Database(this.#file, { timeout: 1000, ...options, ...this.#binding })
      if (!options.readonly) {
        // A rollback journal, so that the record is one file; EXTRA makes the journal's end durable as well as the data.
        db.pragma('journal_mode = DELETE')
        db.pragma('synchronous = EXTRA')
        db.pragma('secure_delete = ON')
        db.pragma('foreign_keys = ON')
      }
      return work(db)
    } catch (error) {
      throw error instanceof StoreError || !isOfSqlite(error) ? error : new StoreError(storeFailure(error), error)
    } finally {
      db?.close()
    }
  }

  /** A trigger that somebody added would act with our rights. */
  #assertOwn(db: EmergencyDatabase): void {
    const found = db.pragma('user_version', { simple: true }) as number
    if (found > version) throw new StoreError('data-newer')
    const fresh = new Database(':memory:', this.#binding)
    try {
      fresh.exec(schema)
      if (found !== version || schemaOf(fresh) !== schemaOf(db)) throw new StoreError('data-edited')
    } finally {
      fresh.close()
    }
  }
}

const isOfSqlite = (error: unknown): boolean => String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_')

const schemaOf = (db: EmergencyDatabase): string =>
  JSON.stringify(
    db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name, tbl_name').raw().all(),
  )
