// A phone bound in a session that lived by the phone before: the welcome comes still, and nobody else's session is saved by it.
import { afterAll, afterEach, expect, it } from 'vitest'
import { revokeCredential } from '../../src/station/people-changes.ts'
import { beside, closeAll, read } from '../support/attack-station.ts'
import { BoundPhone } from '../support/bound-phone.ts'
import { bind, freshChallenge, offerText, welcome, withNurse } from '../support/scanning-ward.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))
/** Longer than the station takes to lock a session that was revoked. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 700))

async function signedInByPhone() {
  const ward = await withNurse()
  const phone = await bind(ward, ward.desk.handlers.bindPhone({ personId: ward.nurseId }))
  const digits = phone.digits(await freshChallenge(ward))
  expect(await ward.desk.handlers.submitAnswer({ staffId: null, digits })).toMatchObject({ ok: true })
  const next = new BoundPhone(await offerText(ward.desk.handlers.bindOwnPhone({})))
  expect(await ward.desk.handlers.submitPhonePart({ text: next.part() })).toEqual({ ok: true })
  expect(await ward.desk.handlers.confirmBinding({ digits: next.digitsForPart() })).toEqual({ ok: true })
  return { ...ward, phone, next }
}

it('the new phone scans the welcome, and signs in where the old one does no more', async () => {
  const { phone, next, ...ward } = await signedInByPhone()
  await aWhile()
  await welcome(ward, next)
  const challenge = await freshChallenge(ward)
  const old = await ward.desk.handlers.submitAnswer({ staffId: null, digits: phone.digits(challenge) })
  expect(old).toEqual({ ok: false, reason: 'wrong-or-over' })
  const answer = { staffId: 'N2044', digits: next.digits(challenge) }
  expect(await ward.desk.handlers.submitAnswer(answer)).toMatchObject({ ok: true })
})

it('from then on the session lives by the new phone', async () => {
  const { next, ...ward } = await signedInByPhone()
  await welcome(ward, next)
  const [id = ''] = read<string>(ward, "SELECT id FROM credential WHERE kind = 'phone' AND status = 'active'")
  await beside(ward, ({ ledger }) => {
    ledger.record((recorder) => revokeCredential(recorder, id, { actor: undefined, reason: 'a test' }))
  })
  await expect.poll(() => ward.desk.screen().kind, { timeout: 1000 }).toBe('locked')
})
