// Another process, such as the command line, that commits between two of our reads: that is no tampering.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDatabase, type StationDatabase } from '../../src/station/database.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { HeadStore } from '../../src/station/log-head.ts'
import { openStation } from '../../src/station/open-station.ts'
import { addPerson } from '../../src/station/people.ts'
import { closeAll, copyOf, keysOf, newWard, read, type Stopped, signIn } from '../support/attack-station.ts'

let station: Stopped
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  await closeAll()
  station = ward
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => closeAll(true))

const parts = (stopped: Stopped) => ({
  dataFolder: stopped.folder,
  keychain: stopped.keychain,
  clock: stopped.clock,
  appVersion: '0.0.0',
  sqliteBinding: undefined,
})

/** What the other process does, on a connection of its own. */
function elsewhere(stopped: Stopped, work: (ledger: Ledger, db: StationDatabase) => void): void {
  const db = openDatabase(stopped.folder)
  try {
    const ledger = new Ledger(db, keysOf(stopped), stopped.clock, '0.0.0')
    const number = read<string>(stopped, "SELECT json_extract(body, '$.station') FROM event LIMIT 1")[0] ?? ''
    ledger.identify({ stationNumber: number, location: 'Level 2' })
    work(ledger, db)
  } finally {
    db.close()
  }
}
const addElsewhere = (stopped: Stopped, staffId: string) =>
  elsewhere(stopped, (ledger) =>
    ledger.record((recorder) => addPerson(recorder, { staffId, displayName: 'Dora', roles: ['staff'] }, undefined)),
  )

describe('a commit of another process', () => {
  it('between the head and the rows raises no alarm where a station is opened', async () => {
    const stopped = copyOf(station)
    const readHead = HeadStore.prototype.read
    vi.spyOn(HeadStore.prototype, 'read').mockImplementationOnce(function (this: HeadStore) {
      const head = readHead.call(this)
      addElsewhere(stopped, 'N9')
      return head
    })
    const result = await openStation(parts(stopped))
    expect(result).toMatchObject({ kind: 'opened' })
    expect(read(stopped, "SELECT count(*) FROM person WHERE staff_id = 'N9'")).toEqual([1])
    if (result.kind === 'opened') result.opened.db.close()
  })
})
