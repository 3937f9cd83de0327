// The sum over the rows that decide access speaks for what they say: nothing that is put beside them makes up for a change.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { StationDatabase } from '../../src/station/database.ts'
import { accessTables } from '../../src/station/schema.ts'
import {
  addPerson,
  closeAll,
  codeNow,
  copyOf,
  expectClosed,
  newWard,
  reachInto,
  restart,
  type Stopped,
  signIn,
  staffId,
} from '../support/attack-station.ts'

/** One person, and two. */
let alone: Stopped
let station: Stopped
beforeAll(async () => {
  const ward = await newWard()
  await closeAll()
  alone = copyOf(ward)
  const again = await restart(ward)
  await signIn(again)
  await addPerson(again, 'N2044')
  await again.desk.handlers.lockNow({})
  await again.desk.handlers.submitCode({ staffId, code: '00000000' })
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const modulus = 1n << 256n
/** What anybody can add up: the MACs lie beside their rows. */
function sumOf(db: StationDatabase): bigint {
  const macs = accessTables.flatMap((table) => db.prepare(`SELECT mac FROM ${table}`).pluck().all() as Buffer[])
  return macs.reduce((sum, mac) => sum + BigInt(`0x${mac.toString('hex')}`), 0n) % modulus
}
/** A row that nothing ever reads, with a MAC that brings the sum back to what it was. */
function makeUpFor(db: StationDatabase, change: () => void): void {
  const before = sumOf(db)
  change()
  const missing = (before - sumOf(db) + modulus) % modulus
  const mac = Buffer.from(missing.toString(16).padStart(64, '0'), 'hex')
  db.prepare("INSERT INTO throttle VALUES ('nobody', 0, 0, '[]', 1, ?)").run(mac)
  expect(sumOf(db)).toBe(before)
}

describe('a row that nothing reads does not make up', () => {
  it('for a row that was put back: a used code stays used', async () => {
    const first = await restart(copyOf(station))
    const { id, last_step, event_number, mac } = reachInto(
      first,
      (db) => db.prepare("SELECT * FROM credential WHERE kind = 'totp'").get() as Record<string, unknown>,
    )
    await signIn(first)
    const used = codeNow(first, first.setupKey)
    await closeAll()
    reachInto(first, (db) =>
      makeUpFor(db, () => {
        const back = db.prepare('UPDATE credential SET last_step = ?, event_number = ?, mac = ? WHERE id = ?')
        back.run(last_step, event_number, mac, id)
        db.prepare("UPDATE row_change SET number = ? WHERE row = 'credential/' || ?").run(event_number, id)
      }),
    )
    const again = await restart(first)
    expect(await again.desk.handlers.submitCode({ staffId, code: used })).toEqual({ ok: false, reason: 'not-now' })
    expect(again.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
  })

  it('for wrong codes that were taken out', async () => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) =>
      makeUpFor(db, () => db.exec("DELETE FROM throttle; DELETE FROM row_change WHERE row LIKE 'throttle/%'")),
    )
    await expectClosed(await restart(stopped), 'data-edited')
  })

  it('for credentials and people that were taken out: first run does not come back', async () => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) =>
      makeUpFor(db, () =>
        db.exec(`DELETE FROM credential; DELETE FROM row_change WHERE row LIKE 'credential/%';
          DELETE FROM row_change WHERE row IN (SELECT 'person/' || id FROM person WHERE staff_id = 'N2044');
          DELETE FROM person WHERE staff_id = 'N2044'`),
      ),
    )
    const ward = await restart(stopped)
    const facts = { name: 'x', location: 'y', administratorName: 'Mallory', administratorStaffId: 'M1' }
    expect(await ward.desk.handlers.setUpStation(facts)).toEqual({ ok: false, reason: 'not-now' })
    await expectClosed(ward, 'data-edited')
  })
})

describe('a row whose MAC was left alone is not the row it was', () => {
  const pending = "UPDATE credential SET status = 'pending'"
  const ofNoUse = "UPDATE credential SET kind = 'recovery', status = 'ended'"
  it.each([
    ['credentials that claim to be pending', pending, () => station],
    ['credentials that claim to be pending, of the only person', pending, () => alone],
    ['credentials of another kind', ofNoUse, () => station],
    ['credentials of another kind, of the only person', ofNoUse, () => alone],
    ['a person under another staff ID', "UPDATE person SET staff_id = staff_id || 'X'", () => station],
    [
      'wrong codes under another name',
      "UPDATE throttle SET id = id || 'x'; DELETE FROM row_change WHERE row LIKE 'throttle/%'",
      () => station,
    ],
    ['wrong codes with another MAC', 'UPDATE throttle SET mac = zeroblob(32)', () => station],
    ['an offer that claims to be open', "UPDATE offer SET status = 'open'", () => station],
  ])('%s', async (_what, sql, whole) => {
    const stopped = copyOf(whole())
    reachInto(stopped, (db) => db.exec(sql))
    const ward = await restart(stopped)
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
  })
})
