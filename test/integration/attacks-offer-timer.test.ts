// What a timer or a lock does with an offer that somebody edited: the station closes, and nobody stays in.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  addPerson,
  closeAll,
  copyOf,
  newWard,
  reachInto,
  read,
  restart,
  type Stopped,
  signIn,
  type Ward,
} from '../support/attack-station.ts'

let station: Stopped
beforeAll(async () => {
  station = await newWard()
  await closeAll()
})
afterEach(async () => {
  vi.useRealTimers()
  await closeAll()
})
afterAll(() => closeAll(true))
const offerMs = 5 * 60_000

/** With an offer on the screen and its timer in the test's hands. */
async function offering(): Promise<Ward> {
  const ward = await restart(copyOf(station))
  await signIn(ward)
  const personId = await addPerson(ward, 'N2044')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  expect(await ward.desk.handlers.makeOffer({ personId })).toMatchObject({ ok: true })
  return ward
}
const edit = (ward: Ward) => reachInto(ward, (db) => db.exec("UPDATE offer SET tries = 3 WHERE status = 'open'"))

describe('an offer whose row was edited', () => {
  it('closes the station when it expires, and throws nothing at anybody', async () => {
    const ward = await offering()
    edit(ward)
    ward.clock.pass(60_000)
    vi.advanceTimersByTime(offerMs)
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
    expect(await ward.desk.handlers.listPeople({ search: '', page: 0 })).toEqual({ ok: false, reason: 'not-allowed' })
  })
  it.each([
    ['locked', (ward: Ward) => ward.desk.lock('lock-key')],
    ['renewed', (ward: Ward) => ward.desk.handlers.renewOffer({})],
    ['abandoned', (ward: Ward) => ward.desk.handlers.abandonOffer({})],
  ])('closes the station when it is %s', async (_what, end) => {
    const ward = await offering()
    edit(ward)
    await end(ward)
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-edited' })
  })
})

describe('an offer that nobody touched', () => {
  it('expires, and the station goes on', async () => {
    const ward = await offering()
    ward.clock.pass(60_000)
    vi.advanceTimersByTime(offerMs)
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', offer: { ended: true } })
    expect(read(ward, 'SELECT status FROM offer ORDER BY id')).toEqual(['confirmed', 'ended'])
  })
})
