// Opens station.db: pragmas that are asserted, migrations in order, refusal of a file from the future.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { type FolderFailure, folderFailure } from './data-folder.ts'
import { migrations } from './migrations.ts'

export type StationDatabase = Database.Database
export type StoreFailure =
  | 'data-damaged'
  | 'data-edited'
  | 'data-newer'
  | 'data-unwritable'
  | 'data-missing'
  | FolderFailure

export class StoreError extends Error {
  readonly code: StoreFailure
  constructor(code: StoreFailure, cause?: unknown) {
    super(`store: ${code}`, { cause })
    this.name = 'StoreError'
    this.code = code
  }
}

/** Whole, and of a version before this one: whoever only reads can't bring it up to date. To the station itself it is damage. */
export class OlderStoreError extends StoreError {
  constructor() {
    super('data-damaged')
    this.name = 'OlderStoreError'
  }
}

export const databaseFile = (folder: string): string => path.join(folder, 'station.db')

interface OpenOptions {
  readonly binding?: string | undefined
  readonly readonly?: boolean
  readonly mustExist?: boolean
  /** A file without tables is a damaged one. */
  readonly mustHold?: boolean
}

const bindingOf = (binding: string | undefined) => (binding ? { nativeBinding: binding } : {})

/** Throws StoreError. A damaged file is left as it is. */
export function openDatabase(folder: string, options: OpenOptions = {}): StationDatabase {
  const file = databaseFile(folder)
  if ((options.mustExist || options.readonly) && !fs.existsSync(file)) throw new StoreError('data-missing')
  let db: StationDatabase | undefined
  try {
    db = new Database(file, {
      readonly: options.readonly ?? false,
      timeout: 2000,
      ...bindingOf(options.binding),
    })
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > migrations.length) throw new StoreError('data-newer')
    if (version === 0 && options.mustHold) throw new StoreError('data-damaged')
    if (options.readonly) {
      if (version !== migrations.length) {
        // One that says it is older, and is not made like that, may hide what was added.
        const isOlder = version > 0 && hasSchema(db, options.binding, version)
        throw isOlder ? new OlderStoreError() : new StoreError('data-damaged')
      }
      assertOwnSchema(db, options.binding)
      return db
    }
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('secure_delete = ON')
    assertDurable(db)
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new StoreError('data-damaged')
    migrate(db)
    assertOwnSchema(db, options.binding)
    return db
  } catch (error) {
    db?.close()
    throw error instanceof StoreError ? error : new StoreError(storeFailure(error), error)
  }
}

function assertDurable(db: StationDatabase): void {
  if (!isDurable(db, true)) throw new Error('SQLite is not durable here')
}

/** @param writes whether this connection writes: how it syncs is its own, the journal is the file's. */
export const isDurable = (db: StationDatabase, writes: boolean): boolean =>
  db.pragma('journal_mode', { simple: true }) === 'wal' && (!writes || db.pragma('synchronous', { simple: true }) === 2)

function migrate(db: StationDatabase, to = migrations.length): void {
  const version = db.pragma('user_version', { simple: true }) as number
  for (let next = version; next < to; next++) {
    db.transaction(() => {
      db.exec(migrations[next] as string)
      db.pragma(`user_version = ${next + 1}`)
    }).immediate()
  }
}

/** Do the indexes of these tables say what the tables say? One that does not could hide a row. null: all of the file. */
export function indexesAreSound(db: StationDatabase, tables: readonly string[] | null): boolean {
  const checks = tables ? tables.map((table) => `integrity_check(${table})`) : ['integrity_check']
  return checks.every((check) => db.pragma(check, { simple: true }) === 'ok')
}

/** A trigger or a view that somebody added would act with our rights: the schema is exactly ours, or the file is not. */
function assertOwnSchema(db: StationDatabase, binding: string | undefined): void {
  if (!hasSchema(db, binding, migrations.length)) throw new StoreError('data-edited')
}

function hasSchema(db: StationDatabase, binding: string | undefined, version: number): boolean {
  const fresh = new Database(':memory:', bindingOf(binding))
  try {
    migrate(fresh, version)
    return schemaOf(fresh) === schemaOf(db)
  } finally {
    fresh.close()
  }
}

const schemaOf = (db: StationDatabase): string =>
  JSON.stringify(
    db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name, tbl_name').raw().all(),
  )

/** Another process writes just now: nothing is wrong, and nothing was changed. */
export function isBusy(error: unknown): boolean {
  if (error instanceof StoreError) return isBusy(error.cause)
  return String((error as { code?: unknown } | null)?.code ?? '').startsWith('SQLITE_BUSY')
}

/** Does nobody write just now? Waits for nobody. Throws where the file can't be opened at all. */
export function isFree(folder: string, binding?: string): boolean {
  const db = new Database(databaseFile(folder), { timeout: 0, fileMustExist: true, ...bindingOf(binding) })
  try {
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  } finally {
    db.close()
  }
}

/** Runs `work` with a connection that waits for nobody: what is busy is said at once. */
export function withoutWaiting<R>(db: StationDatabase, work: () => R): R {
  const waitsMs = db.pragma('busy_timeout', { simple: true }) as number
  db.pragma('busy_timeout = 0')
  try {
    return work()
  } finally {
    db.pragma(`busy_timeout = ${waitsMs}`)
  }
}

/** What an error of SQLite's means for the station. */
export function storeFailure(error: unknown): StoreFailure {
  const failure = folderFailure(error)
  if (failure) return failure
  const code = String((error as { code?: unknown }).code ?? '')
  return /^SQLITE_(CANTOPEN|IOERR|BUSY|LOCKED)/.test(code) ? 'data-unwritable' : 'data-damaged'
}

/** Held by the one station process of a data folder, and let go by the OS if it dies. null where another has it. */
export function ownFolder(folder: string, binding?: string): (() => void) | null {
  const db = new Database(path.join(folder, 'owner.db'), { timeout: 0, ...bindingOf(binding) })
  try {
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null
    throw error
  }
  return () => db.close()
}
