// Offers and second persons from the command line, as real processes on a real keyring, beside a running station.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk } from '../../src/station/create-desk.ts'
import type { Desk } from '../../src/station/desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { putPolicy } from '../support/attack-station.ts'
import { runCli } from '../support/cli-run.ts'
import { administrator, codeOf, FakeLog, FakePrinter, newFolder, setUp } from '../support/fakes.ts'
import { lastingCode } from '../support/lasting-code.ts'
import { serviceOf } from '../support/station-app.ts'

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
const second = { displayName: 'Bea Amin', staffId: 'A1002', roles: ['administrator' as const] }
const nurse = { displayName: 'Bola Adeyemi', staffId: 'N2044', roles: ['staff' as const] }
const keys = new Map<string, string>()
let desk: Desk

beforeAll(async () => {
  desk = createDesk({
    ...{ dataFolder: folder, appVersion: '0.0.0', clock, keychain },
    ...{ log: new FakeLog(), printer: new FakePrinter(), phoneHost: null, sqliteBinding: undefined },
  })
  await desk.start()
  const { handlers } = desk
  const { setupKey } = await setUp({ desk, clock })
  keys.set(administrator.staffId, setupKey)
  clock.aheadMs += stepMs
  await handlers.submitCode({ staffId: administrator.staffId, code: codeOf(setupKey, clock.nowMs()) })
  for (const person of [second, nurse]) {
    const added = await handlers.addPerson(person)
    const offered = added.ok ? await handlers.makeOffer({ personId: added.personId }) : added
    if (!offered.ok) throw new Error(offered.reason)
    keys.set(person.staffId, offered.secret.setupKey)
    await handlers.confirmOffer({ code: codeOf(offered.secret.setupKey, clock.nowMs()) })
    await handlers.acknowledgeRecoveryCodes({})
  }
  await handlers.lockNow({})
}, 60_000)
afterAll(async () => desk.close())

/** Codes of the step before and of the present one: a person can approve twice before they have to wait. */
const codeFor = (staffId: string, steps: number) => lastingCode(keys.get(staffId) ?? '', steps)
const as = async (steps: number) => [
  '--as',
  administrator.staffId,
  '--code',
  await codeFor(administrator.staffId, steps),
]
const cli = (...args: string[]) => runCli(folder, ...args, '--json')

describe('an offer from the command line', () => {
  it('says why the phone from before ends, and is made without a secret', async () => {
    const without = await cli('offers', 'create', nurse.staffId, ...(await as(-1)))
    expect(without).toMatchObject({ status: 1, json: { problem: 'reason-needed' } })
    const made = await cli('offers', 'create', nurse.staffId, ...(await as(0)), '--reason', 'lost on the bus')
    expect(made).toMatchObject({ status: 0, json: { ok: true } })
    expect(Object.keys(made.json).toSorted()).toEqual(['offer', 'ok', 'waitsUntil'])
    expect(await cli('offers', 'list')).toMatchObject({
      json: { live: [{ id: made.json.offer, status: 'waiting', staffId: nurse.staffId, reason: 'lost on the bus' }] },
    })
    const audited = await cli('offers', 'audit', nurse.staffId)
    expect(audited.json).toMatchObject({
      offers: [{ steps: [{ what: 'made', by: 'A1001' }] }, { status: 'confirmed' }],
    })
    expect(audited.text).not.toMatch(/secret|otpauth/)
  })

  it('is used wrongly without an administrator, a staff ID that is none, a reason too short', async () => {
    expect(await runCli(folder, 'offers', 'create', nurse.staffId)).toMatchObject({ status: 2 })
    expect(await runCli(folder, 'offers', 'create', 'no staff id')).toMatchObject({ status: 2 })
    expect(await runCli(folder, 'offers', 'withdraw', 'x', '--reason', 'x')).toMatchObject({ status: 2 })
    expect(await runCli(folder, 'offers', 'audit', 'NOBODY')).toMatchObject({ status: 1 })
  })
})

describe('where policy wants two people', () => {
  beforeAll(async () => {
    await putPolicy({ folder, clock, keychain }, { approvals: ['change-people'] })
  })
  const change = (...args: string[]) => cli('people', 'add', 'N3000', 'Dora', ...args)
  const bea = async (steps: number) => [
    '--second',
    second.staffId,
    '--second-code',
    await codeFor(second.staffId, steps),
  ]

  it('a change without the second uses up nobody’s code', async () => {
    expect(
      await runCli(folder, 'people', 'add', 'N3000', 'Dora', '--as', second.staffId, '--code', '000000'),
    ).toMatchObject({
      status: 2,
    })
  })

  it('the same person twice is refused; two make the change, and the log names both', async () => {
    const own = ['--as', second.staffId, '--code', await codeFor(second.staffId, -1)]
    const twice = await change(...own, ...(await bea(0)))
    expect(twice).toMatchObject({ status: 1, json: { problem: 'same-person' } })
    expect(await cli('people', 'list', 'N3000')).toMatchObject({ json: { total: 0 } })
  })
})
