// station.db: durable or refused, and never touched where it is damaged, foreign or from the future.
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { databaseFile, openDatabase, StoreError, storeFailure } from '../../../src/station/database.ts'
import { migrations } from '../../../src/station/migrations.ts'
import { columns, tableNames } from '../../../src/station/schema.ts'
import { openStore, temporaryFolder } from '../support/store.ts'

const codeOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError)
    return (error as StoreError).code
  }
  return null
}
const pragma = (db: Database.Database, name: string) => db.pragma(name, { simple: true })

describe('an open store', () => {
  it('is durable: WAL, every commit synced, foreign keys held, what is deleted overwritten', () => {
    const { db } = openStore()
    expect(pragma(db, 'journal_mode')).toBe('wal')
    expect(pragma(db, 'synchronous')).toBe(2)
    expect(pragma(db, 'foreign_keys')).toBe(1)
    expect(pragma(db, 'secure_delete')).toBe(1)
  })

  it('is at the newest version, with strict tables alone', () => {
    const { db } = openStore()
    expect(pragma(db, 'user_version')).toBe(migrations.length)
    const tables = db.prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").all()
    const own = (tables as { name: string; strict: number }[]).filter(({ name }) => !name.startsWith('sqlite_'))
    expect(own.length).toBeGreaterThan(tableNames.length)
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([])
  })

  it.each(tableNames)('has in %s no column that the row’s HMAC leaves out', (table) => {
    const { db } = openStore()
    const names = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]
    expect(names.toSorted()).toEqual(['id', ...columns[table], 'event_number', 'mac'].toSorted())
  })

  it('for reading only can’t write', () => {
    const { folder } = openStore()
    const reader = openDatabase(folder, { readonly: true })
    expect(() => reader.exec("INSERT INTO row_change VALUES ('x', 1)")).toThrow(/readonly/)
    reader.close()
  })
})

describe('refuses to open', () => {
  it('a file from the future, and leaves it to the byte', () => {
    const folder = temporaryFolder()
    const db = new Database(databaseFile(folder))
    db.exec('CREATE TABLE later (x)')
    db.pragma(`user_version = ${migrations.length + 1}`)
    db.close()
    const before = fs.readFileSync(databaseFile(folder))
    expect(codeOf(() => openDatabase(folder))).toBe('data-newer')
    expect(codeOf(() => openDatabase(folder, { readonly: true }))).toBe('data-newer')
    expect(fs.readFileSync(databaseFile(folder)).equals(before)).toBe(true)
  })

  it('a file that is none of SQLite’s, and leaves it as it is', () => {
    const folder = temporaryFolder()
    const garbage = Buffer.alloc(8192, 'not a database ')
    fs.writeFileSync(databaseFile(folder), garbage)
    expect(codeOf(() => openDatabase(folder))).toBe('data-damaged')
    expect(fs.readFileSync(databaseFile(folder)).equals(garbage)).toBe(true)
  })

  it('a file with a page overwritten', () => {
    const folder = temporaryFolder()
    openDatabase(folder).close()
    const file = databaseFile(folder)
    const bytes = fs.readFileSync(file)
    const pageSize = bytes.readUInt16BE(16)
    // The last one: nothing reads it at a start, except the check that reads them all.
    bytes.fill(0xa5, bytes.length - pageSize, bytes.length - pageSize + 200)
    fs.writeFileSync(file, bytes)
    expect(codeOf(() => openDatabase(folder))).toBe('data-damaged')
    expect(fs.readFileSync(file).equals(bytes)).toBe(true)
  })

  it('a file that should be there and is not, without making one', () => {
    const folder = temporaryFolder()
    expect(codeOf(() => openDatabase(folder, { mustExist: true }))).toBe('data-missing')
    expect(codeOf(() => openDatabase(folder, { readonly: true }))).toBe('data-missing')
    expect(fs.readdirSync(folder)).toEqual([])
  })

  it.each([
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON event BEGIN UPDATE person SET status = status; END'],
    ['a view', 'CREATE VIEW v AS SELECT * FROM person'],
    ['a table', 'CREATE TABLE more (x)'],
    ['an index', 'CREATE INDEX i ON alert (kind)'],
    ['a table less', 'DROP TABLE alert'],
    ['a column more', 'ALTER TABLE person ADD COLUMN x TEXT'],
    ['a table that shadows ours', 'ALTER TABLE person RENAME TO p; CREATE VIEW person AS SELECT * FROM p'],
  ])('a schema that is not ours: with %s', (_, sql) => {
    const folder = temporaryFolder()
    openDatabase(folder).close()
    const db = new Database(databaseFile(folder))
    db.exec(sql)
    db.close()
    expect(codeOf(() => openDatabase(folder))).toBe('data-edited')
    expect(codeOf(() => openDatabase(folder, { readonly: true }))).toBe('data-edited')
  })

  it('what can’t be opened as a file', () => {
    const folder = temporaryFolder()
    fs.mkdirSync(databaseFile(folder))
    expect(codeOf(() => openDatabase(folder))).toBe('data-unwritable')
  })

  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_READONLY', 'data-readonly'],
    ['SQLITE_READONLY_DBMOVED', 'data-readonly'],
    ['SQLITE_IOERR_WRITE', 'data-unwritable'],
    ['SQLITE_CANTOPEN', 'data-unwritable'],
    ['SQLITE_PERM', 'data-readonly'],
    ['SQLITE_CORRUPT', 'data-damaged'],
    ['SQLITE_CORRUPT_VTAB', 'data-damaged'],
    ['SQLITE_NOTADB', 'data-damaged'],
  ])('%s as %s', (code, failure) => expect(storeFailure(Object.assign(new Error(), { code }))).toBe(failure))
})

describe('a SQLite that is not durable', () => {
  afterEach(() => {
    vi.doUnmock('better-sqlite3')
    vi.resetModules()
  })

  it.each([
    ['journal_mode', 'memory'],
    ['synchronous', 1],
  ])('is not used: %s %s', async (name, value) => {
    class Careless extends Database {
      override pragma(source: string, options?: Database.PragmaOptions) {
        return source === name ? value : super.pragma(source, options)
      }
    }
    vi.resetModules()
    vi.doMock('better-sqlite3', () => ({ default: Careless }))
    const careless = await import('../../../src/station/database.ts')
    const folder = temporaryFolder()
    expect(() => careless.openDatabase(folder)).toThrow(careless.StoreError)
  })
})
