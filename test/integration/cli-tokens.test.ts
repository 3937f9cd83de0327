// Provisioning tokens on the command line, as real processes on a real keyring, beside a running station.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk } from '../../src/station/create-desk.ts'
import type { Desk } from '../../src/station/desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { putPolicy } from '../support/attack-station.ts'
import { runCli } from '../support/cli.ts'
import { administrator, codeOf, FakeLog, FakePrinter, newFolder, setUp } from '../support/fakes.ts'
import { lastingCode } from '../support/lasting-code.ts'
import { serviceOf, stationEnv } from '../support/station-app.ts'

const stepMs = 30_000
/** The wall clock, some steps back: the command line lives in the present, so each of its codes is a later one. */
class EarlierClock {
  aheadMs = -40 * stepMs
  nowMs = (): number => Date.now() + this.aheadMs
  runningMs = (): number => performance.now()
}

const folder = newFolder()
const clock = new EarlierClock()
const keychain = createKeytarKeychain(serviceOf(folder))
const log = new FakeLog()
const bea = { displayName: 'Bea Amin', staffId: 'A1002', roles: ['administrator' as const] }
const keys = new Map<string, string>()
let desk: Desk

beforeAll(async () => {
  desk = createDesk({
    ...{ dataFolder: folder, appVersion: '0.0.0', clock, keychain, log },
    ...{ printer: new FakePrinter(), phoneHost: null, sqliteBinding: undefined },
  })
  await desk.start()
  const { handlers } = desk
  const { setupKey } = await setUp({ desk, clock })
  keys.set(administrator.staffId, setupKey)
  clock.aheadMs += stepMs
  await handlers.submitCode({ staffId: administrator.staffId, code: codeOf(setupKey, clock.nowMs()) })
  const added = await handlers.addPerson(bea)
  const offered = added.ok ? await handlers.makeOffer({ personId: added.personId }) : added
  if (!offered.ok) throw new Error(offered.reason)
  keys.set(bea.staffId, offered.secret.setupKey)
  await handlers.confirmOffer({ code: codeOf(offered.secret.setupKey, clock.nowMs()) })
  await handlers.acknowledgeRecoveryCodes({})
  await handlers.lockNow({})
}, 60_000)
afterAll(async () => desk.close())

const codeFor = (staffId: string, steps: number) => lastingCode(keys.get(staffId) ?? '', steps)
const as = async (staffId: string, steps: number) => ['--as', staffId, '--code', await codeFor(staffId, steps)]
const cli = (...args: string[]) => runCli([...args, '--json'], { env: stationEnv(folder) })
const withToken = (token: string, ...args: string[]) =>
  runCli([...args, '--json'], { env: { ...stationEnv(folder), WARDKEY_TOKEN: token } })
const said = ({ stdout }: { stdout: string }) => JSON.parse(stdout) as Record<string, unknown>
const reason = ['--reason', 'a test of tokens']

describe('a token on the command line', () => {
  let token = ''

  it('takes an administrator’s code to make, and is shown once', async () => {
    const wanted = ['tokens', 'create', 'hr', '--may', 'people.add,people.import,offers', '--days', '30']
    expect(await cli(...wanted)).toMatchObject({ status: 2, stdout: '' })
    const made = await cli(...wanted, ...(await as(administrator.staffId, -1)))
    expect(made.status, made.stderr).toBe(0)
    token = String(said(made).token)
    expect(said(made)).toMatchObject({
      name: 'hr',
      scopes: ['people.add', 'people.import', 'offers.create', 'offers.withdraw'],
    })
    const listed = await cli('tokens', 'list')
    expect(said(listed)).toMatchObject({ tokens: [{ name: 'hr', state: 'works', lastUsedAtMs: null }] })
    expect(listed.stdout).not.toContain(token.slice(8))
  })

  it.each([
    [['tokens', 'create', 'two words', '--may', 'people.add']],
    [['tokens', 'create', 'x', '--may', 'policy.set']],
    [['tokens', 'create', 'x', '--may', 'people.add', '--days', '367']],
    [['tokens', 'create', 'x', '--may', '']],
    [['tokens', 'create', 'x']],
    [['tokens', 'revoke', 'hr']],
  ])('%j is wrong use', async (args) => {
    expect(await cli(...args)).toMatchObject({ status: 2, stdout: '' })
  })

  it('adds, imports and offers in place of a code; the desk sees it at once, and the log who it was', async () => {
    expect(await withToken(token, 'people', 'add', 'N3000', 'Dora')).toMatchObject({ status: 0 })
    const file = path.join(folder, 'people.csv')
    fs.writeFileSync(file, 'staff_id,name,roles\nN3001,Emil,staff\nN3002,Fay,supervisor\n')
    expect(said(await withToken(token, 'people', 'import', file))).toEqual({ ok: true, added: 2 })
    expect(await withToken(token, 'offers', 'create', 'N3000')).toMatchObject({ status: 0 })
    expect(said(await cli('offers', 'list'))).toMatchObject({ live: [{ staffId: 'N3000', madeBy: 'hr' }] })
    expect(said(await cli('offers', 'audit', 'N3000'))).toMatchObject({
      offers: [{ steps: [{ what: 'made', by: 'hr' }] }],
    })
    const exported = await runCli(['audit', 'export', '--format', 'csv'], { env: stationEnv(folder) })
    expect(exported.stdout).toMatch(/,token-used,accepted,.*,,token hr,/)
    expect(await cli('audit', 'verify')).toMatchObject({ status: 0 })
  })

  it('adds no administrator, not even among others, and does nothing that it was not made for', async () => {
    const file = path.join(folder, 'more.csv')
    fs.writeFileSync(file, 'staff_id,name,roles\nN4000,Gus,staff\nA4001,Hal,administrator\n')
    const imported = await withToken(token, 'people', 'import', file)
    expect(said(imported)).toEqual({ ok: false, problem: 'beyond-reach' })
    expect(said(await withToken(token, 'people', 'leave', 'N3000', ...reason))).toMatchObject({
      problem: 'not-in-scope',
    })
    expect(said(await withToken(token, 'offers', 'create', bea.staffId, ...reason))).toMatchObject({
      problem: 'beyond-reach',
    })
    expect(said(await cli('people', 'list', 'N4000'))).toMatchObject({ total: 0 })
  })

  it.each([
    [['policy', 'set', 'file', ...reason]],
    [['tokens', 'create', 'x', '--may', 'people.add']],
    [['tokens', 'revoke', 'hr', ...reason]],
    [['keys', 'rotate']],
    [['brand', 'remove']],
  ])('%j takes no token', async (args) => {
    fs.writeFileSync(path.join(folder, 'file'), '{}')
    const given = args.map((each) => (each === 'file' ? path.join(folder, 'file') : each))
    expect(await withToken(token, ...given)).toMatchObject({ status: 2, stdout: '' })
  })

  it('a code goes before it where somebody is named', async () => {
    const named = await withToken(token, 'people', 'add', 'N3009', 'Ida', '--as', bea.staffId, '--code', '000000')
    expect(said(named)).toMatchObject({ problem: 'wrong-code' })
  })

  it('needs the second person where policy wants two, and not its maker', async () => {
    await putPolicy({ folder, clock, keychain }, { approvals: ['change-people'] })
    expect(await withToken(token, 'people', 'add', 'N3003', 'Gil')).toMatchObject({ status: 2 })
    const second = async (staffId: string, steps: number) => [
      ...['--second', staffId, '--second-code', await codeFor(staffId, steps)],
    ]
    const byMaker = await withToken(token, 'people', 'add', 'N3003', 'Gil', ...(await second(administrator.staffId, 0)))
    expect(said(byMaker)).toMatchObject({ problem: 'same-person' })
    const done = await withToken(token, 'people', 'add', 'N3003', 'Gil', ...(await second(bea.staffId, -1)))
    expect(done).toMatchObject({ status: 0 })
    await putPolicy({ folder, clock, keychain }, {})
  })

  it('ends at once, and what is said of it is what is said of one that never was', async () => {
    const ended = await cli('tokens', 'revoke', 'hr', ...reason, ...(await as(bea.staffId, 0)))
    expect(ended.status, ended.stderr).toBe(0)
    const answers = await Promise.all(
      [token, `wardkey_${'A'.repeat(43)}`].map((each) =>
        runCli(['people', 'add', 'N3004', 'Han'], { env: { ...stationEnv(folder), WARDKEY_TOKEN: each } }),
      ),
    )
    for (const answer of answers)
      expect(answer).toEqual({
        status: 1,
        stdout: 'This token does not work here. Nothing was changed.\n',
        stderr: '',
      })
    expect(said(await cli('tokens', 'list'))).toMatchObject({ tokens: [{ name: 'hr', state: 'revoked' }] })
    expect(log.lines.join()).not.toContain(token.slice(8))
  })
})
