// Somebody was talked into a yes, and whoever talked them into it came in: what their no is worth afterwards.
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { closeAll, eventsOf, type Ward } from '../support/attack-station.ts'
import type { BoundPhone } from '../support/bound-phone.ts'
import { bind, freshChallenge, nurse, refused, withNurse } from '../support/scanning-ward.ts'

let ward: Ward
let phone: BoundPhone
let challenge: Uint8Array
beforeEach(async () => {
  const { nurseId, ...rest } = await withNurse()
  ward = rest
  phone = await bind(ward, ward.desk.handlers.bindPhone({ personId: nurseId }))
  challenge = await freshChallenge(ward)
  const relayed = await ward.desk.handlers.submitAnswer({ staffId: null, digits: phone.digits(challenge) })
  expect(relayed).toMatchObject({ ok: true })
  await ward.desk.handlers.lockNow({})
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const show = (text: string) => ward.desk.handlers.submitShownAnswer({ text })
const alerts = () => eventsOf(ward, 'alert-raised').map(({ reason }) => reason)

it.each([
  ['not-mine', 'phone-not-mine'],
  ['denied', 'phone-denied'],
] as const)(
  '%s to a code that their yes has used closes the phone and raises an alert, once',
  async (decision, alert) => {
    const text = phone.shownAnswer(challenge, { decision })
    expect(await show(text)).toEqual(refused('not-approved'))
    expect(alerts()).toEqual([alert])
    // The camera reads the same code many times a second.
    expect(await show(text)).toEqual(refused('already-used'))
    expect(alerts()).toEqual([alert])
    const next = phone.digits(await freshChallenge(ward))
    expect(await ward.desk.handlers.submitAnswer({ staffId: nurse, digits: next })).toEqual(refused('phone-closed'))
  },
)

it('a second yes is still none', async () => {
  expect(await show(phone.shownAnswer(challenge))).toEqual(refused('already-used'))
  expect(alerts()).toEqual([])
})
