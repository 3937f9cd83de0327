// A station whose disk is full: nobody is let in, it says why, and loses nothing.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { verifyFolder } from '../../src/cli/audit.ts'
import type { StationDatabase } from '../../src/station/database.ts'
import { administrator, type Bench, codeOf, newFolder, setUp, startDesk } from '../support/fakes.ts'

// The limit belongs to a connection, so the test has to get at the desk's own.
const disk = vi.hoisted(() => ({ sparePages: null as number | null, newest: undefined as StationDatabase | undefined }))
vi.mock('../../src/station/database.ts', async (original) => {
  const real = await original<typeof import('../../src/station/database.ts')>()
  const openDatabase: typeof real.openDatabase = (folder, options) => {
    const db = real.openDatabase(folder, options)
    if (options?.readonly) return db
    disk.newest = db
    if (disk.sparePages !== null) leaveSpace(db, disk.sparePages)
    return db
  }
  return { ...real, openDatabase }
})

function leaveSpace(db: StationDatabase, pages: number): void {
  const used = db.pragma('page_count', { simple: true }) as number
  expect(db.pragma(`max_page_count = ${used + pages}`, { simple: true })).toBe(used + pages)
}
const desksConnection = (): StationDatabase => {
  if (!disk.newest) throw new Error('the desk has opened nothing')
  return disk.newest
}

/** A small file system of its own, or null where mounting is not allowed. */
function mountSmallDisk(): string | null {
  const folder = newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m,mode=700', 'wardkey-test', folder], { stdio: 'ignore' })
    return folder
  } catch {
    fs.rmdirSync(folder)
    return null
  }
}
const smallDisk = mountSmallDisk()
afterAll(() => {
  if (smallDisk === null) return
  execFileSync('umount', ['-l', smallDisk])
  fs.rmdirSync(smallDisk)
})

const open: Bench[] = []
afterEach(async () => {
  disk.sparePages = null
  for (const { desk } of open.splice(0)) await desk.close()
})
async function begin(folder?: string) {
  const bench = await startDesk(folder === undefined ? {} : { folder })
  open.push(bench)
  return { ...bench, ...(await setUp(bench)) }
}
type Station = Awaited<ReturnType<typeof begin>>

const { staffId } = administrator
const full = { kind: 'failed', code: 'disk-full' }
const submit = ({ desk, clock, setupKey }: Station) =>
  desk.handlers.submitCode({ staffId, code: codeOf(setupKey, clock.nowMs()) })

/** Signs in and locks until the station gives up. What was shown as accepted goes into `shown`. */
async function runUntilFull(station: Station, shown: number[]): Promise<'login' | 'lock'> {
  const { desk, clock } = station
  for (;;) {
    clock.pass(30_000)
    const answer = await submit(station)
    if (!answer.ok) {
      expect(answer).toEqual({ ok: false, reason: 'not-now' })
      return 'login'
    }
    shown.push(clock.nowMs())
    await desk.handlers.lockNow({})
    if (desk.screen().kind === 'failed') return 'lock'
  }
}

function acceptedIn(db: StationDatabase): number[] {
  const sql = `SELECT json_extract(body, '$.atMs') FROM event
    WHERE type = 'login-attempted' AND json_extract(body, '$.outcome') = 'accepted' ORDER BY number`
  return db.prepare(sql).pluck().all() as number[]
}

/** With space again: locked, whole, nothing lost, and the code that was refused for want of space still good. */
async function expectNothingLost(station: Station, shown: number[], ended: 'login' | 'lock'): Promise<void> {
  const { desk, clock, folder, keychain } = station
  await desk.handlers.retryStart({})
  await expect.poll(() => desk.screen()).toMatchObject({ kind: 'locked', log: { state: 'complete' } })
  expect(acceptedIn(desksConnection())).toEqual(shown)
  if (ended === 'lock') clock.pass(30_000)
  expect(await submit(station)).toEqual({ ok: true, displayName: administrator.name })
  shown.push(clock.nowMs())
  await desk.handlers.lockNow({})
  expect(await verifyFolder({ folder, keychain }, undefined)).toMatchObject({ found: false })
}

const means = smallDisk === null ? 'max_page_count alone: mounting is not allowed here' : 'max_page_count and a tmpfs'
describe(`a full disk (${means})`, () => {
  it('max_page_count: no login that can not be written is accepted, and nothing is lost', async () => {
    const station = await begin()
    const shown: number[] = []
    const ends = new Set<string>()
    for (let sparePages = 0; sparePages < 8; sparePages++) {
      leaveSpace(desksConnection(), sparePages)
      const ended = await runUntilFull(station, shown)
      ends.add(ended)
      expect(station.desk.screen()).toMatchObject(full)
      expect(await submit(station)).toEqual({ ok: false, reason: 'not-now' })
      await expectNothingLost(station, shown, ended)
    }
    // The disk may run full at either; both have to have been seen.
    expect(ends).toEqual(new Set(['login', 'lock']))
  })

  it('max_page_count: a start that can not be written ends in its screen, and goes on with space again', async () => {
    const station = await begin()
    const { desk } = station
    disk.sparePages = 0
    let starts = 0
    while (desk.screen().kind !== 'failed') {
      await desk.close()
      await desk.start()
      expect(++starts).toBeLessThan(100)
    }
    expect(desk.screen()).toMatchObject(full)
    await desk.handlers.retryStart({})
    expect(desk.screen()).toMatchObject(full)
    disk.sparePages = null
    station.clock.pass(60_000)
    await expectNothingLost(station, [], 'lock')
  })

  it('max_page_count: closing on a full disk lets the files and the folder go', async () => {
    const station = await begin()
    const { desk, clock } = station
    clock.pass(30_000)
    expect(await submit(station)).toMatchObject({ ok: true })
    const db = desksConnection()
    db.exec('CREATE TABLE filler (bytes BLOB)')
    leaveSpace(db, 0)
    const fill = db.prepare('INSERT INTO filler VALUES (zeroblob(500))')
    expect(() => {
      for (;;) fill.run()
    }).toThrow(/full/)
    await desk.close()
    expect(db.open).toBe(false)
    const next = await startDesk({ folder: station.folder, keychain: station.keychain, clock })
    open.push(next)
    expect(next.desk.screen()).not.toMatchObject({ code: 'second-instance' })
  })

  if (smallDisk !== null) {
    const filler = path.join(smallDisk, 'filler')
    const fillUp = () => {
      const file = fs.openSync(filler, 'w')
      expect(() => {
        for (;;) fs.writeSync(file, Buffer.alloc(4096))
      }).toThrow(/ENOSPC/)
      fs.closeSync(file)
    }

    it('a tmpfs without a free byte: the login is refused, the station says why, and nothing is lost', async () => {
      const station = await begin(path.join(smallDisk, 'set-up'))
      const { desk } = station
      const shown: number[] = []
      for (let round = 0; round < 5; round++) {
        fillUp()
        const ended = await runUntilFull(station, shown)
        expect(desk.screen()).toMatchObject(full)
        await desk.handlers.retryStart({})
        expect(desk.screen()).toMatchObject(full)
        fs.rmSync(filler)
        await expectNothingLost(station, shown, ended)
      }
    })

    it('a tmpfs without a free byte: no station is set up on it, and one is with space again', async () => {
      const bench = await startDesk({ folder: path.join(smallDisk, 'new') })
      open.push(bench)
      fillUp()
      await expect(setUp(bench)).rejects.toThrow('not-now')
      expect(bench.desk.screen()).toMatchObject(full)
      fs.rmSync(filler)
      await bench.desk.handlers.retryStart({})
      expect(bench.desk.screen()).toMatchObject({ kind: 'first-run' })
      await setUp(bench)
      expect(bench.desk.screen()).toMatchObject({ kind: 'locked' })
    })

    it('a tmpfs that turns read-only says that, not that it is full, and goes on once it may be written', async () => {
      const station = await begin(path.join(smallDisk, 'set-up-2'))
      const { desk } = station
      const remount = (rights: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${rights}`, smallDisk])
      const readonly = { kind: 'failed', code: 'data-readonly', canRetry: true }
      // Files that are open for writing keep the disk from turning: first at a start, then under a running station.
      await desk.close()
      remount('ro')
      try {
        await desk.start()
        expect(desk.screen()).toEqual(readonly)
        expect(await submit(station)).toEqual({ ok: false, reason: 'not-now' })
      } finally {
        remount('rw')
      }
      station.clock.pass(60_000)
      await expectNothingLost(station, [], 'lock')
    })
  }
})
