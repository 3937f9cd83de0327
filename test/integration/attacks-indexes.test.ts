// An index that lies hides a row, and bookkeeping that lies hides a change: the check after a start and audit verify find both.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import type { StationDatabase } from '../../src/station/database.ts'
import { spanSize } from '../../src/station/log-spans.ts'
import { growLog } from '../support/attack-log.ts'
import {
  addPerson,
  checked,
  closeAll,
  codeNow,
  copyOf,
  enroll,
  expectClosed,
  newWard,
  reachInto,
  restart,
  type Stopped,
  signIn,
  staffId,
} from '../support/attack-station.ts'
import { codeOf } from '../support/fakes.ts'
import { row } from './audit-words.ts'

let station: Stopped
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  await enroll(ward, await addPerson(ward, 'N2044'))
  await ward.desk.handlers.lockNow({})
  // An alert, a failure, and a sign-in to hide.
  const far = codeOf(ward.setupKey, ward.clock.nowMs() + 10 * 30_000)
  await ward.desk.handlers.submitCode({ staffId, code: far })
  await signIn(ward)
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** What an index holds, in its own order, from the table that it belongs to; `rowid` last. */
interface Lie {
  readonly index: string
  readonly columns: readonly string[]
  readonly entries: string
}
/** The b-tree of another table in the place of the index's; the schema still reads as it did. */
function tellLie(stopped: Stopped, { index, columns, entries }: Lie): void {
  const names = [...columns, 'entry'].join()
  reachInto(stopped, (db) => {
    db.exec(`CREATE TABLE lie (${names}, PRIMARY KEY (${names})) WITHOUT ROWID; INSERT INTO lie ${entries}`)
    const pageOf = (name: string) => db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name)
    const pages = [pageOf('lie'), pageOf(index)]
    db.unsafeMode(true)
    db.pragma('writable_schema = ON')
    const move = db.prepare('UPDATE sqlite_schema SET rootpage = ? WHERE name = ?')
    move.run(pages[0], index)
    move.run(pages[1], 'lie')
  })
  reachInto(stopped, (db) => db.exec('DROP TABLE lie'))
}
const lies: [string, Lie][] = [
  [
    'a person by their staff ID',
    {
      index: 'sqlite_autoindex_person_2',
      columns: ['staff_id'],
      entries: "SELECT CASE staff_id WHEN 'A1001' THEN 'A1001 ' ELSE staff_id END, rowid FROM person",
    },
  ],
  [
    'the credentials of a person',
    {
      index: 'credential_person',
      columns: ['a', 'b', 'c'],
      entries: "SELECT 'x', kind, status, rowid FROM credential",
    },
  ],
  [
    'a credential by its id',
    { index: 'sqlite_autoindex_credential_1', columns: ['id'], entries: "SELECT id || ' ', rowid FROM credential" },
  ],
  ['an open offer', { index: 'offer_status', columns: ['status'], entries: "SELECT 'ended', rowid FROM offer" }],
  [
    'the failures of a staff ID',
    { index: 'sqlite_autoindex_throttle_1', columns: ['id'], entries: "SELECT id || ' ', rowid FROM throttle" },
  ],
  ['an alert', { index: 'alert_open', columns: ['a', 'b'], entries: 'SELECT 1, at_ms, rowid FROM alert' }],
  [
    'the sign-ins of a person',
    {
      index: 'event_person',
      columns: ['person', 'type', 'outcome', 'number'],
      entries: `SELECT CASE type WHEN 'login-attempted' THEN 'x' ELSE person END, type, ifnull(outcome, ''), number, number
        FROM event WHERE person IS NOT NULL`,
    },
  ],
  [
    'what an administrator did',
    {
      index: 'event_actor',
      columns: ['actor', 'type', 'outcome', 'number'],
      entries: "SELECT 'x', type, '', number, number FROM event WHERE actor IS NOT NULL",
    },
  ],
]

describe('an index that hides', () => {
  it.each(lies)('%s is found by the check of the whole file', async (_what, lie) => {
    const stopped = copyOf(station)
    tellLie(stopped, lie)
    const checks = reachInto(stopped, (db) => ['quick_check', 'integrity_check'].map((check) => isFine(db, check)))
    expect(checks, 'only the long check sees it').toEqual([true, false])
    expect(await verifyFolder(stopped, undefined)).toMatchObject({ found: true, json: { problem: 'data-damaged' } })
    const ward = await restart(stopped)
    await checked(ward).toBe('data-edited')
    await expectClosed(ward, 'data-edited')
  })
  it('nobody is as good as any', async () => {
    const ward = await restart(copyOf(station))
    await checked(ward).toBe('complete')
    ward.clock.pass(30_000)
    const code = codeNow(ward, ward.setupKey)
    expect(await ward.desk.handlers.submitCode({ staffId, code })).toMatchObject({ ok: true })
  })
})
const isFine = (db: StationDatabase, check: string) => db.pragma(check, { simple: true }) === 'ok'

describe('what is written down of a span of events', () => {
  beforeAll(async () => {
    growLog(station, 3 * spanSize)
  })
  it.each([
    ['without a kind of event', "UPDATE event_span SET kinds = 'x/' WHERE span = 1"],
    ['with other times', 'UPDATE event_span SET low_ms = low_ms + 1 WHERE span = 0'],
    ['taken away', 'DELETE FROM event_span WHERE span = 1'],
    ['taken away at the end', 'DELETE FROM event_span WHERE span = (SELECT max(span) FROM event_span)'],
    ['one too many', "INSERT INTO event_span VALUES (99, 0, 0, '')"],
  ])('is found %s', async (_what, sql) => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) => db.exec(sql))
    expect((await verifyFolder(stopped, undefined)).lines).toEqual(row('event_span'))
    await checked(await restart(stopped)).toBe('data-edited')
  })
})

describe('an entry of row_change', () => {
  it.each([
    ['edited', "UPDATE row_change SET number = 1 WHERE row LIKE 'person/%'", /^person\//],
    ['raised', "UPDATE row_change SET number = number + 1 WHERE row = 'policy/current'", /^policy\/current$/],
    ['taken away', "DELETE FROM row_change WHERE row LIKE 'session/%'", /^session\//],
    ['added', "INSERT INTO row_change VALUES ('person/nobody', 1)", /^row_change$/],
    ['by another name', "UPDATE row_change SET row = row || ' ' WHERE row = 'policy/current'", /^policy\/current$/],
  ])('that was %s is found', async (_what, sql, named) => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) => db.exec(sql))
    const { lines } = await verifyFolder(stopped, undefined)
    const [, name = ''] = /but (\S+) is/.exec(lines[0] ?? '') ?? []
    expect(name).toMatch(named)
    expect(lines).toEqual(row(name))
    await checked(await restart(stopped)).toBe('data-edited')
  })
})
