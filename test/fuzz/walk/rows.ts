// Every row of a station as it lies in the file, and whether what changed between two moments is what the events say.
import { expect } from 'vitest'
import type { AuditEvent } from '../../../src/contracts/event.ts'
import type { StationDatabase } from '../../../src/station/database.ts'
import { tableNames } from '../../../src/station/schema.ts'

interface Kept {
  /** All of its columns. */
  readonly content: string
  /** The digest that its event has to name. */
  readonly digest: string
}
export interface Snapshot {
  readonly events: number
  readonly rows: ReadonlyMap<string, Kept>
}

export function takeSnapshot(db: StationDatabase): Snapshot {
  const rows = new Map<string, Kept>()
  for (const table of tableNames)
    for (const row of db.prepare(`SELECT * FROM ${table}`).all() as (Record<string, unknown> & { mac: Buffer })[])
      rows.set(`${table}/${row.id}`, { content: JSON.stringify(row), digest: row.mac.toString('base64') })
  return { events: db.prepare('SELECT count(*) FROM event').pluck().get() as number, rows }
}

/** The events since then, once each row that changed was found in them, and nothing in them that did not. */
export function expectRecorded(db: StationDatabase, before: Snapshot, after: Snapshot): AuditEvent[] {
  const bodies = db.prepare('SELECT body FROM event WHERE number > ? ORDER BY number').pluck().all(before.events)
  const events = bodies.map((body) => JSON.parse(body as string) as AuditEvent)
  const said = new Map<string, string | null>()
  for (const { rows } of events) for (const [row, digest] of Object.entries(rows ?? {})) said.set(row, digest)
  const is = new Map<string, string | null>()
  for (const row of new Set([...before.rows.keys(), ...after.rows.keys(), ...said.keys()]))
    if (said.has(row) || before.rows.get(row)?.content !== after.rows.get(row)?.content)
      is.set(row, after.rows.get(row)?.digest ?? null)
  expect(Object.fromEntries(said), 'rows that events name, and rows that changed').toEqual(Object.fromEntries(is))
  return events
}
