// Views, triggers, tables and columns that somebody planted would act with the station's rights: it refuses the file.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { checkpoint, exportLog, verifyFolder } from '../../src/cli/audit.ts'
import type { Answer } from '../../src/cli/output.ts'
import { status } from '../../src/cli/status.ts'
import type { StationDatabase } from '../../src/station/database.ts'
import {
  closeAll,
  copyOf,
  expectClosed,
  newWard,
  reachInto,
  restart,
  type Stopped,
  signIn,
} from '../support/attack-station.ts'

let station: Stopped
beforeAll(async () => {
  station = await newWard()
  await closeAll()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const commands: ((parts: Stopped) => Promise<Answer>)[] = [
  (parts) => verifyFolder(parts, undefined),
  checkpoint,
  exportLog,
  status,
]
const answers = (stopped: Stopped) => Promise.all(commands.map((command) => command(stopped)))
const edited = "The station's data was changed from outside."

/** In place of a table, something that shows another one: what the triggers beside it switch on and off. */
const viewOfPeople = `
  PRAGMA legacy_alter_table = ON; ALTER TABLE person RENAME TO person_hidden; CREATE TABLE flag (on_now INTEGER);
  CREATE VIEW person AS SELECT CASE WHEN on_now THEN 'bola' ELSE id END AS id, staff_id, display_name, roles, status,
    event_number, mac FROM flag CROSS JOIN person_hidden;
  CREATE TRIGGER switch AFTER INSERT ON session BEGIN UPDATE flag SET on_now = 1; END`
const takenBack = `
  CREATE TABLE before AS SELECT * FROM credential; CREATE TABLE changes AS SELECT * FROM row_change;
  CREATE TRIGGER forget AFTER UPDATE ON log_head BEGIN
    UPDATE credential SET (last_step, event_number, mac) =
      (SELECT last_step, event_number, mac FROM before WHERE before.id = credential.id);
    DELETE FROM throttle;
    UPDATE row_change SET number = (SELECT number FROM changes WHERE changes.row = row_change.row);
  END`
const unrestricted = (db: StationDatabase) => {
  db.unsafeMode(true)
  db.pragma('writable_schema = ON')
  db.exec("UPDATE sqlite_schema SET sql = replace(sql, ' REFERENCES person (id)', '')")
}
const plants: [string, string | ((db: StationDatabase) => void)][] = [
  ['a view in the place of a table', viewOfPeople],
  ['a trigger that takes back what was written', takenBack],
  ['a trigger that does nothing', 'CREATE TRIGGER idle AFTER INSERT ON event BEGIN SELECT 1; END'],
  ['a trigger by the name of a table of ours', 'CREATE TRIGGER person AFTER INSERT ON event BEGIN SELECT 1; END'],
  ['an extra view', 'CREATE VIEW extra AS SELECT * FROM person'],
  ['an extra table', 'CREATE TABLE extra (id TEXT)'],
  ['a virtual table', 'CREATE VIRTUAL TABLE extra USING fts5(text)'],
  ['an extra index', 'CREATE INDEX extra ON person (roles)'],
  ['a unique index that refuses a row', 'CREATE UNIQUE INDEX extra ON alert (kind)'],
  ['a missing index', 'DROP INDEX credential_person'],
  ['a missing table', 'DROP TABLE alert'],
  ['statistics that steer the planner', 'ANALYZE'],
  ['an extra column', "ALTER TABLE person ADD COLUMN extra TEXT DEFAULT 'x'"],
  ['a generated column', "ALTER TABLE person ADD COLUMN extra TEXT AS (json_extract(roles, '$[0]')) VIRTUAL"],
  ['a column by another name', 'ALTER TABLE session RENAME COLUMN method TO manner'],
  ['constraints that were taken away', unrestricted],
]

describe('a file that somebody else built on', () => {
  it.each(plants)('is not opened: %s', async (_what, plant) => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) => (typeof plant === 'string' ? db.exec(plant) : plant(db)))
    for (const { found, lines } of await answers(stopped))
      expect({ found, lines }).toEqual({ found: true, lines: [edited] })
    await expectClosed(await restart(stopped), 'data-edited')
  })

  it('is opened again once that is taken away', async () => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) => db.exec('CREATE TRIGGER idle AFTER INSERT ON event BEGIN SELECT 1; END'))
    await expectClosed(await restart(stopped), 'data-edited')
    await closeAll()
    reachInto(stopped, (db) => db.exec('DROP TRIGGER idle'))
    await signIn(await restart(stopped))
  })
})

describe('a file that says it is older than it is', () => {
  const hidden = `${viewOfPeople}; CREATE TRIGGER idle AFTER INSERT ON event BEGIN SELECT 1; END; PRAGMA user_version = 0`
  it.each([
    ['with a view and a trigger in it', hidden],
    ['and nothing else', 'PRAGMA user_version = 0'],
    ['and is of no version', 'PRAGMA user_version = -1'],
  ])('is refused by the command line and by the station, %s', async (_what, sql) => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) => db.exec(sql))
    const damaged = { found: true, lines: ["The station's data is damaged."] }
    for (const answer of await answers(stopped)) expect(answer).toMatchObject(damaged)
    await expectClosed(await restart(stopped), 'data-damaged')
  })
})
