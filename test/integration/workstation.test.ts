// The workstation as its administrator looks after it: its place on record, a backup from the window, low space said early.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk } from '../../src/station/create-desk.ts'
import { lowSpaceBytes } from '../../src/station/data-folder.ts'
import { addPerson, enroll, read, signIn, type Ward } from '../support/attack-station.ts'
import { passphrase } from '../support/backups.ts'
import { FakeClock, FakeKeychain, FakeLog, FakePrinter, newFolder, setUp } from '../support/fakes.ts'

const roots: string[] = []
let ward: Ward
let free = lowSpaceBytes * 10
/** What somebody does while main's dialog is open, and the file they choose. */
let choose: () => Promise<string | null> = async () => null
let file = ''

beforeEach(async () => {
  const root = newFolder()
  roots.push(root)
  file = path.join(root, 'backup.age')
  free = lowSpaceBytes * 10
  const parts = { folder: path.join(root, 'station'), clock: new FakeClock(), keychain: new FakeKeychain() }
  const log = new FakeLog()
  const printer = new FakePrinter()
  const desk = createDesk({
    dataFolder: parts.folder,
    appVersion: '0.0.0',
    clock: parts.clock,
    keychain: parts.keychain,
    log,
    phoneHost: null,
    printer,
    sqliteBinding: undefined,
    freeBytes: () => free,
    chooseFile: () => choose(),
  })
  await desk.start()
  const bench = { ...parts, log, printer, desk }
  ward = { ...bench, ...(await setUp(bench)) }
  await signIn(ward)
})
afterEach(() => ward.desk.close())
afterAll(() => {
  for (const root of roots) fs.rmSync(root, { recursive: true, force: true })
})
const events = (type: string) =>
  read<string>(ward, 'SELECT body FROM event WHERE type = ? ORDER BY number', type).map((body) => JSON.parse(body))

describe('the place of a workstation', () => {
  it('is changed with what was there before, and not recorded where nothing changes', async () => {
    const { handlers } = ward.desk
    expect(await handlers.changeWorkstation({ name: 'Ward 8', location: 'Level 2', group: 'wards' })).toEqual({
      ok: true,
    })
    expect(await handlers.changeWorkstation({ name: 'Ward 8', location: 'Level 2', group: 'wards' })).toEqual({
      ok: true,
    })
    expect(events('station-changed').map(({ details }) => details)).toEqual([
      { nameBefore: 'Ward 7', nameAfter: 'Ward 8', groupBefore: '', groupAfter: 'wards' },
    ])
    expect(ward.desk.screen()).toMatchObject({ station: { name: 'Ward 8' } })
    expect(await handlers.changeWorkstation({ name: 'Ward 8', location: 'Level 3', group: null })).toEqual({ ok: true })
    await handlers.lockNow({})
    expect(events('session-ended').at(-1)).toMatchObject({ location: 'Level 3' })
  })

  it('is nobody’s but an administrator’s', async () => {
    const setupKey = await enroll(ward, await addPerson(ward, 'S1', ['supervisor', 'auditor']))
    await ward.desk.handlers.lockNow({})
    await signIn(ward, 'S1', setupKey)
    const { handlers } = ward.desk
    const refused = { ok: false, reason: 'not-allowed' }
    expect(await handlers.readWorkstation({})).toEqual(refused)
    expect(await handlers.changeWorkstation({ name: 'X', location: 'X', group: null })).toEqual(refused)
    expect(await handlers.makeBackup({ passphrase })).toEqual(refused)
    expect(await handlers.readBackup({})).toEqual(refused)
    expect(await handlers.listToConfirm({ page: 0 })).toEqual(refused)
    expect(await handlers.confirmPeople({})).toEqual(refused)
  })
})

describe('a backup from the window', { timeout: 60_000 }, () => {
  it('is made where main’s dialog says, and its digest is on record without the path', async () => {
    choose = async () => file
    const made = await ward.desk.handlers.makeBackup({ passphrase })
    expect(made).toMatchObject({ ok: true })
    expect(fs.existsSync(file)).toBe(true)
    expect(fs.readdirSync(path.dirname(file)).sort()).toEqual(['backup.age', 'station'])
    const [event] = events('backup-made')
    expect(event.details.digest).toBe(made.ok ? made.digest : '')
    expect(JSON.stringify(event)).not.toContain(path.dirname(file))
    expect(await ward.desk.handlers.readWorkstation({})).toMatchObject({ lastBackupAtMs: ward.clock.nowMs() })
  })

  it('wants a proof that is fresh, and a strong passphrase, before any dialog opens', async () => {
    choose = () => Promise.reject(new Error('the dialog opened'))
    expect(await ward.desk.handlers.makeBackup({ passphrase: 'short' })).toEqual({
      ok: false,
      reason: 'weak-passphrase',
    })
    ward.clock.pass(4 * 60_000)
    ward.desk.handlers.reportActivity({})
    ward.clock.pass(2 * 60_000)
    expect(await ward.desk.handlers.makeBackup({ passphrase })).toEqual({ ok: false, reason: 'step-up-needed' })
  })

  it('is not made for somebody whose session ended while the dialog was open', async () => {
    choose = async () => {
      ward.desk.lock('lock-key')
      return file
    }
    expect(await ward.desk.handlers.makeBackup({ passphrase })).toEqual({ ok: false, reason: 'not-allowed' })
    expect(fs.existsSync(file)).toBe(false)
    expect(events('backup-made')).toEqual([])
  })

  it('is one at a time, and not at all where no file was chosen', async () => {
    let chosen: (name: string | null) => void = () => {}
    choose = () =>
      new Promise((resolve) => {
        chosen = resolve
      })
    const first = ward.desk.handlers.makeBackup({ passphrase })
    expect(await ward.desk.handlers.readBackup({})).toEqual({ ok: true, part: 0 })
    expect(await ward.desk.handlers.makeBackup({ passphrase })).toEqual({ ok: false, reason: 'not-now' })
    chosen(null)
    expect(await first).toEqual({ ok: false, reason: 'cancelled' })
    expect(await ward.desk.handlers.readBackup({})).toEqual({ ok: true, part: null })
  })
})

describe('low space', () => {
  const disk = async () => {
    const facts = await ward.desk.handlers.readWorkstation({})
    if (!facts.ok) throw new Error(facts.reason)
    return facts.health.find(({ name }) => name === 'disk')
  }

  it.each([
    [lowSpaceBytes, 'good', 'disk-room'],
    [lowSpaceBytes - 1, 'look', 'disk-low'],
    [lowSpaceBytes / 10 - 1, 'stop', 'disk-nearly-full'],
  ])('of %i bytes is %s', async (bytes, state, said) => {
    free = bytes
    expect(await disk()).toEqual({ name: 'disk', state, said })
  })

  it('is an alert at the next start, once', async () => {
    free = lowSpaceBytes - 1
    for (let start = 0; start < 2; start++) {
      await ward.desk.close()
      await ward.desk.start()
    }
    expect(events('alert-raised').map(({ reason }) => reason)).toEqual(['disk-low'])
  })
})

it('what a crash left of a backup is gone after the next start', async () => {
  await ward.desk.close()
  const left = path.join(ward.folder, 'backup-01890000-0000-7000-8000-000000000000.tmp')
  const others = path.join(ward.folder, 'backup-of-mine.txt')
  for (const name of [left, others]) fs.writeFileSync(name, 'x')
  await ward.desk.start()
  expect(fs.existsSync(left)).toBe(false)
  expect(fs.existsSync(others)).toBe(true)
})
