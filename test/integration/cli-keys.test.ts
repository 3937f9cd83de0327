// keys rotate as a real process on a real keyring: refused beside a running station, on record, and the old key gone.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseFile } from '../../src/station/database.ts'
import { type CliStation, makeCliStation } from '../support/cli.ts'
import { administrator, codeOf, startDesk } from '../support/fakes.ts'

let station: CliStation
beforeAll(async () => {
  station = await makeCliStation()
})
afterAll(() => fs.rmSync(station.root, { recursive: true }))
const as = ['--as', administrator.staffId]
const codeNow = () => codeOf(station.setupKey, Date.now())
const root = () => station.keychain.read('root-key')

it('is used wrongly without an administrator, and says where there is no station', async () => {
  expect(await station.cli('keys', 'rotate')).toMatchObject({ status: 2, stdout: '' })
  const nowhere = path.join(station.root, 'nowhere')
  expect(await station.cli('keys', 'rotate', ...as, '--code', codeNow(), '--data', nowhere)).toMatchObject({
    ...{ status: 1, stdout: 'There is no station in this folder.\n' },
  })
  expect(fs.existsSync(nowhere)).toBe(false)
})

it('is refused in plain words while the station runs, before a code is used up', async () => {
  const before = await root()
  const { desk } = await startDesk({ folder: station.bench.folder, keychain: station.keychain })
  const code = codeNow()
  const refused = await station.cli('keys', 'rotate', ...as, '--code', code)
  expect(refused).toMatchObject({ status: 1, stdout: expect.stringMatching(/^The station is running\. Close it/) })
  expect(desk.screen().kind).toBe('locked')
  await desk.close()
  expect(await root()).toBe(before)
})

it('wants a right code', async () => {
  const before = await root()
  const { status, stdout } = await station.cli('keys', 'rotate', ...as, '--code', '000000', '--json')
  expect([status, JSON.parse(stdout)]).toEqual([1, { ok: false, problem: 'wrong-code' }])
  expect(await root()).toBe(before)
})

it('replaces the key, and everything goes on under the new one', async () => {
  const before = await root()
  // A backup that was cut short left its copy, under the old key.
  const left = path.join(station.bench.folder, 'backup-0198c0de-0000-7000-8000-000000000001.tmp')
  fs.copyFileSync(databaseFile(station.bench.folder), left)
  const { status, stdout } = await station.cli('keys', 'rotate', ...as, '--code', codeNow(), '--json')
  expect(fs.existsSync(left)).toBe(false)
  const answer = JSON.parse(stdout)
  expect([status, answer]).toEqual([0, { ok: true, rows: answer.rows, events: answer.events, emptied: true }])
  expect(await root()).not.toBe(before)
  expect(await station.keychain.read('next-root-key')).toBeNull()
  expect(await station.cli('audit', 'verify')).toMatchObject({
    ...{ status: 0, stdout: expect.stringMatching(/^complete and unchanged, \d+ events\nanchored to this keychain/) },
  })
  const { desk } = await startDesk({ folder: station.bench.folder, keychain: station.keychain })
  expect(desk.screen().kind).toBe('locked')
  await desk.close()
})

it('is read past where it stopped after its commit: reading takes the key that fits, and changes no keychain', async () => {
  const next = (await root()) ?? ''
  await station.keychain.write('root-key', Buffer.alloc(32, 1).toString('base64'))
  await station.keychain.write('next-root-key', next)
  expect(await station.cli('status')).toMatchObject({ status: 0 })
  expect(await root()).not.toBe(next)
  const { desk } = await startDesk({ folder: station.bench.folder, keychain: station.keychain })
  expect(desk.screen().kind).toBe('locked')
  await desk.close()
  expect([await root(), await station.keychain.read('next-root-key')]).toEqual([next, null])
})
