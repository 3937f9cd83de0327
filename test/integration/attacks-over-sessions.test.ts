// A session that is over by its clocks is over for every command, also where no timer has noticed yet: after a sleep.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Parsed } from '../../src/contracts/ipc.ts'
import {
  addPerson,
  begin,
  closeAll,
  codeNow,
  copyOf,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import type { FakeClock } from '../support/fakes.ts'

let station: Stopped
let bolasId = ''
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  bolasId = await addPerson(ward, 'N2044')
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const hourMs = 3_600_000

async function signedIn(): Promise<Ward> {
  const ward = await restart(copyOf(station))
  await signIn(ward)
  return ward
}
const sleeps: [string, (clock: FakeClock) => void, string][] = [
  ['idle for three hours', (clock) => clock.pass(3 * hourMs), 'session-ended-idle'],
  [
    'asleep while only the wall clock ran',
    (clock) => {
      clock.wallMs += 3 * hourMs
    },
    'session-ended-idle',
  ],
  [
    'idle while the wall clock was set back',
    (clock) => {
      clock.running += 3 * hourMs
      clock.wallMs -= hourMs
    },
    'session-ended-idle',
  ],
  ['a day old', (clock) => clock.pass(24 * hourMs), 'session-ended-limit'],
]
const mallory: Parsed<'addPerson'> = { displayName: 'Mallory', staffId: 'M1', roles: ['administrator'] }
const commands: [string, (ward: Ward) => unknown][] = [
  ['reportActivity', ({ desk }) => desk.handlers.reportActivity({})],
  ['listPeople', ({ desk }) => desk.handlers.listPeople({ search: '', page: 0 })],
  ['readPerson', ({ desk }) => desk.handlers.readPerson({ personId: bolasId })],
  ['addPerson', ({ desk }) => desk.handlers.addPerson(mallory)],
  ['editPerson', ({ desk }) => desk.handlers.editPerson({ personId: bolasId, ...mallory })],
  [
    'changePersonStatus',
    ({ desk }) => desk.handlers.changePersonStatus({ personId: bolasId, status: 'left', reason: 'x' }),
  ],
  ['makeOffer', ({ desk }) => desk.handlers.makeOffer({ personId: bolasId })],
  ['importPeople', ({ desk }) => desk.handlers.importPeople({ text: 'staff_id,name,roles\nM1,Mallory,staff\n' })],
  ['previewImport', ({ desk }) => desk.handlers.previewImport({ text: 'staff_id,name,roles\nM1,Mallory,staff\n' })],
  ['stepUp', (ward) => ward.desk.handlers.stepUp({ code: codeNow(ward, ward.setupKey) })],
]
const ended = (ward: Ward) =>
  read(ward, "SELECT json_extract(body, '$.reason') FROM event WHERE type = 'session-ended' ORDER BY number").at(-1)

describe.each(sleeps)('a session %s', (what, sleep, notice) => {
  // Every command after one kind of sleep; after the others, one that prolongs and one that changes.
  const tried =
    what === 'a day old' ? commands : commands.filter(([name]) => ['reportActivity', 'addPerson'].includes(name))
  it.each(tried)('is over before %s does anything', async (name, command) => {
    const ward = await signedIn()
    sleep(ward.clock)
    const answer = await command(ward)
    if (name !== 'reportActivity') expect(answer).toMatchObject({ ok: false })
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', notice })
    expect(ended(ward)).toBe(notice.replace('session-ended-', ''))
    expect(read(ward, 'SELECT staff_id FROM person ORDER BY 1')).toEqual([staffId, 'N2044'])
  })
})

describe('an enrollment that was open when its session ended', () => {
  /** With an offer for somebody on the screen. */
  async function offering() {
    const ward = await signedIn()
    const offered = await ward.desk.handlers.makeOffer({ personId: bolasId })
    if (!offered.ok) throw new Error(offered.reason)
    return { ward, setupKey: offered.secret.setupKey }
  }
  it('gives no setup key to whoever asks for a new one', async () => {
    const { ward } = await offering()
    ward.clock.pass(24 * hourMs)
    expect(await ward.desk.handlers.renewOffer({})).toEqual({ ok: false, reason: 'not-now' })
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', notice: 'session-ended-limit' })
  })
  it('takes no first code', async () => {
    const { ward, setupKey } = await offering()
    // A wrong one first: by its answer the recovery codes are made, and the next answer waits for nothing.
    expect(await ward.desk.handlers.confirmOffer({ code: '00000000' })).toEqual({ ok: false, reason: 'wrong-code' })
    // By running time alone, or the offer would be over, too.
    ward.clock.running += 24 * hourMs
    const answer = await ward.desk.handlers.confirmOffer({ code: codeNow(ward, setupKey) })
    expect(answer).toEqual({ ok: false, reason: 'not-now' })
    expect(ward.desk.screen().kind).toBe('locked')
    expect(read(ward, 'SELECT id FROM credential WHERE person_id = ?', bolasId)).toEqual([])
  })
})

describe('recovery codes that wait to be stored when the session ends', () => {
  it('do not come out', async () => {
    const bench = await begin()
    const facts = { name: 'W', location: 'L', administratorName: 'Ada', administratorStaffId: staffId }
    const offered = await bench.desk.handlers.setUpStation(facts)
    if (!offered.ok) throw new Error(offered.reason)
    const { setupKey } = offered.secret
    await bench.desk.handlers.confirmOffer({ code: codeNow(bench, setupKey) })
    await bench.desk.close()
    const ward = await restart({ ...bench, setupKey, recoveryCodes: [] })
    await signIn(ward)
    ward.clock.pass(24 * hourMs)
    expect(await ward.desk.handlers.renewRecoveryCodes({})).toEqual({ ok: false, reason: 'not-now' })
    expect(ward.desk.screen().kind).toBe('locked')
  })
})
