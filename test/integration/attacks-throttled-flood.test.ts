// A script at the keyboard: tries within a wait each write an event, so the station slows down for them as for failures.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { throttleRule } from '../../src/core/throttle.ts'
import {
  addPerson,
  beside,
  closeAll,
  codeNow,
  copyOf,
  eventsOf,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'

const slept = vi.hoisted(() => [] as number[])
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  setTimeout: async (ms: number) => void slept.push(ms),
}))

let station: Stopped
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  await addPerson(ward, 'N2044')
  await closeAll()
  station = ward
})
afterEach(() => {
  slept.length = 0
  return closeAll()
})
afterAll(() => closeAll(true))

const wrong = '00000000'
const ways: [string, 'totp' | 'recovery' | 'ticket', (ward: Ward, who: string) => Promise<unknown>][] = [
  ['one-time codes', 'totp', async ({ desk }, who) => desk.handlers.submitCode({ staffId: who, code: wrong })],
  [
    'recovery codes',
    'recovery',
    async ({ desk }, who) => desk.handlers.submitRecoveryCode({ staffId: who, code: 'A'.repeat(16) }),
  ],
  ['tickets', 'ticket', async ({ desk }, who) => desk.handlers.submitTicket({ staffId: who, code: 'A'.repeat(16) })],
]
const size = (ward: Ward): number => read<number>(ward, 'SELECT size FROM log_head')[0] ?? 0
const alerts = (ward: Ward): number =>
  read<number>(ward, "SELECT count(*) FROM alert WHERE kind = 'many-failures'")[0] ?? 0
const waitOf = (ward: Ward, way: string): { failures: number; until: number } => {
  const [failures, until] = read<string>(
    ward,
    "SELECT failures || ' ' || waits_until_ms FROM throttle WHERE id LIKE ? || ':%'",
    way,
  )[0]?.split(' ') ?? ['0', '0']
  return { failures: Number(failures), until: Number(until) }
}

describe.each(ways)('a flood of %s within a wait', (_name, way, attempt) => {
  it.each(['N2044', 'NOBODY'])('slows the station down and raises one alert: for %s', async (who) => {
    const ward = await restart(copyOf(station))
    for (let n = 0; n < throttleRule.delayFrom; n++) await attempt(ward, who)
    const waiting = waitOf(ward, way)
    const before = size(ward)
    // The three failures count, too.
    const most = throttleRule.stationFailures - throttleRule.delayFrom
    for (let n = 0; n < most; n++) expect(await attempt(ward, who)).toMatchObject({ reason: 'throttled' })
    expect(alerts(ward)).toBe(1)
    // One event each, and the alert's.
    expect(size(ward) - before).toBe(most + 1)
    expect(slept).toEqual([])
    expect(await attempt(ward, who)).toMatchObject({ reason: 'throttled' })
    expect(slept).toEqual([throttleRule.stationDelayMs])
    // Whoever it was for waits as long as before, and their failures in a row are the three.
    expect(waitOf(ward, way)).toEqual(waiting)
    expect(alerts(ward)).toBe(1)
  })
})

describe('tries within a wait', () => {
  it('do not make a lock-out longer: its owner gets in when it is over', async () => {
    const ward = await restart(copyOf(station))
    for (let n = 0; n < throttleRule.delayFrom; n++) await ward.desk.handlers.submitCode({ staffId, code: wrong })
    for (let n = 0; n < 5; n++) {
      ward.clock.pass(300)
      const answer = await ward.desk.handlers.submitCode({ staffId, code: wrong })
      expect(answer).toEqual({ ok: false, reason: 'throttled', waitMs: 2000 - 300 * (n + 1) })
    }
    ward.clock.pass(30_000)
    const code = codeNow(ward, ward.setupKey)
    expect(await ward.desk.handlers.submitCode({ staffId, code })).toMatchObject({ ok: true })
  })

  it('while typed codes are closed count for the station as well', async () => {
    const ward = await restart(copyOf(station))
    // Two people's codes have confirmed a time that this clock is far below now.
    const floor = { floor_ms: ward.clock.nowMs(), last_person: null, last_at_ms: 0, running_ms: null, boot: null }
    await beside(ward, ({ ledger }) =>
      ledger.record((recorder) => {
        recorder.put('clock_floor', 'floor', floor)
        recorder.event({ type: 'login-attempted' })
      }),
    )
    ward.clock.wallMs -= 60 * 60_000
    const submit = () => ward.desk.handlers.submitCode({ staffId, code: wrong })
    for (let n = 0; n < throttleRule.stationFailures; n++)
      expect(await submit()).toEqual({ ok: false, reason: 'clock-closed' })
    expect(slept).toEqual([])
    expect(await submit()).toEqual({ ok: false, reason: 'clock-closed' })
    expect(slept).toEqual([throttleRule.stationDelayMs])
    expect(alerts(ward)).toBe(1)
    expect(eventsOf(ward, 'login-attempted').filter(({ reason }) => reason === 'clock-closed')).toHaveLength(21)
  })
})
