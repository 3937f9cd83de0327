// A restore from the first screen: only where there is no station yet, whole or not at all, and then an administrator first.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { undoCutShortRestore } from '../../src/station/cut-short-restore.ts'
import type { DeskOptions } from '../../src/station/desk.ts'
import { KeychainError } from '../../src/station/ports.ts'
import { restoreBackup } from '../../src/station/restore.ts'
import {
  addPerson,
  begin,
  closeAll,
  codeNow,
  copyOf,
  enroll,
  newWard,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { backUp, partsOf, passphrase, rewrite } from '../support/backups.ts'
import { type Bench, FakeKeychain, newFolder } from '../support/fakes.ts'

const nurse = 'N2044'
const notNow = { ok: false, reason: 'not-now' }
let root = ''
let file = ''
let original: Ward
let nurseKey = ''

beforeAll(async () => {
  root = newFolder()
  original = await newWard()
  await signIn(original)
  nurseKey = await enroll(original, await addPerson(original, nurse))
  file = path.join(root, 'ward7.age')
  await backUp(original, file)
  await closeAll()
}, 60_000)
afterEach(() => closeAll())
afterAll(async () => {
  await closeAll(true)
  fs.rmSync(root, { recursive: true, force: true })
})

/** A workstation that is new, on which somebody chooses this file; an hour later than the backup. */
async function fresh(chosen: string | null = file, parts: Partial<Bench> = {}, more: Partial<DeskOptions> = {}) {
  const bench = await begin(parts, { openFile: async () => chosen, ...more })
  bench.clock.wallMs = original.clock.wallMs + 3_600_000
  return bench
}
const restore = async ({ desk }: Bench, word = passphrase) => {
  expect(await desk.handlers.chooseBackup({})).toMatchObject({ ok: true })
  return desk.handlers.restoreBackup({ passphrase: word })
}
const left = ({ folder }: Bench) => fs.readdirSync(folder).filter((name) => !name.startsWith('owner.db'))

/** As it was: the first screen, nothing in the folder, nothing in the keychain. */
function expectNew(bench: Bench): void {
  expect(bench.desk.screen()).toMatchObject({ kind: 'first-run', restorable: true })
  expect(left(bench)).toEqual([])
  expect(bench.keychain.entries.size).toBe(0)
}

describe('a workstation that is new', { timeout: 60_000 }, () => {
  it('becomes the one of the backup, and an administrator confirms the people first', async () => {
    const bench = await fresh()
    const { handlers } = bench.desk
    expect(bench.desk.screen()).toMatchObject({ kind: 'first-run', restorable: true })
    expect(await handlers.chooseBackup({})).toEqual({ ok: true, name: 'ward7.age', bytes: fs.statSync(file).size })
    expect(await handlers.restoreBackup({ passphrase })).toMatchObject({ ok: true, people: 2 })
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked', unconfirmed: true, station: { name: 'Ward 7' } })
    expect(left(bench).filter((name) => /restore|tmp/.test(name))).toEqual([])

    bench.clock.pass(60_000)
    const submit = (who: string, key: string) => handlers.submitCode({ staffId: who, code: codeNow(bench, key) })
    expect(await submit(nurse, nurseKey)).toEqual({ ok: false, reason: 'people-unconfirmed' })
    expect(await submit(staffId, original.setupKey)).toMatchObject({ ok: true })
    expect(await handlers.renewRecoveryCodes({})).toMatchObject({ ok: true })
    expect(await handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    expect(await handlers.confirmPeople({})).toEqual({ ok: true })
    await handlers.lockNow({})
    bench.clock.pass(30_000)
    expect(await submit(nurse, nurseKey)).toMatchObject({ ok: true })
  })

  it('says how far it is, and does nothing else meanwhile', async () => {
    const bench = await fresh()
    const { handlers } = bench.desk
    expect(await handlers.readRestore({})).toEqual({ ok: true, part: null })
    await handlers.chooseBackup({})
    const restoring = handlers.restoreBackup({ passphrase })
    expect(await handlers.readRestore({})).toEqual({ ok: true, part: 0 })
    expect(await handlers.restoreBackup({ passphrase })).toEqual(notNow)
    expect(await handlers.chooseBackup({})).toEqual(notNow)
    const person = { administratorName: 'Eve', administratorStaffId: 'E1' }
    expect(await handlers.setUpStation({ name: 'X', location: 'X', ...person })).toEqual(notNow)
    expect(await restoring).toMatchObject({ ok: true })
    expect(await handlers.readRestore({})).toEqual(notNow)
  })

  it('tells the window a file’s name and never its place, and the log neither', async () => {
    const bench = await fresh()
    const answers = [await bench.desk.handlers.chooseBackup({}), await restore(bench, 'not the passphrase')]
    expect(JSON.stringify([answers, bench.desk.screen(), bench.log.lines])).not.toContain(root)
    expect(bench.log.lines.join()).not.toMatch(/ward7|passphrase/)
  })
})

describe('what restores nothing', { timeout: 60_000 }, () => {
  it.each([
    ['a wrong passphrase', 'wrong-passphrase', async () => file, 'wrong horse battery staple'],
    ['a file that is no backup', 'not-a-backup', async () => other('notes.age', 'no backup at all'), passphrase],
    [
      'a backup that was cut',
      'damaged',
      async () => other('cut.age', fs.readFileSync(file).subarray(0, -100)),
      passphrase,
    ],
    ['a backup whose role was edited', 'damaged', editedRole, passphrase],
  ] as const)('%s leaves it new, and the right one restores it afterwards', async (_, reason, make, word) => {
    let chosen = await make()
    const bench = await fresh(null, {}, { openFile: async () => chosen })
    expect(await restore(bench, word)).toEqual({ ok: false, reason })
    expectNew(bench)
    chosen = file
    expect(await restore(bench)).toMatchObject({ ok: true })
  })

  it('a passphrase with no file chosen', async () => {
    const bench = await fresh(null)
    expect(await bench.desk.handlers.chooseBackup({})).toEqual({ ok: false, reason: 'cancelled' })
    expect(await bench.desk.handlers.restoreBackup({ passphrase })).toEqual(notNow)
    expectNew(bench)
  })

  it('a folder, a pipe, or what is not there', async () => {
    const pipe = path.join(root, 'pipe.age')
    execFileSync('mkfifo', [pipe])
    for (const chosen of [root, pipe, path.join(root, 'gone.age')]) {
      const bench = await fresh(chosen)
      expect(await bench.desk.handlers.chooseBackup({})).toEqual({ ok: false, reason: 'unreadable' })
      expect(await bench.desk.handlers.restoreBackup({ passphrase })).toEqual(notNow)
    }
  })

  it('a file that went away after it was chosen', async () => {
    const chosen = other('lent.age', fs.readFileSync(file))
    const bench = await fresh(chosen)
    expect(await bench.desk.handlers.chooseBackup({})).toMatchObject({ ok: true })
    fs.rmSync(chosen)
    expect(await bench.desk.handlers.restoreBackup({ passphrase })).toEqual({ ok: false, reason: 'unreadable' })
    expectNew(bench)
  })

  it('a keychain that holds the key of another station keeps it', async () => {
    const keychain = new FakeKeychain()
    await keychain.write('root-key', 'of another station')
    const bench = await fresh(file, { keychain })
    expect(await restore(bench)).toEqual({ ok: false, reason: 'keychain-in-use' })
    expect([...keychain.entries]).toEqual([['root-key', 'of another station']])
    expect(left(bench)).toEqual([])
  })

  it('a keychain that fails halfway closes the station, keeps nothing, and is tried again', async () => {
    const keychain = new FakeKeychain()
    const { write } = keychain
    let fails = true
    keychain.write = async (account, value) => {
      if (fails && account === 'checkpoint') throw new KeychainError('keychain-locked')
      await write(account, value)
    }
    const bench = await fresh(file, { keychain })
    expect(await restore(bench)).toEqual(notNow)
    expect(bench.desk.screen()).toMatchObject({ kind: 'failed', code: 'keychain-locked' })
    expect(left(bench)).toEqual([])
    fails = false
    await bench.desk.handlers.retryStart({})
    expectNew(bench)
    expect(await restore(bench)).toMatchObject({ ok: true })
  })

  it('a keychain that fails so that nothing can be taken back is new again after a restart', async () => {
    const keychain = new FakeKeychain()
    const { write, remove } = keychain
    let fails = true
    const failing = async () => {
      throw new KeychainError('keychain-locked')
    }
    keychain.write = async (account, value) => {
      await write(account, value)
      if (fails && account === 'root-key') keychain.write = keychain.remove = failing
    }
    const bench = await fresh(file, { keychain })
    expect(await restore(bench)).toEqual(notNow)
    expect([...keychain.entries.keys()]).toEqual(['root-key'])
    fails = false
    Object.assign(keychain, { write, remove })
    await bench.desk.handlers.retryStart({})
    expectNew(bench)
    expect(await restore(bench)).toMatchObject({ ok: true })
  })

  it('one that is not wanted any more ends at once, and can be begun again', async () => {
    const bench = await fresh()
    const { handlers } = bench.desk
    expect(await handlers.stopRestore({})).toEqual(notNow)
    await handlers.chooseBackup({})
    const restoring = handlers.restoreBackup({ passphrase })
    expect(await handlers.stopRestore({})).toEqual({ ok: true })
    expect(await restoring).toEqual({ ok: false, reason: 'stopped' })
    expectNew(bench)
    expect(await handlers.stopRestore({})).toEqual(notNow)
    expect(await restore(bench)).toMatchObject({ ok: true })
    expect(await handlers.stopRestore({})).toEqual(notNow)
  })

  it('whoever closes the station meanwhile leaves nothing behind', async () => {
    const bench = await fresh()
    await bench.desk.handlers.chooseBackup({})
    const restoring = bench.desk.handlers.restoreBackup({ passphrase })
    await bench.desk.close()
    expect(await restoring).toEqual({ ok: false, reason: 'stopped' })
    expect(left(bench)).toEqual([])
    expect(bench.keychain.entries.size).toBe(0)
  })
})

type Place = Pick<Bench, 'folder' | 'keychain' | 'clock'>

const placeOf = ({ folder, keychain, clock }: Place): Place => ({ folder, keychain, clock })

/** The disk and the keychain as a crash leaves them, right after this account was written, or right before. */
async function cutShort(account: 'root-key' | 'checkpoint', when: 'before' | 'after') {
  const keychain = new FakeKeychain()
  const { write } = keychain
  let left: Place | null = null
  keychain.write = async (written, value) => {
    if (written === account && when === 'before') left = placeOf(copyOf(bench))
    await write(written, value)
    if (written === account && when === 'after') left = placeOf(copyOf(bench))
  }
  const bench = await fresh(file, { keychain })
  expect(await restore(bench)).toMatchObject({ ok: true })
  if (!left) throw new Error('the keychain was not written')
  return left as Place
}

describe('a restore that a crash cut short', { timeout: 60_000 }, () => {
  it.each([
    ['root-key', 'before'],
    ['root-key', 'after'],
    ['checkpoint', 'before'],
  ] as const)('at the %s, %s it was written, leaves a new workstation', async (account, when) => {
    const bench = await fresh(file, await cutShort(account, when))
    expectNew(bench)
    expect(await restore(bench)).toMatchObject({ ok: true })
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked', unconfirmed: true })
  })

  it('is restored again from the command line, in the same folder', async () => {
    const { folder, keychain, clock } = await cutShort('checkpoint', 'before')
    expect(fs.existsSync(path.join(folder, 'station.db'))).toBe(true)
    expect(await restoreBackup(partsOf({ folder, keychain, clock }), file, passphrase)).toMatchObject({ ok: true })
    expect([...keychain.entries.keys()].toSorted()).toEqual(['checkpoint', 'root-key'])
  })

  it('after its checkpoint was kept, is whole', async () => {
    const bench = await fresh(file, await cutShort('checkpoint', 'after'))
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked', unconfirmed: true })
    expect(left(bench).filter((name) => /restore/.test(name))).toEqual([])
  })

  it('never takes emergency codes away, which no restore brings', async () => {
    const folder = path.join(root, 'with-envelope')
    fs.mkdirSync(path.join(folder, 'restore-1'), { recursive: true })
    for (const name of ['station.db', 'station.db-wal', 'log-0.jsonl', 'emergency.db'])
      fs.writeFileSync(path.join(folder, name), '')
    await undoCutShortRestore(folder, new FakeKeychain())
    expect(fs.readdirSync(folder)).toEqual(['emergency.db'])
  })

  it('is not what somebody’s folder beside a station says it is', async () => {
    const ward = await newWard()
    await closeAll()
    fs.mkdirSync(path.join(ward.folder, 'restore-1'))
    const bench = await fresh(file, { folder: ward.folder, keychain: ward.keychain, clock: ward.clock })
    expect(bench.desk.screen()).toMatchObject({ kind: 'locked', unconfirmed: false })
    await closeAll()
    fs.mkdirSync(path.join(ward.folder, 'restore-1'))
    const { folder, keychain, clock } = ward
    expect(await restoreBackup(partsOf({ folder, keychain, clock }), file, passphrase)).toMatchObject({ ok: false })
    expect(fs.existsSync(path.join(folder, 'station.db'))).toBe(true)
    expect(keychain.entries.size).toBe(2)
  })
})

describe('where there is a station', { timeout: 60_000 }, () => {
  const refusesAll = async ({ desk }: Bench) => {
    expect(await desk.handlers.chooseBackup({})).toEqual(notNow)
    expect(await desk.handlers.restoreBackup({ passphrase })).toEqual(notNow)
    expect(await desk.handlers.readRestore({})).toEqual(notNow)
  }
  const begun = { name: 'X', location: 'X', administratorName: 'Eve', administratorStaffId: 'E1' }

  it('whose set-up was only begun, none is restored over it', async () => {
    const bench = await fresh()
    expect(await bench.desk.handlers.setUpStation(begun)).toMatchObject({ ok: true })
    await refusesAll(bench)
    await bench.desk.handlers.abandonOffer({})
    expect(bench.desk.screen()).toMatchObject({ kind: 'first-run', restorable: false })
    await refusesAll(bench)
  })

  it('that is locked, or that somebody is signed in at, none is restored over it', async () => {
    const ward = await newWard()
    await refusesAll(ward)
    await signIn(ward)
    await refusesAll(ward)
  })

  it('whose set-up a crash cut short, its file is left alone', async () => {
    const { folder } = await fresh()
    await closeAll()
    fs.writeFileSync(path.join(folder, 'station.db'), '')
    const bench = await fresh(file, { folder })
    expect(bench.desk.screen()).not.toMatchObject({ restorable: true })
    fs.rmSync(path.join(folder, 'station.db'))
    await bench.desk.handlers.retryStart({})
    expectNew(bench)
    // It came after the screen did.
    fs.writeFileSync(path.join(folder, 'station.db-wal'), 'x')
    expect(await restore(bench)).toEqual({ ok: false, reason: 'not-empty' })
    expect(left(bench)).toEqual(['station.db-wal'])
  })

  it('a window that can choose no file is not offered it', async () => {
    const bench = await begin()
    expect(bench.desk.screen()).toMatchObject({ kind: 'first-run', restorable: false })
    await refusesAll({ ...bench })
  })
})

function other(name: string, content: string | Uint8Array): string {
  const made = path.join(root, name)
  fs.writeFileSync(made, content)
  return made
}

const editedRole = () =>
  rewrite(file, (plain) => {
    const at = plain.indexOf('["administrator"]')
    expect(at).toBeGreaterThan(0)
    plain.write('["administratox"]', at)
    return plain
  })
