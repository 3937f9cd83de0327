// The end of the log and its head, forged or taken back: a start finds it at once, and signs nothing.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import type { StationDatabase } from '../../src/station/database.ts'
import { anchoredSize, changed, noKey, rewrite } from '../support/attack-log.ts'
import {
  checked,
  closeAll,
  copyOf,
  expectClosed,
  newWard,
  reachInto,
  restart,
  type Stopped,
  signIn,
} from '../support/attack-station.ts'
import { at } from './audit-folder.ts'
import { chained, readEvents, type StoredEvent, writeEvents, writeHead } from './audit-tampering.ts'

interface Head {
  size: number
  hashes: Buffer
  row_sum: Buffer
  mac: Buffer
}
let station: Stopped
/** Of the same log: a session earlier, and four events earlier with the very rows of now. */
let olderHead: Head
let idleHead: Head
let idleCheckpoint = ''
const headOf = (stopped: Stopped) => reachInto(stopped, (db) => db.prepare('SELECT * FROM log_head').get() as Head)
const putHead = (head: Head) => (db: StationDatabase) =>
  db
    .prepare('UPDATE log_head SET size = ?, hashes = ?, row_sum = ?, mac = ?')
    .run(head.size, head.hashes, head.row_sum, head.mac)

beforeAll(async () => {
  const ward = await newWard()
  olderHead = headOf(ward)
  await signIn(ward)
  await closeAll()
  idleHead = headOf(ward)
  idleCheckpoint = ward.keychain.entries.get('checkpoint') ?? ''
  // A start and a stop change no row that decides access.
  await restart(ward)
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** Somebody’s edit, and what the keychain knew of the log until then. */
async function expectRefused(change: (db: StationDatabase) => unknown, code: string, checkpoint?: string) {
  const stopped = copyOf(station)
  if (checkpoint !== undefined) stopped.keychain.entries.set('checkpoint', checkpoint)
  reachInto(stopped, change)
  const before = new Map(stopped.keychain.entries)
  await expectClosed(await restart(stopped), code)
  await closeAll()
  expect(stopped.keychain.entries).toEqual(before)
  const answer = await verifyFolder(stopped, undefined)
  expect(answer.found, answer.lines.join()).toBe(true)
}

/** A login that never was, after the last event. */
function withForgedLogin(db: StationDatabase): StoredEvent[] {
  const events = readEvents(db)
  const login = events.findLast(({ body }) => body.includes('"accepted"') && body.includes('login-attempted'))
  if (!login) throw new Error('nobody has signed in')
  const forged = { ...changed(login, { rows: undefined }), id: '01900000-0000-7000-8000-000000000001' }
  return [...events, at(chained([...events, forged], noKey), events.length + 1)]
}

describe('an event that somebody put after the last', () => {
  it('is never signed, with the head that fits it', () =>
    expectRefused((db) => {
      const events = withForgedLogin(db)
      writeEvents(db, events)
      writeHead(db, events)
    }, 'log-changed'))
  it('is never signed, without', () => expectRefused((db) => writeEvents(db, withForgedLogin(db)), 'log-changed'))
  it('does not stay a secret where the true file is put back', async () => {
    const stopped = copyOf(station)
    const forged = copyOf(stopped)
    reachInto(forged, (db) => {
      const events = withForgedLogin(db)
      writeEvents(db, events)
      writeHead(db, events)
    })
    const ward = { ...forged, keychain: stopped.keychain }
    await expectClosed(await restart(ward), 'log-changed')
    await closeAll()
    await checked(await restart(stopped)).toBe('complete')
  })
})

describe('what came after the keychain’s checkpoint', () => {
  it('is taken where the station itself wrote it: a crash came between', async () => {
    const stopped = copyOf(station)
    stopped.keychain.entries.set('checkpoint', idleCheckpoint)
    const ward = await restart(stopped)
    await checked(ward).toBe('complete')
    await closeAll()
    expect(anchoredSize(stopped)).toBeGreaterThan(anchoredSize(station))
  })
  it('is refused where an event of it was edited, and the head made to fit', () =>
    expectRefused(
      (db) => rewrite(db, noKey, (events) => events.with(-1, changed(at(events, events.length), { atMs: 1 }))),
      'log-changed',
      idleCheckpoint,
    ))
  it('is refused where an event of it was edited, and nothing else', () =>
    expectRefused(
      (db) =>
        db.exec(`UPDATE event SET body = replace(body, 'station-stopped', 'station-started')
        WHERE number = (SELECT max(number) FROM event)`),
      'log-changed',
      idleCheckpoint,
    ))
  it('is refused where its last event was cut off', () =>
    expectRefused(
      (db) => db.exec('DELETE FROM event WHERE number = (SELECT max(number) FROM event)'),
      'log-changed',
      idleCheckpoint,
    ))
})

describe('a head of the log', () => {
  it.each([
    ['that is an older one', () => putHead(olderHead), 'data-edited'],
    ['that is an older one with the rows of now', () => putHead(idleHead), 'log-cut'],
    ['with another size', () => 'UPDATE log_head SET size = size + 1', 'log-changed'],
    ['with other hashes', () => 'UPDATE log_head SET hashes = zeroblob(length(hashes))', 'log-changed'],
    ['with no hashes', () => "UPDATE log_head SET hashes = x''", 'log-changed'],
    ['with another sum of rows', () => 'UPDATE log_head SET row_sum = zeroblob(32)', 'log-changed'],
    ['with another MAC', () => 'UPDATE log_head SET mac = zeroblob(32)', 'log-changed'],
    ['with half a MAC', () => 'UPDATE log_head SET mac = substr(mac, 1, 16)', 'log-changed'],
    ['that is gone', () => 'DELETE FROM log_head', 'data-edited'],
  ] as [string, () => string | ((db: StationDatabase) => unknown), string][])(
    '%s closes the station, and audit verify finds it',
    (_what, change, code) =>
      expectRefused((db) => {
        const edit = change()
        return typeof edit === 'string' ? db.exec(edit) : edit(db)
      }, code),
  )
  it('that is an older one closes the station where the keychain’s checkpoint is as old', () =>
    expectRefused(putHead(idleHead), 'log-changed', idleCheckpoint))
  it('is not what the keychain’s checkpoint may outgrow: an older file is a cut log', async () => {
    const older = copyOf(station)
    const newer = await restart(copyOf(station))
    await signIn(newer)
    await closeAll()
    older.keychain.entries.set('checkpoint', newer.keychain.entries.get('checkpoint') ?? '')
    await expectClosed(await restart(older), 'log-cut')
    expect((await verifyFolder(older, undefined)).lines[0]).toMatch(/^Cut:/)
  })
})
