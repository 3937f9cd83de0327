// A rotation of the root key: everything goes on under the new one, the old one opens nothing, and a stop harms nothing.
import fs from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeBackup } from '../../src/station/backup.ts'
import { databaseFile } from '../../src/station/database.ts'
import { type Rotated, rotateKeys } from '../../src/station/key-rotation.ts'
import type { StationKeys } from '../../src/station/keys.ts'
import { type Opened, openStation } from '../../src/station/open-station.ts'
import { type Keychain, type KeychainAccount, KeychainError } from '../../src/station/ports.ts'
import { restoreBackup } from '../../src/station/restore.ts'
import {
  addPerson,
  checked,
  closeAll,
  copyOf,
  eventsOf,
  keysOf,
  newWard,
  plain,
  reachInto,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { FakeKeychain } from '../support/fakes.ts'
import { goodPin, member, setPolicy, signInByPin, typeCode } from '../support/ward-ways.ts'

let station: Stopped
let bolasKey = ''
let ticket = ''
const wrong = '00000000'
beforeAll(async () => {
  const ward = await newWard()
  const bola = await member(ward, 'N2044')
  bolasKey = bola.setupKey
  await signIn(ward)
  const carmen = await addPerson(ward, 'N2107')
  const issued = await ward.desk.handlers.issueTicket({
    ...{ personId: carmen, purpose: 'sign-in', hours: 12, reason: 'a lost phone' },
  })
  if (!issued.ok) throw new Error(issued.reason)
  ticket = plain(issued.ticket)
  expect(await ward.desk.handlers.makeOffer({ personId: carmen })).toMatchObject({ ok: true })
  ward.desk.lock('lock-button')
  await setPolicy(ward, { factors: 'code-and-pin' })
  await signInByPin(ward, goodPin, 'N2044', bolasKey)
  ward.desk.lock('lock-button')
  await setPolicy(ward, { factors: 'code' })
  for (const who of ['N2044', 'NOBODY'])
    for (let n = 0; n < 4; n++) {
      await ward.desk.handlers.submitCode({ staffId: who, code: wrong })
      ward.clock.pass(5000)
    }
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

async function withOpened<R>(stopped: Stopped, work: (opened: Opened) => Promise<R>): Promise<R> {
  const { folder: dataFolder, keychain, clock } = stopped
  const result = await openStation({ dataFolder, keychain, clock, appVersion: '0.0.0', sqliteBinding: undefined })
  if (result.kind !== 'opened') throw new Error(JSON.stringify(result))
  try {
    return await work(result.opened)
  } finally {
    result.opened.db.close()
  }
}
const administratorOf = (stopped: Stopped) =>
  read<string>(stopped, 'SELECT id FROM person WHERE staff_id = ?', staffId)[0] ?? ''
const rotate = (stopped: Stopped, keychain: Keychain = stopped.keychain): Promise<Rotated> =>
  withOpened(stopped, (opened) =>
    rotateKeys({ keychain, clock: stopped.clock, appVersion: '0.0.0' }, opened, administratorOf(stopped)),
  )
const rotated = async (): Promise<{ stopped: Stopped; old: StationKeys; done: Rotated }> => {
  const stopped = copyOf(station)
  const old = keysOf(stopped)
  return { stopped, old, done: await rotate(stopped) }
}
const sealedIn = (stopped: Stopped): { at: string; bytes: Buffer; place: Parameters<StationKeys['open']>[1] }[] =>
  reachInto(stopped, (db) => {
    const ofRows = ['credential', 'offer', 'ticket'].flatMap((table) =>
      (
        db.prepare(`SELECT *, '${table}' AS source FROM ${table} WHERE secret IS NOT NULL`).all() as {
          id: string
          person_id: string
          kind?: string
          secret: Buffer
        }[]
      ).map(({ id, person_id, kind, secret }) => ({
        at: `${table}/${id}`,
        bytes: secret,
        place: { table, row: id, person: person_id, kind: kind ?? (table === 'ticket' ? 'ticket' : 'totp') },
      })),
    )
    const own = db.prepare('SELECT * FROM station').get() as Record<string, Buffer>
    const ofStation = ['signing', 'agreement', 'sealing'].map((kind) => ({
      ...{ at: kind, bytes: own[`${kind}_secret`] as Buffer },
      place: { table: 'station', row: 'this', person: '', kind },
    }))
    return [...ofRows, ...ofStation]
  })
const opens = (keys: StationKeys, { bytes, place }: ReturnType<typeof sealedIn>[number]): boolean => {
  try {
    return keys.open(bytes, place).length > 0
  } catch {
    return false
  }
}

describe('after a rotation', () => {
  it('the station opens, its whole log and every row are sound, and the event says what was made anew', async () => {
    const { stopped, done } = await rotated()
    expect(done).toMatchObject({ emptied: true, unsettled: null })
    const ward = await restart(stopped)
    await checked(ward).toBe('complete')
    expect(eventsOf(ward, 'keys-rotated')).toMatchObject([
      { actor: administratorOf(ward), details: { rows: done.rows, events: done.events } },
    ])
    expect(done.rows).toBeGreaterThan(15)
    expect([...stopped.keychain.entries.keys()].sort()).toEqual(['checkpoint', 'root-key'])
    // And once more, without a log that was only just caught up.
    await closeAll()
    await checked(await restart(ward)).toBe('complete')
  })

  it.each<[string, (ward: Ward) => Promise<unknown>]>([
    ['the code of a phone', async (ward) => typeCode(ward, staffId, ward.setupKey)],
    [
      'a recovery code from before',
      async ({ desk, recoveryCodes }) => desk.handlers.submitRecoveryCode({ staffId, code: plain(recoveryCodes[3]) }),
    ],
    ['a ticket from before', async ({ desk }) => desk.handlers.submitTicket({ staffId: 'N2107', code: ticket })],
  ])('%s is good, also after a second one', async (_what, submit) => {
    const { stopped } = await rotated()
    const twice = copyOf(stopped)
    await rotate(twice)
    for (const each of [stopped, twice]) {
      const ward = await restart(each)
      expect(await submit(ward)).toMatchObject({ ok: true })
      await closeAll()
    }
  })

  it('a PIN from before is good, and a wrong one is not', async () => {
    const { stopped } = await rotated()
    const ward = await restart(stopped)
    await setPolicy(ward, { factors: 'code-and-pin' })
    ward.clock.pass(3_600_000)
    expect(await typeCode(ward, 'N2044', bolasKey)).toEqual({ ok: false, reason: 'pin-needed' })
    expect(await ward.desk.handlers.submitPin({ pin: '903714' })).toMatchObject({ reason: 'wrong-code' })
    expect(await ward.desk.handlers.submitPin({ pin: goodPin })).toMatchObject({ ok: true })
  })

  it('the failures of a known staff ID are kept under its new hash; those of an unknown one are forgotten', async () => {
    const { stopped, old } = await rotated()
    const fresh = keysOf(stopped)
    const failures = (keys: StationKeys, who: string) =>
      read<number>(stopped, 'SELECT failures FROM throttle WHERE id = ?', `totp:${keys.subject(who)}`)
    expect([failures(fresh, 'N2044'), failures(fresh, 'NOBODY')]).toEqual([[4], []])
    expect([failures(old, 'N2044'), failures(old, 'NOBODY')]).toEqual([[], []])
    expect(read(stopped, "SELECT failures FROM throttle WHERE id = 'station'")).toEqual([8])
  })
})

describe('the old key', () => {
  it('opens nothing any more, and nothing that it opened lies in the files', async () => {
    const stopped = copyOf(station)
    const old = keysOf(stopped)
    const before = sealedIn(stopped)
    expect(before.length).toBeGreaterThan(8)
    expect(before.filter((each) => !opens(old, each))).toEqual([])
    await withOpened(stopped, async (opened) => {
      await rotateKeys(
        { keychain: stopped.keychain, clock: stopped.clock, appVersion: '' },
        opened,
        administratorOf(station),
      )
      // As it is while whoever rotates still has the store open.
      const files = fs.readdirSync(stopped.folder).map((name) => fs.readFileSync(`${stopped.folder}/${name}`))
      for (const { at, bytes } of before)
        expect([at, files.some((file) => file.includes(bytes.subarray(12)))]).toEqual([at, false])
      expect(files.some((file) => file.includes(old.check))).toBe(false)
    })
    const after = sealedIn(stopped)
    expect(after.map(({ at }) => at)).toEqual(before.map(({ at }) => at))
    expect(after.filter((each) => opens(old, each))).toEqual([])
    expect(after.filter((each) => !opens(keysOf(stopped), each))).toEqual([])
  })

  it('in a keychain that somebody puts back is not the key of this station', async () => {
    const stopped = copyOf(station)
    const stolen = stopped.keychain.entries.get('root-key') ?? ''
    await rotate(stopped)
    stopped.keychain.entries.set('root-key', stolen)
    const ward = await restart(stopped)
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'key-changed' })
  })

  it('writes nothing any more: whoever opened the station before is refused', async () => {
    const stopped = copyOf(station)
    await withOpened(stopped, async ({ ledger }) => {
      await rotate(stopped)
      const before = read(stopped, 'SELECT size FROM log_head')
      expect(() => ledger.record((recorder) => recorder.event({ type: 'station-started' }))).toThrow()
      expect(read(stopped, 'SELECT size FROM log_head')).toEqual(before)
    })
    await checked(await restart(stopped)).toBe('complete')
  })
})

describe('a stop', () => {
  /** A copy of folder and keychain as a stop of the computer at this moment leaves them. */
  function watched(stopped: Stopped) {
    const moments: { readonly when: string; readonly left: Stopped }[] = []
    const keep = (when: string) => moments.push({ when, left: copyOf(stopped) })
    const real = stopped.keychain
    const around =
      <V>(name: string, work: (account: KeychainAccount, value: V) => Promise<void>) =>
      async (account: KeychainAccount, value: V) => {
        keep(`before ${name} ${account}`)
        await work(account, value)
        keep(`after ${name} ${account}`)
      }
    const keychain: Keychain = {
      read: real.read,
      write: around('write', real.write),
      remove: around<undefined>('remove', real.remove) as Keychain['remove'],
    }
    const { clock } = stopped
    const nowMs = clock.nowMs
    // Each event of the one transaction asks for the time.
    clock.nowMs = () => {
      keep('within the transaction')
      return nowMs()
    }
    return { moments, keychain, done: () => Object.assign(clock, { nowMs }) }
  }

  it('at any step leaves a station that opens, whole, for everybody', async () => {
    const stopped = copyOf(station)
    const old = stopped.keychain.entries.get('root-key')
    const { moments, keychain, done } = watched(stopped)
    await rotate(stopped, keychain)
    done()
    expect([...new Set(moments.map(({ when }) => when))]).toEqual([
      'before write next-root-key',
      'after write next-root-key',
      'within the transaction',
      'before write root-key',
      'after write root-key',
      'before remove next-root-key',
      'after remove next-root-key',
    ])
    const newKeys: boolean[] = []
    for (const { when, left } of moments) {
      const ward = await restart(left)
      expect([when, ward.desk.screen().kind]).toEqual([when, 'locked'])
      expect([when, await typeCode(ward, staffId, ward.setupKey)]).toMatchObject([when, { ok: true }])
      await closeAll()
      const again = await restart(left)
      await checked(again).toBe('complete')
      newKeys.push(left.keychain.entries.get('root-key') !== old)
      await closeAll()
    }
    // From the commit on it is the new key that the station goes on with.
    expect(newKeys.indexOf(true)).toBe(moments.findIndex(({ when }) => when === 'before write root-key'))
    expect(newKeys.lastIndexOf(false)).toBe(newKeys.indexOf(true) - 1)
  })

  it.each<[string, KeychainAccount, 'write' | 'remove']>([
    ['the new key can not be put in place', 'root-key', 'write'],
    ['the next key can not be taken away', 'next-root-key', 'remove'],
  ])('because %s is made good at the next start', async (_what, account, operation) => {
    const stopped = copyOf(station)
    const failing = new FakeKeychain()
    Object.assign(failing, { entries: stopped.keychain.entries })
    const work = failing[operation] as (of: KeychainAccount, value: string) => Promise<void>
    Object.assign(failing, {
      [operation]: async (of: KeychainAccount, value: string) => {
        if (of === account) throw new KeychainError('keychain-locked')
        return work(of, value)
      },
    })
    expect(await rotate(stopped, failing)).toMatchObject({ unsettled: 'keychain-locked' })
    const ward = await restart(stopped)
    expect(await typeCode(ward, staffId, ward.setupKey)).toMatchObject({ ok: true })
    expect(keysOf(ward).check).toEqual(read<Buffer>(ward, 'SELECT key_check FROM station')[0])
  })

  it('before there can be a next key changes nothing', async () => {
    const stopped = copyOf(station)
    const before = fs.readFileSync(databaseFile(stopped.folder))
    const failing = new FakeKeychain()
    failing.write = async () => {
      throw new KeychainError('no-keychain')
    }
    await expect(rotate(stopped, failing)).rejects.toThrow(KeychainError)
    expect(fs.readFileSync(databaseFile(stopped.folder)).equals(before)).toBe(true)
  })
})

describe('what is not sound', () => {
  it.each([
    ['an event', "UPDATE event SET body = replace(body, 'station', 'Station') WHERE number = 3"],
    ['a mark of an event', "UPDATE event SET mac = x'00' WHERE number = 3"],
    ['a row that decides nothing', 'UPDATE session SET ended_at_ms = 1 WHERE id = (SELECT min(id) FROM session)'],
  ])('is not made good by new digests: %s', async (_what, sql) => {
    const stopped = copyOf(station)
    const size = () => read<number>(stopped, 'SELECT size FROM log_head')[0]
    const before = size()
    reachInto(stopped, (db) => db.exec(sql))
    const key = stopped.keychain.entries.get('root-key')
    const result = rotate(stopped)
    await expect(result).rejects.toThrow()
    expect(size()).toBe(before)
    expect(stopped.keychain.entries.get('root-key')).toBe(key)
    expect(stopped.keychain.entries.has('next-root-key')).toBe(false)
  })
})

describe('a commit of which nobody knows', () => {
  const ioError = () => Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' })
  /** The rotation's own transaction ends in an error of the disk; what was written is there, or is not. */
  function failingCommit({ db }: Opened, isThere: boolean): void {
    const real = db.transaction.bind(db)
    const failing = (work: () => unknown) => ({
      immediate: () => {
        real(() => {
          work()
          if (!isThere) throw ioError()
        }).immediate()
        throw ioError()
      },
    })
    Object.assign(db, { transaction: failing })
  }

  it.each([true, false])('leaves a station that opens, whether it is on the disk (%s)', async (isThere) => {
    const stopped = copyOf(station)
    const before = stopped.keychain.entries.get('root-key')
    const parts = { keychain: stopped.keychain, clock: stopped.clock, appVersion: '0.0.0' }
    await withOpened(stopped, async (opened) => {
      failingCommit(opened, isThere)
      await expect(rotateKeys(parts, opened, administratorOf(stopped))).rejects.toMatchObject({
        code: 'SQLITE_IOERR_FSYNC',
      })
    })
    const ward = await restart(stopped)
    expect(await typeCode(ward, staffId, ward.setupKey)).toMatchObject({ ok: true })
    expect(stopped.keychain.entries.get('root-key') === before).toBe(!isThere)
    await closeAll()
    expect(await rotate(stopped)).toMatchObject({ unsettled: null })
    expect([...stopped.keychain.entries.keys()].sort()).toEqual(['checkpoint', 'root-key'])
  })
})

describe('another process beside a rotation', () => {
  /** Committed, and the keychain not told yet. */
  async function unsettled(): Promise<Stopped> {
    const stopped = copyOf(station)
    const deaf = new FakeKeychain()
    Object.assign(deaf, { entries: stopped.keychain.entries })
    const write = deaf.write
    deaf.write = async (account, value) => {
      if (account === 'root-key') throw new KeychainError('keychain-locked')
      return write(account, value)
    }
    expect(await rotate(stopped, deaf)).toMatchObject({ unsettled: 'keychain-locked' })
    return stopped
  }

  it('goes on under the new key, and leaves the end of it to who holds the folder', async () => {
    const stopped = await unsettled()
    const before = new Map(stopped.keychain.entries)
    await withOpened(stopped, async ({ ledger }) => {
      ledger.record((recorder) => recorder.event({ type: 'log-exported' }))
    })
    expect(stopped.keychain.entries).toEqual(before)
    await checked(await restart(stopped)).toBe('complete')
    expect(stopped.keychain.entries.has('next-root-key')).toBe(false)
  })

  it('looks once more where it is settled between two looks', async () => {
    const stopped = await unsettled()
    const { entries } = stopped.keychain
    const real = stopped.keychain.read
    stopped.keychain.read = async (account) => {
      if (account !== 'next-root-key') return real(account)
      entries.set('root-key', entries.get('next-root-key') ?? '')
      entries.delete('next-root-key')
      return null
    }
    await withOpened(stopped, async ({ keys }) => {
      expect(keys.check).toEqual(keysOf(stopped).check)
    })
  })

  it('backs up under the key that the copy rests under, or not at all', async () => {
    const stopped = await unsettled()
    const parts = { ...stopped, dataFolder: stopped.folder, appVersion: '0.0.0', sqliteBinding: undefined }
    const file = `${stopped.folder}/a.backup`
    const passphrase = 'correct horse battery staple'
    await withOpened(stopped, async (opened) => {
      expect(await makeBackup(parts, opened.station, file, passphrase)).toMatchObject({ ok: true })
    })
    const old = await withOpened(copyOf(station), async (opened) => opened.station)
    const keychain = new FakeKeychain()
    keychain.entries.set('root-key', station.keychain.entries.get('root-key') ?? '')
    // Who began with the old key and meets the new store.
    await expect(makeBackup({ ...parts, keychain }, old, `${file}.late`, passphrase)).rejects.toMatchObject({
      code: 'data-edited',
    })
    expect(fs.existsSync(`${file}.late`)).toBe(false)
    const into = { ...parts, dataFolder: `${stopped.folder}/restored`, keychain: new FakeKeychain() }
    expect(await restoreBackup(into, file, passphrase)).toMatchObject({ ok: true })
  })
})
