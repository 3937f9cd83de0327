// A new root key: everything that rests under the old one made anew in one transaction, then the old key replaced.
import { setTimeout as delay } from 'node:timers/promises'
import { runToEnd, verifyStore } from './audit-verify.ts'
import { errorOf } from './background-check.ts'
import { indexesAreSound, type StationDatabase } from './database.ts'
import type { DeskOptions } from './desk.ts'
import { EventWriter, eventMac, type RowDigests } from './event-writer.ts'
import { readProgress, writeProgress } from './hub/link.ts'
import { StationKeys } from './keys.ts'
import { Ledger, type Row } from './ledger.ts'
import { changedSum, decidesAccess, HeadStore, rowsAreCurrent } from './log-head.ts'
import type { Opened } from './open-station.ts'
import { type Keychain, KeychainError } from './ports.ts'
import { random } from './primitives.ts'
import { type Renewal, type Renewed, renewals } from './renewed-rows.ts'
import { settleRoot } from './root-key.ts'
import { RowStore } from './rows.ts'
import { type TableName, tableNames } from './schema.ts'
import { readStation, stationNumber } from './signing.ts'

type Parts = Pick<DeskOptions, 'keychain' | 'clock' | 'appVersion'>
export interface Rotated {
  /** The station under its new key; what was opened under the old one writes nothing any more. */
  readonly opened: Opened
  readonly rows: number
  readonly events: number
  /** The old state is gone from the disk; false while somebody still reads it. */
  readonly emptied: boolean
  /** Why the keychain could not be told; null where it was. The next start tells it. */
  readonly unsettled: KeychainError['code'] | null
}
/** As many as one event tells of. */
const rowsAtOnce = 200
const emptiesForMs = 10_000

/**
 * Only while no station runs on the folder. A stop at any moment leaves a station that opens: until the commit under the
 * old key, after it under the next one, which the next start puts in place. Throws, and has changed nothing: KeychainError
 * where there can be no next key, DamageError or LogError where store and log are not sound: new digests would vouch for whatever is there.
 * @param actor a person's id.
 */
export async function rotateKeys(parts: Parts, { db, keys, anchor }: Opened, actor: string): Promise<Rotated> {
  const root = random(32)
  const fresh = new StationKeys(root)
  await parts.keychain.write('next-root-key', root.toString('base64'))
  let isWritten = false
  const renewAll = db.transaction(() => {
    if (!indexesAreSound(db, null)) throw errorOf({ kind: 'index' })
    const { finding } = runToEnd(verifyStore(db, keys, anchor ? [anchor.checkpoint] : []))
    if (finding) throw errorOf(finding)
    const done = new Rotation(parts, db, keys, fresh).run(actor)
    isWritten = true
    return done
  })
  let counts: ReturnType<Rotation['run']>
  try {
    counts = renewAll.immediate()
  } catch (error) {
    // A commit that failed may be on the disk all the same: the next start then needs this key, and else nobody does.
    if (!isWritten) await parts.keychain.remove('next-root-key')
    throw error
  }
  const emptied = await emptyJournal(db)
  const unsettled = await settle(parts.keychain, root)
  const ledger = new Ledger(db, fresh, parts.clock, parts.appVersion)
  const station = stationOf(ledger)
  ledger.identify({ stationNumber: stationNumber(station.signing_public), location: station.location })
  return { opened: { db, keys: fresh, ledger, station, behind: 0, anchor: null }, ...counts, emptied, unsettled }
}

async function settle(keychain: Keychain, root: Buffer): Promise<KeychainError['code'] | null> {
  try {
    await settleRoot(keychain, root)
    return null
  } catch (error) {
    if (error instanceof KeychainError) return error.code
    throw error
  }
}

class Rotation {
  readonly #db: StationDatabase
  readonly #fresh: StationKeys
  readonly #before: RowStore
  readonly #after: RowStore
  readonly #events: EventWriter
  readonly #renewal: Renewal
  #frontier
  #rowSum = 0n
  #rows = 0
  #digests: Record<string, string | null> = {}

  constructor({ clock, appVersion }: Parts, db: StationDatabase, old: StationKeys, fresh: StationKeys) {
    this.#db = db
    this.#fresh = fresh
    this.#before = new RowStore(db, old)
    this.#after = new RowStore(db, fresh)
    this.#events = new EventWriter(db, fresh, clock, appVersion)
    this.#frontier = new HeadStore(db, old).read().frontier
    const staffIds = db.prepare('SELECT staff_id FROM person').pluck().all() as string[]
    this.#renewal = { old, fresh, subjects: new Map(staffIds.map((id) => [old.subject(id), fresh.subject(id)])) }
    const station = stationOf(new Ledger(db, old, clock, appVersion))
    this.#events.identify({ stationNumber: stationNumber(station.signing_public), location: station.location })
  }

  run(actor: string): { rows: number; events: number } {
    const events = this.#frontier.size
    this.#signEventsAnew()
    for (const table of tableNames) this.#renewTable(table)
    this.#tell()
    const progress = readProgress(this.#db, this.#renewal.old)
    if (progress) writeProgress(this.#db, this.#fresh, progress)
    const details = { rows: this.#rows, events }
    this.#frontier = this.#events.append(this.#frontier, { type: 'keys-rotated', actor, details }, {})
    const head = { frontier: this.#frontier, rowSum: this.#rowSum }
    new HeadStore(this.#db, this.#fresh).write(head)
    if (!rowsAreCurrent(this.#db, this.#fresh, head)) throw new Error('a row was left behind')
    return details
  }

  #signEventsAnew(): void {
    const page = this.#db.prepare('SELECT number, leaf FROM event WHERE number > ? ORDER BY number LIMIT 1000')
    const sign = this.#db.prepare('UPDATE event SET mac = ? WHERE number = ?')
    for (let after = 0; ; ) {
      const events = page.all(after) as { number: number; leaf: Buffer }[]
      for (const { number, leaf } of events) sign.run(eventMac(this.#fresh, number, leaf), number)
      const last = events.at(-1)
      if (!last) return
      after = last.number
    }
  }

  #renewTable<T extends TableName>(table: T): void {
    // All of them beforehand: some are known by another name afterwards.
    const ids = this.#db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as string[]
    for (const id of ids) {
      const row = this.#before.get(table, id)
      if (!row) throw new Error(`${table}: a row went meanwhile`)
      const { mac: _, ...content } = row
      this.#renew(table, id, renewals[table](content as unknown as Row<T>, this.#renewal))
    }
  }

  #renew<T extends TableName>(table: T, id: string, renewed: Renewed<T>): void {
    const number = this.#frontier.size + 1
    if (renewed?.id !== id) {
      this.#after.remove(table, id, number)
      this.#digests[`${table}/${id}`] = null
    }
    if (renewed) {
      const { mac } = this.#after.put(table, renewed.id, renewed.content, number, undefined)
      this.#digests[`${table}/${renewed.id}`] = mac.toString('base64')
      if (decidesAccess(table)) this.#rowSum = changedSum(this.#rowSum, null, mac)
      this.#rows++
    }
    if (Object.keys(this.#digests).length >= rowsAtOnce) this.#tell()
  }

  #tell(): void {
    const digests: RowDigests = this.#digests
    if (Object.keys(digests).length === 0) return
    this.#frontier = this.#events.append(this.#frontier, { type: 'rows-renewed' }, digests)
    this.#digests = {}
  }
}

function stationOf(ledger: Ledger): Row<'station'> {
  const station = readStation(ledger)
  if (!station) throw new Error('a station that is open has its row')
  return station
}

/** What rested under the old key lies in the write-ahead log until that is emptied; pages are overwritten as they change. */
async function emptyJournal(db: StationDatabase): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += 250) {
    const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (result?.busy === 0) return true
    if (waitedMs >= emptiesForMs) return false
    await delay(250)
  }
}
