// The desk opens the camera only on a screen that has a phone to look at, and closes it with that screen.
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { addPerson, begin, closeAll, enroll, signIn, type Ward } from '../support/attack-station.ts'
import { BoundPhone, phoneHost } from '../support/bound-phone.ts'
import { setUp } from '../support/fakes.ts'
import { offerText } from '../support/scanning-ward.ts'

let ward: Ward
let allowed = false
const open = (use: 'phone' | 'link' = 'phone') => ward.desk.handlers.openCamera({ use })
const notNow = { ok: false, reason: 'not-now' }

beforeEach(async () => {
  allowed = false
  const camera = {
    allow: (wanted: boolean) => {
      allowed = wanted
    },
  }
  const bench = await begin({}, { phoneHost, camera })
  expect(await bench.desk.handlers.openCamera({ use: 'phone' }), 'in first run').toEqual({
    ok: false,
    reason: 'not-now',
  })
  ward = { ...bench, ...(await setUp(bench)) }
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

it('opens on the lock screen, and closes when it is told to', async () => {
  expect(await open()).toEqual({ ok: true })
  expect(allowed).toBe(true)
  expect(await ward.desk.handlers.closeCamera({})).toEqual({ ok: true })
  expect(allowed).toBe(false)
})

it('closes as soon as somebody is signed in, and opens for nobody who has no phone to show', async () => {
  await open()
  await signIn(ward)
  expect(allowed).toBe(false)
  expect(await open()).toEqual({ ok: false, reason: 'not-now' })
  expect(allowed).toBe(false)
})

it('opens while a phone is bound, and closes once it is', async () => {
  await signIn(ward)
  const personId = await addPerson(ward, 'N1')
  const phone = new BoundPhone(await offerText(ward.desk.handlers.bindPhone({ personId })))
  expect(await open()).toEqual({ ok: true })
  await ward.desk.handlers.submitPhonePart({ text: phone.part() })
  await ward.desk.handlers.confirmBinding({ digits: phone.digitsForPart() })
  expect(allowed).toBe(false)
  expect(await open()).toEqual({ ok: false, reason: 'not-now' })
})

it('stays closed while an authenticator app is enrolled', async () => {
  await signIn(ward)
  await ward.desk.handlers.makeOffer({ personId: await addPerson(ward, 'N2') })
  expect(await open()).toEqual({ ok: false, reason: 'not-now' })
})

it('closes when the station locks over it', async () => {
  await signIn(ward)
  await ward.desk.handlers.bindPhone({ personId: await addPerson(ward, 'N3') })
  await open()
  await ward.desk.handlers.abandonOffer({})
  expect(allowed).toBe(false)
})

it('reads the link of a hub for an administrator alone, and closes with their session', async () => {
  expect(await open('link'), 'on the lock screen').toEqual(notNow)
  await signIn(ward)
  expect(await open('link')).toEqual({ ok: true })
  ward.desk.lock('lock-button')
  expect(allowed).toBe(false)
  const person = await signedIn(ward, 'N4')
  expect(await open('link'), person).toEqual(notNow)
})

it('reads a link on the first screen, and is closed once there is an administrator to enroll', async () => {
  let isOpen = false
  const camera = {
    allow: (wanted: boolean) => {
      isOpen = wanted
    },
  }
  const { desk } = await begin({}, { phoneHost, camera })
  expect(await desk.handlers.openCamera({ use: 'link' })).toEqual({ ok: true })
  expect(isOpen).toBe(true)
  await desk.handlers.setUpStation({
    ...{ name: 'Ward 7', location: 'L2', administratorName: 'Ada', administratorStaffId: 'A1001' },
  })
  expect(isOpen).toBe(false)
})

/** Somebody of the staff, enrolled and signed in. */
async function signedIn(ward: Ward, who: string): Promise<string> {
  await signIn(ward)
  const setupKey = await enroll(ward, await addPerson(ward, who))
  ward.desk.lock('lock-button')
  await signIn(ward, who, setupKey)
  return who
}
