// Offers that wait: made beside the running station, shown at it once, given more time, withdrawn, over.
import { afterAll, afterEach, expect, it } from 'vitest'
import { storyOf } from '../../src/station/offer-audit.ts'
import { offersWaitMs } from '../../src/station/offer-changes.ts'
import { endOffer, makeWaitingOffer } from '../../src/station/offers.ts'
import {
  addPerson,
  beside,
  closeAll,
  codeNow,
  enroll,
  eventsOf,
  newWard,
  read,
  restart,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

const reason = 'a mistake'
interface Waiting extends Ward {
  readonly personId: string
  readonly offerId: string
}
async function withWaiting(): Promise<Waiting> {
  const ward = await newWard()
  await signIn(ward)
  const personId = await addPerson(ward, 'N2044')
  let offerId = ''
  await beside(ward, ({ ledger }) => {
    const person = ledger.get('person', personId)
    if (!person) throw new Error('nobody there')
    const until = ward.clock.nowMs() + offersWaitMs
    offerId = ledger.record((recorder) => makeWaitingOffer(recorder, person, until, undefined))
  })
  return { ...ward, personId, offerId }
}
const live = async ({ desk }: Ward) => {
  const listed = await desk.handlers.listOffers({})
  return listed.ok ? listed.live.map(({ id, status }) => ({ id, status })) : listed
}

it('has no secret until it is shown, and then one that is shown once', async () => {
  const ward = await withWaiting()
  const { handlers } = ward.desk
  const secrets = () => read<number>(ward, 'SELECT count(*) FROM offer WHERE secret IS NOT NULL')[0]
  expect(await live(ward)).toEqual([{ id: ward.offerId, status: 'waiting' }])
  expect(secrets()).toBe(0)
  const shown = await handlers.showOffer({ offerId: ward.offerId })
  if (!shown.ok) throw new Error(shown.reason)
  expect(secrets()).toBe(1)
  expect(await handlers.showOffer({ offerId: ward.offerId })).toEqual({ ok: false, reason: 'not-now' })
  expect(await handlers.confirmOffer({ code: codeNow(ward, shown.secret.setupKey) })).toMatchObject({ ok: true })
  await handlers.acknowledgeRecoveryCodes({})
  expect(await handlers.showOffer({ offerId: ward.offerId })).toEqual({ ok: false, reason: 'not-now' })
  await handlers.lockNow({})
  await signIn(ward, 'N2044', shown.secret.setupKey)
})

it('outlives the station’s rest', async () => {
  const ward = await withWaiting()
  await closeAll()
  const again = await restart(ward)
  await signIn(again)
  expect(await live(again)).toEqual([{ id: ward.offerId, status: 'waiting' }])
})

it('ends when its time is over, and has it whole again once renewed', async () => {
  const ward = await withWaiting()
  const { handlers } = ward.desk
  await handlers.lockNow({})
  ward.clock.pass(offersWaitMs - 60_000)
  await signIn(ward)
  expect(await handlers.renewWaitingOffer({ offerId: ward.offerId })).toEqual({ ok: true })
  await handlers.lockNow({})
  ward.clock.pass(offersWaitMs - 60_000)
  await signIn(ward)
  expect(await live(ward)).toHaveLength(1)
  ward.clock.pass(60_000)
  expect(await live(ward)).toEqual([])
  expect(await handlers.showOffer({ offerId: ward.offerId })).toEqual({ ok: false, reason: 'not-now' })
  await closeAll()
  await restart(ward)
  expect(eventsOf(ward, 'offer-ended').at(-1)).toMatchObject({ offer: ward.offerId, reason: 'expired' })
})

it('is withdrawn with its reason, once', async () => {
  const ward = await withWaiting()
  const { handlers } = ward.desk
  const wish = { offerId: ward.offerId, reason }
  expect(await handlers.withdrawOffer(wish)).toEqual({ ok: true })
  expect(await handlers.withdrawOffer(wish)).toEqual({ ok: false, reason: 'no-such-offer' })
  const listed = await handlers.listOffers({})
  const end = { reason: 'withdrawn', why: reason, by: 'Ada Kern' }
  expect(listed).toMatchObject({ live: [], ended: [{ id: ward.offerId, end }, expect.anything()] })
})

it('goes with a person who is suspended, and with a newer offer', async () => {
  const one = await withWaiting()
  const { handlers } = one.desk
  await handlers.changePersonStatus({ personId: one.personId, status: 'suspended', reason })
  expect(await live(one)).toEqual([])
  const two = await withWaiting()
  await two.desk.handlers.makeOffer({ personId: two.personId })
  expect((await live(two)) as object[]).toMatchObject([{ status: 'open' }])
  expect(await two.desk.handlers.showOffer({ offerId: two.offerId })).toEqual({ ok: false, reason: 'not-now' })
})

it('that is withdrawn beside the station while it is on the screen ends there within a second', async () => {
  const ward = await withWaiting()
  const shown = await ward.desk.handlers.showOffer({ offerId: ward.offerId })
  if (!shown.ok) throw new Error(shown.reason)
  await beside(ward, ({ ledger }) =>
    ledger.record((recorder) => {
      const offer = recorder.get('offer', ward.offerId)
      if (offer) endOffer(recorder, offer, 'withdrawn', undefined, reason)
    }),
  )
  await expect
    .poll(() => ward.desk.screen(), { timeout: 1000 })
    .toMatchObject({ offer: { id: ward.offerId, ended: true, withdrawn: true } })
  const code = codeNow(ward, shown.secret.setupKey)
  expect(await ward.desk.handlers.confirmOffer({ code })).toEqual({ ok: false, reason: 'not-now' })
})

it('has its story in the log: made, shown, tried, confirmed, by whom', async () => {
  const ward = await withWaiting()
  const { handlers } = ward.desk
  const shown = await handlers.showOffer({ offerId: ward.offerId })
  if (!shown.ok) throw new Error(shown.reason)
  await handlers.confirmOffer({ code: '00000000' })
  await handlers.confirmOffer({ code: codeNow(ward, shown.secret.setupKey) })
  await handlers.acknowledgeRecoveryCodes({})
  await beside(ward, (opened) => {
    const story = storyOf(opened, ward.offerId).map(({ what, by, reason: why }) => [what, by, why])
    expect(story).toEqual([
      ['made', null, null],
      ['shown', staffId, null],
      ['tried', null, 'wrong-code'],
      ['confirmed', null, null],
    ])
  })
})

it('one that did not wait is told as shown by whoever made it', async () => {
  const ward = await withWaiting()
  await enroll(ward, ward.personId)
  await beside(ward, (opened) => {
    const [newest] = opened.ledger.find('offer', "status = 'confirmed' ORDER BY id DESC LIMIT 1")
    const story = storyOf(opened, newest?.id ?? '').map(({ what, by }) => [what, by])
    expect(story).toEqual([
      ['made', staffId],
      ['shown', staffId],
      ['confirmed', null],
    ])
  })
})
