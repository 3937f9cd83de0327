// Two-person approval, where policy wants it: somebody else's code for this one change, and both in its event.
import { afterAll, afterEach, expect, it } from 'vitest'
import {
  addPerson,
  closeAll,
  codeNow,
  enroll,
  eventsOf,
  newWard,
  putPolicy,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

const stepMs = 30_000
const needed = { ok: false, reason: 'second-needed' }
const eve = { displayName: 'Eve', staffId: 'E1', roles: ['staff' as const] }

interface Two extends Ward {
  readonly secondId: string
  readonly secondKey: string
  readonly nurseKey: string
  readonly nurseId: string
}
async function withTwo(): Promise<Two> {
  const ward = await newWard()
  await signIn(ward)
  const secondId = await addPerson(ward, 'A1002', ['administrator'])
  const secondKey = await enroll(ward, secondId)
  const nurseId = await addPerson(ward, 'N2044')
  const nurseKey = await enroll(ward, nurseId)
  await putPolicy(ward, { approvals: ['change-people', 'enroll'] })
  ward.clock.pass(stepMs)
  return { ...ward, secondId, secondKey, nurseId, nurseKey }
}
const approve = (ward: Two, who: string, setupKey: string) =>
  ward.desk.handlers.approveAsSecond({ staffId: who, code: codeNow(ward, setupKey) })

it('a change waits for a second person, is made once, and names both', async () => {
  const ward = await withTwo()
  const { handlers } = ward.desk
  expect(await handlers.addPerson(eve)).toEqual(needed)
  expect(await approve(ward, 'A1002', ward.secondKey)).toEqual({ ok: true })
  expect(await handlers.addPerson(eve)).toMatchObject({ ok: true })
  expect(eventsOf(ward, 'person-added').at(-1)).toMatchObject({ second: ward.secondId })
  expect(eventsOf(ward, 'person-added').at(-1)?.actor).not.toBe(ward.secondId)
  expect(await handlers.addPerson({ ...eve, staffId: 'E2' })).toEqual(needed)
})

it('the approval is for that one change: another, even of the same kind, has none', async () => {
  const ward = await withTwo()
  const { handlers } = ward.desk
  expect(await handlers.addPerson(eve)).toEqual(needed)
  expect(await approve(ward, 'A1002', ward.secondKey)).toEqual({ ok: true })
  expect(await handlers.addPerson({ ...eve, roles: ['administrator'] })).toEqual(needed)
  expect(await handlers.addPerson(eve)).toEqual(needed)
})

it('is refused to the same person, to one who may not do it, and to a wrong code', async () => {
  const ward = await withTwo()
  expect(await approve(ward, 'A1002', ward.secondKey)).toEqual({ ok: false, reason: 'not-now' })
  expect(await ward.desk.handlers.addPerson(eve)).toEqual(needed)
  expect(await approve(ward, staffId, ward.setupKey)).toEqual({ ok: false, reason: 'not-allowed' })
  expect(await approve(ward, 'N2044', ward.nurseKey)).toEqual({ ok: false, reason: 'not-allowed' })
  const wrong = await ward.desk.handlers.approveAsSecond({ staffId: 'A1002', code: '00000000' })
  expect(wrong).toEqual({ ok: false, reason: 'wrong-code' })
  expect(await ward.desk.handlers.addPerson(eve)).toEqual(needed)
})

it('holds for an offer, whose event names both', async () => {
  const ward = await withTwo()
  const { handlers } = ward.desk
  const wish = { personId: ward.nurseId, reason: 'a new phone' }
  expect(await handlers.makeOffer(wish)).toEqual(needed)
  expect(await approve(ward, 'A1002', ward.secondKey)).toEqual({ ok: true })
  expect(await handlers.makeOffer(wish)).toMatchObject({ ok: true })
  expect(eventsOf(ward, 'offer-made').at(-1)).toMatchObject({ second: ward.secondId, reason: 'a new phone' })
})

it('ends with the session', async () => {
  const ward = await withTwo()
  const { handlers } = ward.desk
  expect(await handlers.addPerson(eve)).toEqual(needed)
  expect(await approve(ward, 'A1002', ward.secondKey)).toEqual({ ok: true })
  await handlers.lockNow({})
  await signIn(ward)
  expect(await handlers.addPerson(eve)).toEqual(needed)
})

it('is not asked for where policy does not want it', async () => {
  const ward = await withTwo()
  const revoked = await ward.desk.handlers.revokeCredential({ credentialId: ward.secondId, reason: 'a test' })
  expect(revoked).toEqual({ ok: false, reason: 'no-such-credential' })
})
