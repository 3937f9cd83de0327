// Migrations of station.db: in order, once, whole or not at all.
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { databaseFile, openDatabase, StoreError } from '../../../src/station/database.ts'
import { migrations } from '../../../src/station/migrations.ts'
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

describe('a migration', () => {
  afterEach(() => {
    vi.doUnmock('../../../src/station/migrations.ts')
    vi.resetModules()
  })
  const withMigrations = async (list: readonly string[]) => {
    vi.resetModules()
    vi.doMock('../../../src/station/migrations.ts', async (original) => ({
      ...(await original<object>()),
      migrations: list,
    }))
    return import('../../../src/station/database.ts')
  }
  const person = ['p1', 'A1001', 'Ada Kern', '["staff"]', 'active', 1, Buffer.alloc(32, 1)]
  const insert =
    'INSERT INTO person (id, staff_id, display_name, roles, status, event_number, mac) VALUES (?, ?, ?, ?, ?, ?, ?)'

  it.each(migrations.map((_, from) => from))('brings a file of version %i to the newest', (from) => {
    const folder = temporaryFolder()
    const old = new Database(databaseFile(folder))
    for (const step of migrations.slice(0, from)) old.exec(step)
    old.pragma(`user_version = ${from}`)
    if (from > 0) old.prepare(insert).run(...person)
    old.close()
    const fresh = openStore()
    const db = openDatabase(folder)
    const schemaOf = (each: Database.Database) =>
      each.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()
    expect(pragma(db, 'user_version')).toBe(migrations.length)
    expect(schemaOf(db)).toEqual(schemaOf(fresh.db))
    expect(db.prepare('SELECT count(*) FROM person').pluck().get()).toBe(from > 0 ? 1 : 0)
    db.close()
  })

  it('of a later version keeps every row, and is applied once', async () => {
    const folder = temporaryFolder()
    const before = openDatabase(folder)
    before.prepare(insert).run(...person)
    before.close()
    const later = await withMigrations([...migrations, 'ALTER TABLE person ADD COLUMN badge TEXT'])
    for (let time = 0; time < 2; time++) {
      const db = later.openDatabase(folder)
      expect(pragma(db, 'user_version')).toBe(migrations.length + 1)
      expect(db.prepare('SELECT id, staff_id, badge FROM person').all()).toEqual([
        { id: 'p1', staff_id: 'A1001', badge: null },
      ])
      db.close()
    }
    // And the program from before refuses it now.
    expect(codeOf(() => openDatabase(folder))).toBe('data-newer')
  })

  it('that breaks half-way changes nothing', async () => {
    const folder = temporaryFolder()
    openDatabase(folder).close()
    const later = await withMigrations([...migrations, 'DROP TABLE alert; CREATE TABLE half (x) STRICT; SELECT oops'])
    expect(() => later.openDatabase(folder)).toThrow(later.StoreError)
    const db = openDatabase(folder)
    expect(pragma(db, 'user_version')).toBe(migrations.length)
    expect(db.prepare('SELECT count(*) FROM alert').pluck().get()).toBe(0)
    db.close()
  })
})
