// A real station.db in a folder of its own, that goes with the test.
import fs from 'node:fs'
import { onTestFinished } from 'vitest'
import { defaultPolicy, type PolicyDocument } from '../../../src/contracts/policy.ts'
import type { Role } from '../../../src/contracts/roles.ts'
import { openDatabase, type StationDatabase } from '../../../src/station/database.ts'
import { StationKeys } from '../../../src/station/keys.ts'
import { Ledger, type Row } from '../../../src/station/ledger.ts'
import { addPerson } from '../../../src/station/people.ts'
import { newStationRow, stationNumber, stationRow } from '../../../src/station/signing.ts'
import { FakeClock, newFolder } from '../../support/fakes.ts'

export interface Store {
  readonly folder: string
  readonly clock: FakeClock
  readonly db: StationDatabase
  readonly keys: StationKeys
  readonly ledger: Ledger
}

export const rootKey = (fill = 7): Uint8Array => new Uint8Array(32).fill(fill)

export function temporaryFolder(): string {
  const folder = newFolder()
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens the folder's store, and closes it at the end of the test. */
export function openStore(
  folder = temporaryFolder(),
  clock = new FakeClock(),
  keys = new StationKeys(rootKey()),
): Store {
  const db = openDatabase(folder)
  onTestFinished(() => {
    db.close()
  })
  return { folder, clock, db, keys, ledger: new Ledger(db, keys, clock, '0.0.0') }
}

/** With the station's own row, as first run writes it. */
export function setUpStore(): Store & { readonly station: Row<'station'> } {
  const store = openStore()
  const row = newStationRow(store.keys, 'Ward 7', 'Level 2')
  store.ledger.identify({ stationNumber: stationNumber(row.signing_public), location: 'Level 2' })
  store.ledger.record((recorder) => {
    recorder.put('station', stationRow, row)
    recorder.event({ type: 'station-set-up' })
  })
  return { ...store, station: must(store.ledger.get('station', stationRow)) }
}

/** The policy that a station begins with, for what reads one. */
export function putPolicy({ ledger }: Store, policy: PolicyDocument = defaultPolicy): void {
  ledger.record((recorder) => {
    recorder.put('policy', 'current', { document: JSON.stringify(policy) })
    recorder.event({ type: 'policy-changed' })
  })
}

export function personIn(
  { ledger }: Store,
  staffId: string,
  displayName = staffId,
  role: Role = 'staff',
): Row<'person'> {
  const id = ledger.record((recorder) => addPerson(recorder, { displayName, staffId, roles: [role] }, undefined))
  return must(ledger.get('person', must(id)))
}

export function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test expected something here')
  return value
}

/** Everything that the store holds, table by table, to see that nothing changed. */
export function contentsOf(db: StationDatabase): unknown {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    .pluck()
    .all() as string[]
  return tables.map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()])
}
