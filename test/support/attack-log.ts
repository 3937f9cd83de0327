// What can be done to a station's log: grown as a busy year would, or rewritten by somebody with or without its key.
import canonicalize from 'canonicalize'
import type { AuditEvent } from '../../src/contracts/event.ts'
import { writeAnchor } from '../../src/station/anchor.ts'
import type { StationDatabase } from '../../src/station/database.ts'
import { openDatabase } from '../../src/station/database.ts'
import { exportLines } from '../../src/station/export.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { Ledger, type Row } from '../../src/station/ledger.ts'
import { readFrontier } from '../../src/station/log-head.ts'
import { logOrigin, readStation, signCheckpoint, stationNumber } from '../../src/station/signing.ts'
import { chained, readEvents, type StoredEvent, writeEvents, writeHead } from '../integration/audit-tampering.ts'
import { keysOf, type Stopped } from './attack-station.ts'

/** As its own software with its own key does; whoever owns the account can, too. */
function asStation<R>(station: Stopped, work: (ledger: Ledger, row: Row<'station'>, db: StationDatabase) => R): R {
  const db = openDatabase(station.folder)
  try {
    const ledger = new Ledger(db, keysOf(station), station.clock, '0.0.0')
    const row = readStation(ledger)
    if (!row) throw new Error('no station')
    ledger.identify({ stationNumber: stationNumber(row.signing_public), location: row.location })
    return work(ledger, row, db)
  } finally {
    db.close()
  }
}

export function growLog(station: Stopped, events: number): void {
  asStation(station, (ledger) =>
    ledger.record((recorder) => {
      for (let i = 0; i < events; i++)
        recorder.event({ type: 'login-attempted', subject: 'a'.repeat(64), method: 'totp', outcome: 'refused' })
    }),
  )
  anchorNow(station)
}

/** The station's signature on the log as it is now, whatever the head's own MAC says. */
export const noteNow = (station: Stopped): string =>
  asStation(station, (_ledger, row, db) => signCheckpoint(row, keysOf(station), readFrontier(db)))

/** Brings it to the keychain. */
export const anchorNow = (station: Stopped): void =>
  asStation(station, (_ledger, row, db) => {
    const frontier = readFrontier(db)
    station.keychain.entries.set('checkpoint', writeAnchor(signCheckpoint(row, keysOf(station), frontier), frontier))
  })

export const anchoredSize = ({ keychain }: Stopped): number =>
  Number(JSON.parse(keychain.entries.get('checkpoint') ?? '{}').note.split('\n')[1])

/** Every line of an export, without the look at the log that comes before it. */
export const exportNow = (station: Stopped): string[] =>
  asStation(station, (_ledger, row, db) => {
    const origin = logOrigin(stationNumber(row.signing_public))
    const frontier = readFrontier(db)
    const note = signCheckpoint(row, keysOf(station), frontier)
    return [...exportLines(db, frontier.size, origin, row.signing_public, note)]
  })

export type Forgery = (events: StoredEvent[]) => StoredEvent[]
/** A key for those who have none. */
export const noKey = new StationKeys(new Uint8Array(32))

/** The whole log, its hashes and its head made to fit; its HMACs only where the key is the station's. */
export const rewrite = (db: StationDatabase, keys: StationKeys, forgery: Forgery): void => {
  const events = chained(forgery(readEvents(db)), keys)
  writeEvents(db, events)
  writeHead(db, events)
}

export const changed = (event: StoredEvent, change: Partial<AuditEvent>): StoredEvent => ({
  ...event,
  body: canonicalize({ ...JSON.parse(event.body), ...change }) as string,
})
