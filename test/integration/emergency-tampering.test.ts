// Somebody with the disk at emergency.db: a set of their own, an edited chain, an older copy, a file that is gone.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  activeEmergencySet,
  keepOnlySet,
  makeEmergencySet,
  putPendingEmergencySet,
} from '../../src/station/emergency-codes.ts'
import { KeychainError } from '../../src/station/ports.ts'
import { closeAll, copyOf, restart, type Stopped, signIn, type Ward } from '../support/attack-station.ts'
import { backUp, restoreTo } from '../support/backups.ts'
import {
  alertsOf,
  emergencyDb,
  eventsOf,
  makeCodes,
  openWith,
  reachIntoRecord,
  setAsideIn,
  stationWithCodes,
  statusOf,
  type WithCodes,
} from '../support/emergency.ts'
import { FakeKeychain, newFolder } from '../support/fakes.ts'

let station: WithCodes
beforeAll(async () => {
  station = await stationWithCodes()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const codeAt = (place: number) => station.codes[place] ?? ''

function withoutKeychain(stopped: Stopped): Promise<Ward> {
  const keychain = new FakeKeychain()
  keychain.read = async () => {
    throw new KeychainError('no-keychain')
  }
  return restart({ ...stopped, keychain })
}

/** In by one of the codes while the keychain is away; the folder is let go of afterwards. */
async function useWithoutKeychain(stopped: Stopped, code: string): Promise<void> {
  const broken = await withoutKeychain(stopped)
  expect(await openWith(broken, code)).toEqual({ ok: true })
  await closeAll()
}

/** The station starts, has noticed, and no code of before opens it any more; new ones put it right. */
async function expectNoticed(stopped: Stopped, reason: string, alert: string): Promise<void> {
  const ward = await restart(stopped)
  expect(ward.desk.screen()).toMatchObject({ kind: 'locked' })
  expect(ward.desk.screen()).not.toHaveProperty('emergency')
  expect(eventsOf(ward, 'emergency-record-broken')).toMatchObject([{ reason }])
  expect(alertsOf(ward)).toContain(alert)
  for (const code of station.codes) expect(await openWith(ward, code)).toEqual({ ok: false, reason: 'not-allowed' })
  await ward.desk.handlers.retryStart({})
  await closeAll()
  // Said once, not at each start.
  const again = await restart(stopped)
  expect(eventsOf(again, 'emergency-record-broken')).toHaveLength(1)
  const [code] = await makeCodes(again)
  expect(await openWith(again, code)).toEqual({ ok: true })
}

const broken = 'emergency-record-broken'
const planted = 'emergency-codes-planted'

describe('a set of somebody else’s', () => {
  async function plant(stopped: Stopped): Promise<string> {
    const { codes, set } = await makeEmergencySet(stopped.clock.nowMs())
    reachIntoRecord(stopped, (db) => {
      putPendingEmergencySet(db, set)
      keepOnlySet(db, set.id)
    })
    return codes[0] ?? ''
  }

  it('opens nothing while the station is well, and is noticed at the first try', async () => {
    const stopped = copyOf(station)
    const ward = await restart(stopped)
    const code = await plant(stopped)
    expect(await openWith(ward, code)).toEqual({ ok: false, reason: 'not-allowed' })
    expect(alertsOf(ward)).toEqual([planted])
    expect(setAsideIn(ward)).toHaveLength(1)
  })

  it('is noticed at the next good start', async () => {
    const stopped = copyOf(station)
    await plant(stopped)
    await expectNoticed(stopped, 'foreign-codes', planted)
  })

  it('opens the screen without the keychain, which nothing can prevent, and what it opened is in the log all the same', async () => {
    const stopped = copyOf(station)
    await useWithoutKeychain(stopped, await plant(stopped))
    const ward = await restart(stopped)
    expect(eventsOf(ward, 'break-glass-used')).toHaveLength(1)
    expect(alertsOf(ward).toSorted()).toEqual(['break-glass', planted])
  })

  it('is noticed where no codes were ever made', async () => {
    const stopped = copyOf(station)
    const record = fs.readFileSync(emergencyDb(stopped))
    const other = copyOf(await bare())
    fs.writeFileSync(emergencyDb(other), record)
    const ward = await restart(other)
    expect(ward.desk.screen()).not.toHaveProperty('emergency')
    expect(alertsOf(ward)).toEqual([planted])
  })
})

let withoutCodes: Stopped | undefined
async function bare(): Promise<Stopped> {
  const { newWard } = await import('../support/attack-station.ts')
  if (!withoutCodes) {
    withoutCodes = await newWard()
    await closeAll()
  }
  return withoutCodes
}

describe('the chain', () => {
  it.each([
    ['edited', "UPDATE entry SET body = replace(body, 'Nora', 'Olga')"],
    ['cut at its end', 'DELETE FROM entry WHERE number = (SELECT max(number) FROM entry)'],
    ['with a gap', 'DELETE FROM entry WHERE number = (SELECT max(number) - 1 FROM entry)'],
    ['emptied', 'DELETE FROM entry'],
    ['of another record', "UPDATE record SET chain = '01890000-0000-7000-8000-000000000000'; DELETE FROM entry"],
  ])('%s is noticed after it was in the log', async (_, sql) => {
    const stopped = copyOf(station)
    await useWithoutKeychain(stopped, codeAt(0))
    await (await restart(stopped)).desk.close()
    reachIntoRecord(stopped, (db) => db.exec(sql))
    // Without codes that look unused again.
    await expectNoticed(stopped, 'chain', broken)
  })

  it.each([
    ['edited', "UPDATE entry SET body = replace(body, 'Nora', 'Olga')"],
    ['with a gap', "DELETE FROM entry WHERE json_extract(body, '$.what') = 'opened'"],
  ])('%s before the log had it is noticed too', async (_, sql) => {
    const stopped = copyOf(station)
    await useWithoutKeychain(stopped, codeAt(0))
    reachIntoRecord(stopped, (db) => db.exec(sql))
    await expectNoticed(stopped, 'chain', broken)
  })

  it('keeps in the log what held before the break', async () => {
    const stopped = copyOf(station)
    await useWithoutKeychain(stopped, codeAt(0))
    await useWithoutKeychain(stopped, codeAt(1))
    const last = "(SELECT max(number) FROM entry WHERE json_extract(body, '$.what') = 'opened')"
    reachIntoRecord(stopped, (db) => db.exec(`UPDATE entry SET hash = 'x' WHERE number = ${last}`))
    await restart(stopped)
    expect(eventsOf(stopped, 'break-glass-used')).toHaveLength(1)
    expect(alertsOf(stopped).toSorted()).toEqual(['break-glass', broken])
  })
})

describe('the file', () => {
  it('that is gone is missed, and no code works', async () => {
    const stopped = copyOf(station)
    fs.rmSync(emergencyDb(stopped))
    await expectNoticed(stopped, 'missing', broken)
  })

  it('that is damaged is set aside, not deleted', async () => {
    const stopped = copyOf(station)
    fs.writeFileSync(emergencyDb(stopped), 'no database any more')
    const ward = await restart(stopped)
    const [name = ''] = setAsideIn(ward)
    expect(fs.readFileSync(`${ward.folder}/${name}`, 'utf8')).toBe('no database any more')
    expect(alertsOf(ward)).toEqual([broken])
  })

  it.each([
    ['a trigger', 'CREATE TRIGGER t AFTER UPDATE ON code BEGIN UPDATE code SET used = 0; END'],
    ['a view', 'CREATE VIEW v AS SELECT * FROM code'],
  ])('with %s that is not ours opens nothing, and is set aside', async (_, sql) => {
    const stopped = copyOf(station)
    reachIntoRecord(stopped, (db) => db.exec(sql))
    const failed = await withoutKeychain(stopped)
    expect(failed.desk.screen()).not.toHaveProperty('emergency')
    expect(await openWith(failed, codeAt(0))).toEqual({ ok: false, reason: 'not-allowed' })
    await closeAll()
    await expectNoticed(stopped, 'damaged', broken)
  })

  it('put back from before a use is noticed, and the code that looks unused opens nothing', async () => {
    const stopped = copyOf(station)
    const before = fs.readFileSync(emergencyDb(stopped))
    await useWithoutKeychain(stopped, codeAt(0))
    await (await restart(stopped)).desk.close()
    fs.writeFileSync(emergencyDb(stopped), before)
    await expectNoticed(stopped, 'chain', broken)
  })

  it('whose used code was made unused again is noticed', async () => {
    const stopped = copyOf(station)
    await useWithoutKeychain(stopped, codeAt(0))
    await (await restart(stopped)).desk.close()
    reachIntoRecord(stopped, (db) => db.exec('UPDATE code SET used = 0'))
    await expectNoticed(stopped, 'used-again', broken)
  })

  it('that says policy allows it is not believed by a station that is well', async () => {
    const { changeClosed, writePolicy } = await import('../support/emergency.ts')
    const stopped = copyOf(station)
    await changeClosed(stopped, (ledger) => writePolicy(ledger, {}))
    const ward = await restart(stopped)
    const allowed = { fromMinute: 0, allowed: true, sessionMs: 60_000 }
    reachIntoRecord(stopped, (db) =>
      db.prepare("UPDATE record SET facts = json_set(facts, '$.week', json(?))").run(JSON.stringify([allowed])),
    )
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: false, reason: 'not-allowed' })
  })
})

describe('a restore', () => {
  it('voids the codes, and keeps what waits for its review', async () => {
    const stopped = copyOf(station)
    await useWithoutKeychain(stopped, codeAt(0))
    await (await restart(stopped)).desk.close()
    const root = newFolder()
    await backUp(stopped, path.join(root, 'backup.age'))
    const elsewhere = await restoreTo(path.join(root, 'restored'), path.join(root, 'backup.age'), stopped.clock)
    expect(elsewhere.answer).toMatchObject({ ok: true })
    const ward = await restart({ ...stopped, ...elsewhere })
    expect(ward.desk.screen()).not.toHaveProperty('emergency')
    expect(await openWith(ward, codeAt(1))).toEqual({ ok: false, reason: 'not-allowed' })
    expect(alertsOf(ward)).toContain('break-glass')
    expect(alertsOf(ward)).not.toContain(broken)
    ward.clock.pass(60_000)
    await signIn(ward)
    expect(await ward.desk.handlers.renewRecoveryCodes({})).toMatchObject({ ok: true })
    expect(await ward.desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    const [use] = (await statusOf(ward)).uses
    const review = { useId: use?.id ?? '', finding: 'It was before the restore.' }
    expect(await ward.desk.handlers.reviewEmergency(review)).toEqual({ ok: true })
    expect(alertsOf(ward)).not.toContain('break-glass')
    await closeAll()
    fs.rmSync(root, { recursive: true, force: true })
  })
})

describe('a crash while a new set is made', () => {
  it('before the log had it leaves the old set, without an alarm', async () => {
    const stopped = copyOf(station)
    const { set } = await makeEmergencySet(stopped.clock.nowMs())
    reachIntoRecord(stopped, (db) => putPendingEmergencySet(db, set))
    const ward = await restart(stopped)
    expect(alertsOf(ward)).toEqual([])
    expect(reachIntoRecord(stopped, activeEmergencySet)?.id).not.toBe(set.id)
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
  })

  it('after the log had it leaves the new set, without an alarm', async () => {
    const stopped = copyOf(station)
    const old = fs.readFileSync(emergencyDb(stopped))
    const ward = await restart(stopped)
    const codes = await makeCodes(ward)
    await closeAll()
    const set = reachIntoRecord(stopped, activeEmergencySet)
    if (!set) throw new Error('no set')
    // As it was between the two: the old set at work, the new one pending, its making not yet in the chain.
    fs.writeFileSync(emergencyDb(stopped), old)
    reachIntoRecord(stopped, (db) => putPendingEmergencySet(db, set))
    const halfway = copyOf({ ...stopped })
    const again = await restart(await rewindTaken(halfway))
    expect(alertsOf(again)).toEqual([])
    expect(await openWith(again, codeAt(0))).toEqual({ ok: false, reason: 'wrong-code' })
    expect(await openWith(again, codes[0])).toEqual({ ok: true })
    await again.desk.handlers.lockNow({})
    await signIn(again)
    expect((await statusOf(again)).codes).toEqual(expect.objectContaining({ left: 2 }))
  })
})

/** The crash came before the entry of the new set was taken in: the log knows one entry less. */
async function rewindTaken(stopped: Stopped): Promise<Stopped> {
  const { changeClosed } = await import('../support/emergency.ts')
  const { knownEmergency, emergencyRow } = await import('../../src/station/emergency-take-in.ts')
  const hash = reachIntoRecord(stopped, (db) => db.prepare('SELECT hash FROM entry WHERE number = 1').pluck().get())
  await changeClosed(stopped, (ledger) =>
    ledger.record((recorder) => {
      const known = knownEmergency(recorder)
      recorder.put('emergency', emergencyRow, { ...known, taken: 1, taken_hash: hash as string })
      recorder.event({ type: 'emergency-record-taken' })
    }),
  )
  return stopped
}
