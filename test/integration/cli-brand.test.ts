// The organisation's look from the command line, as real processes beside a running station.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDesk } from '../../src/station/create-desk.ts'
import type { Desk } from '../../src/station/desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { runCli } from '../support/cli-run.ts'
import { administrator, FakeLog, FakePrinter, newFolder, setUp } from '../support/fakes.ts'
import { lastingCode } from '../support/lasting-code.ts'
import { pngOf } from '../support/png.ts'
import { serviceOf } from '../support/station-app.ts'

const stepMs = 30_000
const folder = newFolder()
const clock = { nowMs: () => Date.now() - 20 * stepMs, runningMs: () => performance.now() }
let desk: Desk
let setupKey = ''
let step = -1

beforeAll(async () => {
  desk = createDesk({
    dataFolder: folder,
    appVersion: '0.0.0',
    clock,
    keychain: createKeytarKeychain(serviceOf(folder)),
    log: new FakeLog(),
    printer: new FakePrinter(),
    phoneHost: null,
    sqliteBinding: undefined,
  })
  await desk.start()
  ;({ setupKey } = await setUp({ desk, clock }))
})
afterAll(async () => desk.close())

/** Each with a code of its own: the one before, and then the current one. */
async function change(...args: string[]) {
  const code = await lastingCode(setupKey, step)
  step += 1
  return runCli(folder, 'brand', ...args, '--as', administrator.staffId, '--code', code)
}

it('is plain at first', async () => {
  const { status, text } = await runCli(folder, 'brand', 'show')
  expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining('the plain look') })
})

it('refuses a colour that can’t be read, with its ratio, and changes nothing', async () => {
  const { status, text } = await change('set', '--name', 'St. Ida', '--qr', '#999999')
  expect(text).toContain('code: only 2.8 to 1 on white; it takes 4.5 to 1.')
  expect(text).toContain('Nothing was changed.')
  expect(status).toBe(1)
  expect(await runCli(folder, 'brand', 'show', '--json')).toMatchObject({ json: { set: false } })
})

it('sets name, logo and colours, which the running station has at once', async () => {
  const logo = path.join(folder, 'logo.png')
  fs.writeFileSync(logo, pngOf(40, 20))
  expect(await change('set', '--name', 'St. Ida', '--qr', '#003049', '--logo', logo)).toMatchObject({ status: 0 })
  const { json } = await runCli(folder, 'brand', 'show', '--json')
  expect(json).toMatchObject({ set: true, name: 'St. Ida', colours: { code: '#003049' }, logo: expect.any(String) })
  expect(await desk.handlers.readBrand({})).toMatchObject({ ok: true, look: { name: 'St. Ida' } })
})

it.each([
  ['a colour that is none', ['set', '--qr', 'red']],
  ['a logo that is not there', ['set', '--logo', '/nowhere/logo.png']],
  ['nobody to do it', ['remove']],
])('is used wrongly with %s', async (_what, args) => {
  const who = args[0] === 'remove' ? [] : ['--as', administrator.staffId, '--code', '000000']
  const { status } = await runCli(folder, 'brand', ...args, ...who)
  expect(status).toBe(2)
})
