// A restored station: a new log that names the old, nothing of before that still opens it, and an administrator first.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyFile, verifyFolder } from '../../src/cli/audit.ts'
import { carriedOver } from '../../src/station/restored-rows.ts'
import {
  addPerson,
  begin,
  closeAll,
  codeNow,
  copyOf,
  enroll,
  newWard,
  plain,
  read,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { backUp, type Elsewhere, restoreTo } from '../support/backups.ts'
import { newFolder } from '../support/fakes.ts'

const nurse = 'N2044'
const supervisor = 'S3001'
let root = ''
let original: Stopped
let nurseKey = ''
let elsewhere: Elsewhere
let restored: Stopped

beforeAll(async () => {
  root = newFolder()
  const ward = await newWard()
  await signIn(ward)
  nurseKey = await enroll(ward, await addPerson(ward, nurse))
  await enroll(ward, await addPerson(ward, supervisor, ['supervisor']))
  const left = await addPerson(ward, 'L1')
  expect(await ward.desk.handlers.changePersonStatus({ personId: left, status: 'left', reason: 'moved away' })).toEqual(
    { ok: true },
  )
  expect(await ward.desk.handlers.changeWorkstation({ name: 'Ward 7', location: 'Level 2', group: 'wards' })).toEqual({
    ok: true,
  })
  // An offer that is open while the backup is made.
  await ward.desk.handlers.makeOffer({ personId: await addPerson(ward, 'N9') })
  const file = path.join(root, 'backup.age')
  await backUp(ward, file)
  await closeAll()
  original = ward
  elsewhere = await restoreTo(path.join(root, 'restored'), file, ward.clock)
  expect(elsewhere.answer).toMatchObject({ ok: true, people: 5 })
  restored = { ...elsewhere, setupKey: ward.setupKey, recoveryCodes: ward.recoveryCodes }
}, 60_000)
afterEach(() => closeAll())
afterAll(async () => {
  await closeAll(true)
  fs.rmSync(root, { recursive: true, force: true })
})

/** Each test has a copy of its own, at the moment of the restore. */
async function arrive(): Promise<Ward> {
  const copy = copyOf(restored)
  return { ...copy, ...(await begin({ folder: copy.folder, keychain: copy.keychain, clock: copy.clock })) }
}
const submit = (ward: Ward, who: string, key: string) =>
  ward.desk.handlers.submitCode({ staffId: who, code: codeNow(ward, key) })

describe('the new log', () => {
  it('begins with an event that names the old checkpoint, under new keys and another number', () => {
    const [first = ''] = read<string>(restored, 'SELECT body FROM event WHERE number = 1')
    const event = JSON.parse(first)
    if (!elsewhere.answer.ok) throw new Error('not restored')
    const { oldStationNumber, stationNumber, oldEvents } = elsewhere.answer
    expect(event).toMatchObject({
      type: 'station-restored',
      station: stationNumber,
      details: { oldStation: oldStationNumber, oldEvents },
    })
    expect(event.details.oldCheckpoint).toMatch(new RegExp(`^wardkey/standalone/${oldStationNumber}\n${oldEvents}\n`))
    expect(stationNumber).not.toBe(oldStationNumber)
    expect(restored.keychain.entries.get('root-key')).not.toBe(original.keychain.entries.get('root-key'))
  })

  it('is complete and anchored, and every row is what it says', async () => {
    const { folder, keychain } = copyOf(restored)
    expect(await verifyFolder({ folder, keychain }, undefined)).toMatchObject({
      found: false,
      json: { anchors: ['this keychain'] },
    })
  })

  it('has the old one beside it, as a file that verifies against the checkpoint it names', async () => {
    if (!elsewhere.answer.ok) throw new Error('not restored')
    const { oldLog, oldEvents, oldStationNumber } = elsewhere.answer
    const [first = ''] = read<string>(restored, 'SELECT body FROM event WHERE number = 1')
    const note = path.join(root, 'note')
    fs.writeFileSync(note, JSON.parse(first).details.oldCheckpoint)
    expect(await verifyFile(path.join(restored.folder, oldLog), note)).toMatchObject({
      found: false,
      json: { events: oldEvents, anchors: ['the checkpoint given'], station: oldStationNumber },
    })
  })

  it('takes over nothing that was open', () => {
    const ended = Object.entries(carriedOver).filter(([, rule]) => rule === 'ended')
    for (const [table] of ended) expect(read(restored, `SELECT count(*) FROM ${table}`), table).toEqual([0])
    expect(read(restored, 'SELECT DISTINCT kind FROM credential')).toEqual(['totp'])
    expect(read(restored, 'SELECT station_group FROM station')).toEqual(['wards'])
  })

  it('leaves nothing of the restore in the folder', () => {
    expect(fs.readdirSync(restored.folder).filter((name) => /restore|backup|old|new/.test(name))).toEqual([])
  })
})

describe('a restored station', () => {
  it('says so while it is locked', async () => {
    const ward = await arrive()
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', unconfirmed: true, station: { name: 'Ward 7' } })
  })

  it('takes no code of now or of the next step, and then one', async () => {
    const ward = await arrive()
    const used = { ok: false, reason: 'already-used' }
    expect(await submit(ward, staffId, ward.setupKey)).toEqual(used)
    ward.clock.pass(30_000)
    expect(await submit(ward, staffId, ward.setupKey)).toEqual(used)
    ward.clock.pass(30_000)
    expect(await submit(ward, staffId, ward.setupKey)).toMatchObject({ ok: true })
  })

  it('takes no recovery code of before', async () => {
    const ward = await arrive()
    for (const code of ward.recoveryCodes.slice(0, 2))
      expect(await ward.desk.handlers.submitRecoveryCode({ staffId, code: plain(code) })).toMatchObject({
        ok: false,
        reason: expect.stringMatching(/wrong-code|throttled/),
      })
  })

  it('lets nobody but an administrator in, and says why only to a code that is right', async () => {
    const ward = await arrive()
    ward.clock.pass(60_000)
    const wrong = await ward.desk.handlers.submitCode({ staffId: nurse, code: '000000' })
    expect(wrong).toEqual({ ok: false, reason: 'wrong-code' })
    ward.clock.pass(30_000)
    expect(await submit(ward, nurse, nurseKey)).toEqual({ ok: false, reason: 'people-unconfirmed' })
    const sql = "SELECT json_extract(body, '$.reason') FROM event WHERE type = 'login-attempted' ORDER BY number"
    expect(read(ward, sql)).toEqual(['wrong-code', 'people-unconfirmed'])
  })

  it('lets everybody in once an administrator has confirmed who is active, on record', async () => {
    const ward = await arrive()
    const { handlers } = ward.desk
    ward.clock.pass(30_000)
    await signIn(ward)
    expect(await handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: false, reason: 'not-now' })
    // New recovery codes first: those of before have ended.
    expect(await handlers.renewRecoveryCodes({})).toMatchObject({ ok: true })
    expect(await handlers.confirmPeople({})).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ unconfirmed: true, alerts: [{ kind: 'station-restored' }] })
    const list = await handlers.listToConfirm({ page: 0 })
    if (!list.ok) throw new Error(list.reason)
    expect(list.people.map((person) => person.staffId).sort()).toEqual([staffId, nurse, 'N9', supervisor].sort())
    // Not with a proof that has grown old.
    ward.clock.pass(6 * 60_000 - 70_000)
    ward.desk.handlers.reportActivity({})
    ward.clock.pass(70_000)
    expect(await handlers.confirmPeople({})).toEqual({ ok: false, reason: 'step-up-needed' })
    expect(await handlers.stepUp({ code: codeNow(ward, ward.setupKey) })).toEqual({ ok: true })
    expect(await handlers.confirmPeople({})).toEqual({ ok: true })
    expect(await handlers.confirmPeople({})).toEqual({ ok: false, reason: 'not-now' })
    expect(
      read(ward, "SELECT json_extract(body, '$.details.active') FROM event WHERE type = 'people-confirmed'"),
    ).toEqual([4])
    await handlers.lockNow({})
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', unconfirmed: false })
    ward.clock.pass(30_000)
    expect(await submit(ward, nurse, nurseKey)).toMatchObject({ ok: true })
  })
})
