// A fault is the desk's that had it: it names its cause, and closes no other one that was opened since.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type KeychainAccount, KeychainError } from '../../src/station/ports.ts'
import {
  begin,
  closeAll,
  codeNow,
  copyOf,
  newWard,
  reachInto,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { administrator, FakeKeychain, setUp } from '../support/fakes.ts'

/** The wait of a station that is slowed, as long as the test wants it. */
const slowed = vi.hoisted(() => ({ letGo: [] as (() => void)[] }))
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  setTimeout: () => new Promise<void>((resolve) => slowed.letGo.push(resolve)),
}))

class FailingKeychain extends FakeKeychain {
  fails: KeychainAccount | null = null
  override write = async (account: KeychainAccount, value: string) => {
    if (account === this.fails) throw new KeychainError('keychain-locked')
    this.entries.set(account, value)
  }
}
let station: Stopped
beforeAll(async () => {
  station = await newWard()
  await closeAll()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const notNow = { ok: false, reason: 'not-now' }
const facts = {
  name: 'Ward 7',
  location: 'Level 2',
  administratorName: administrator.name,
  administratorStaffId: staffId,
}
const closedWith = (ward: Pick<Ward, 'desk'>, code: string) =>
  expect.poll(() => ward.desk.screen()).toMatchObject({ kind: 'failed', code })

const typeCode = async (ward: Ward) => ward.desk.handlers.submitCode({ staffId, code: codeNow(ward, ward.setupKey) })

/** In first run, with recovery codes on the screen. */
async function confirmed() {
  const bench = await begin()
  const offered = await bench.desk.handlers.setUpStation(facts)
  if (!offered.ok) throw new Error(offered.reason)
  const code = codeNow(bench, offered.secret.setupKey)
  expect(await bench.desk.handlers.confirmOffer({ code })).toMatchObject({ ok: true })
  return bench
}

describe('a command that outlives its desk', () => {
  const typed: [string, (ward: Ward) => Promise<unknown>][] = [
    ['one-time', (ward) => typeCode(ward)],
    ['recovery', ({ desk }) => Promise.resolve(desk.handlers.submitRecoveryCode({ staffId, code: 'A'.repeat(16) }))],
  ]
  it.each(typed)(
    'does not close the next one: a %s code that waits while the station is slowed',
    async (_way, type) => {
      const keychain = new FailingKeychain()
      const ward = await restart(copyOf(station, keychain))
      for (let i = 0; i < 20; i++) await ward.desk.handlers.submitCode({ staffId: `NOBODY${i}`, code: '00000000' })
      keychain.fails = 'checkpoint'
      const slow = type(ward)
      await closedWith(ward, 'keychain-locked')
      keychain.fails = null
      await ward.desk.handlers.retryStart({})
      expect(ward.desk.screen().kind).toBe('locked')
      for (const letGo of slowed.letGo.splice(0)) letGo()
      expect(await slow).toEqual(notNow)
      expect(ward.desk.screen().kind).toBe('locked')
      ward.clock.pass(11 * 60_000)
      await signIn(ward)
    },
  )

  it('does not close the next one: recovery codes that take a while to make', async () => {
    const bench = await confirmed()
    const slow = bench.desk.handlers.renewRecoveryCodes({})
    const turnMac = () =>
      reachInto(bench, (db) => {
        const mac = db.prepare('SELECT mac FROM log_head').pluck().get() as Buffer
        db.prepare('UPDATE log_head SET mac = ?').run(mac.reverse())
      })
    turnMac()
    bench.desk.recordRefusedCall('nothing', 'bad-input')
    expect(bench.desk.screen()).toMatchObject({ kind: 'failed', code: 'log-changed' })
    turnMac()
    await bench.desk.handlers.retryStart({})
    expect(bench.desk.screen().kind).toBe('locked')
    expect(await slow).toEqual(notNow)
    expect(bench.desk.screen().kind).toBe('locked')
    expect(bench.log.lines.at(-1)).toMatch(/^late fault of a closed desk/)
  })

  it('says nothing after a quit: recovery codes that take a while to make', async () => {
    const bench = await confirmed()
    const slow = bench.desk.handlers.renewRecoveryCodes({})
    await bench.desk.close()
    expect(await slow).toEqual(notNow)
    expect(bench.desk.screen().kind).not.toBe('failed')
    expect(bench.log.lines).toEqual([])
  })
})

describe('a keychain that is locked during first run', () => {
  it.each(['root-key', 'checkpoint'] as const)('is named, and first run goes on after it: %s', async (account) => {
    const keychain = new FailingKeychain()
    keychain.fails = account
    const bench = await begin({ keychain })
    expect(await bench.desk.handlers.setUpStation(facts)).toEqual(notNow)
    expect(bench.desk.screen()).toEqual({ kind: 'failed', code: 'keychain-locked', canRetry: true })
    keychain.fails = null
    await bench.desk.handlers.retryStart({})
    expect(bench.desk.screen().kind).toBe('first-run')
    await setUp(bench)
    expect(bench.desk.screen().kind).toBe('locked')
  })
})
