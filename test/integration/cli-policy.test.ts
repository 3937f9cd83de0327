// The policy from the command line, as real processes beside a running station.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../src/contracts/policy.ts'
import { createDesk } from '../../src/station/create-desk.ts'
import type { Desk } from '../../src/station/desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { runCli } from '../support/cli-run.ts'
import { administrator, codeOf, FakeLog, FakePrinter, newFolder, setUp } from '../support/fakes.ts'
import { serviceOf } from '../support/station-app.ts'

const stepMs = 30_000
const folder = newFolder()
const clock = { nowMs: () => Date.now() - 20 * stepMs, runningMs: () => performance.now() }
let desk: Desk
let setupKey = ''

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

function fileOf(content: unknown): string {
  const file = path.join(folder, 'policy.json')
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const nights = {
  $schema: 'policy.schema.json',
  rules: [
    {
      name: 'Nights',
      when: { roles: ['staff'], hours: { days: [0, 1, 2, 3, 4, 5, 6], from: 1320, to: 360 } },
      set: { idleMs: 60_000 },
    },
  ],
  totp: { digits: 8 },
}

describe('policy', () => {
  it('shows the one in force', async () => {
    const json = { ok: true, number: 1, inForce: true, document: defaultPolicy }
    expect(await runCli(folder, 'policy', 'show', '--json')).toMatchObject({ status: 0, json })
    const { text } = await runCli(folder, 'policy', 'show')
    expect(text).toMatch(/^version 1, in force, of /)
    expect(text).toMatch(/idleMs +5 min/)
  })

  it('shows no version that is not there', async () => {
    const none = await runCli(folder, 'policy', 'show', '--version', '9', '--json')
    expect(none).toMatchObject({ status: 1, json: { problem: 'no-such-version' } })
    expect(await runCli(folder, 'policy', 'show', '--version', 'x')).toMatchObject({ status: 2 })
  })

  it('checks a file: its warnings, and how it differs', async () => {
    const { status, text } = await runCli(folder, 'policy', 'check', fileOf(nights))
    expect(status).toBe(0)
    expect(text).toContain('warning: some authenticator apps ignore these parameters')
    expect(text).toContain('+ rule "Nights" for staff, Sun Mon Tue Wed Thu Fri Sat 22:00-06:00: idleMs 1 min')
    expect(text).toContain('codes of new phones: SHA1, 6, 30 -> SHA1, 8, 30')
  })

  it.each<[string, unknown, RegExp]>([
    ['what is no JSON', '{', /^problem: this is no JSON$/],
    ['a setting out of its bounds', { settings: { idleMs: 1 } }, /^problem: settings\.idleMs: /],
    ['a warning that comes after the lock', { settings: { idleMs: 10_000 } }, /^problem: .*warning/],
    [
      'a throttle by role',
      { rules: [{ name: 'r', when: { roles: ['staff'] }, set: { throttleSuspendsAt: 20 } }] },
      /^problem: rule "r": throttling can't depend on a role/,
    ],
  ])('finds %s', async (_, content, words) => {
    const { status, text } = await runCli(folder, 'policy', 'check', fileOf(content))
    expect(status).toBe(1)
    expect(text).toMatch(words)
  })

  it('sets one with an administrator’s code and a reason, in force beside the running station; verify stays content', async () => {
    const as = ['--as', administrator.staffId]
    const file = fileOf(nights)
    expect(await runCli(folder, 'policy', 'set', file, ...as, '--code', '123456')).toMatchObject({ status: 2 })
    const wrong = await runCli(folder, 'policy', 'set', file, ...as, '--code', '000000', '--reason', 'nights', '--json')
    expect(wrong).toMatchObject({ status: 1, json: { problem: 'wrong-code' } })
    expect(desk.screen()).toMatchObject({ kind: 'locked', codeLength: 6 })
    const code = codeOf(setupKey, Date.now())
    const done = await runCli(folder, 'policy', 'set', file, ...as, '--code', code, '--reason', 'nights', '--json')
    expect(done).toMatchObject({ status: 0, json: { ok: true, version: 2 } })
    const shown = await runCli(folder, 'policy', 'show', '--json')
    expect(shown).toMatchObject({ json: { number: 2, who: administrator.name, reason: 'nights' } })
    await desk.handlers.wakeChallenge({})
    expect(await runCli(folder, 'policy', 'show', '--version', '1', '--json')).toMatchObject({
      json: { number: 1, inForce: false, document: defaultPolicy },
    })
    expect(await runCli(folder, 'audit', 'verify')).toMatchObject({ status: 0 })
  })
})
