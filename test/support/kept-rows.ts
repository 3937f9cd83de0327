// What a running station has kept so far, read from its file beside it.
import Database from 'better-sqlite3'
import type { AuditEvent } from '../../src/contracts/event.ts'
import { databaseFile } from '../../src/station/database.ts'

function reading<T>(folder: string, read: (db: Database.Database) => T[]): T[] {
  const db = new Database(databaseFile(folder), { readonly: true })
  try {
    return read(db)
  } finally {
    db.close()
  }
}

/** Events after this number, oldest first. */
export const eventsAfter = (folder: string, number: number): AuditEvent[] =>
  reading(folder, (db) =>
    db
      .prepare<[number], { body: string }>('SELECT body FROM event WHERE number > ? ORDER BY number')
      .all(number)
      .map(({ body }) => JSON.parse(body) as AuditEvent),
  )

/** Of one type, oldest first. */
export const eventsIn = (folder: string, type: string): AuditEvent[] =>
  eventsAfter(folder, 0).filter((event) => event.type === type)

/** Ids of the phones that open the station, oldest first. */
export const boundPhones = (folder: string): string[] =>
  reading(folder, (db) =>
    db
      .prepare<[], { id: string }>("SELECT id FROM credential WHERE kind = 'phone' AND status = 'active' ORDER BY id")
      .all()
      .map(({ id }) => id),
  )
