// The desk opens the camera only on a screen that has a phone to look at, and closes it with that screen.
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { addPerson, begin, closeAll, signIn, type Ward } from '../support/attack-station.ts'
import { BoundPhone, phoneHost } from '../support/bound-phone.ts'
import { setUp } from '../support/fakes.ts'
import { offerText } from '../support/scanning-ward.ts'

let ward: Ward
let allowed = false
const open = () => ward.desk.handlers.openCamera({})

beforeEach(async () => {
  allowed = false
  const camera = {
    allow: (wanted: boolean) => {
      allowed = wanted
    },
  }
  const bench = await begin({}, { phoneHost, camera })
  expect(await bench.desk.handlers.openCamera({}), 'in first run').toEqual({ ok: false, reason: 'not-now' })
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
