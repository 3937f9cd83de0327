// The last way in of the last administrator, where policy asks for more than a code: nothing that is done about people or place takes it.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { policyDocument } from '../../src/contracts/policy.ts'
import { closeAll, enroll, putPolicy, read, signIn, staffId, type Ward } from '../support/attack-station.ts'
import { BoundPhone } from '../support/bound-phone.ts'
import { bind, freshChallenge, offerText, welcome, withNurse } from '../support/scanning-ward.ts'
import { typeCode } from '../support/ward-ways.ts'

let ward: Ward & { readonly nurseId: string }
let adaId = ''
beforeEach(async () => {
  ward = await withNurse()
  const [id = ''] = read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)
  adaId = id
  // A phone that scans somewhere: else an administrator's code would open the station all the same, as after a restore.
  await bind(ward, ward.desk.handlers.bindPhone({ personId: ward.nurseId }))
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const last = { ok: false, reason: 'last-administrator' }
const reason = 'a test'
const wantPhones = () => putPolicy(ward, { settings: { factors: 'phone' } })
const phoneOf = (person: string, kind: string) => {
  const [id = ''] = read<string>(
    ward,
    "SELECT id FROM credential WHERE person_id = ? AND kind = ? AND status = 'active'",
    person,
    kind,
  )
  return id
}

describe('where policy wants a bound phone', () => {
  it('that of the last administrator is not revoked; their code, which opens nothing, is', async () => {
    const { handlers } = ward.desk
    const phone = await bind(ward, handlers.bindOwnPhone({}))
    await wantPhones()
    expect(await handlers.revokeCredential({ credentialId: phoneOf(adaId, 'phone'), reason })).toEqual(last)
    expect(await handlers.revokeCredential({ credentialId: phoneOf(adaId, 'totp'), reason })).toEqual({ ok: true })
    const digits = phone.digits(await freshChallenge(ward))
    expect(await handlers.submitAnswer({ staffId: null, digits })).toMatchObject({ ok: true })
  })

  it('an administrator with a code alone is nobody to leave the station to', async () => {
    const { handlers } = ward.desk
    await bind(ward, handlers.bindOwnPhone({}))
    const added = await handlers.addPerson({ displayName: 'Eve', staffId: 'A1002', roles: ['administrator'] })
    if (!added.ok) throw new Error(added.reason)
    await enroll(ward, added.personId)
    await wantPhones()
    expect(await handlers.changePersonStatus({ personId: adaId, status: 'left', reason })).toEqual(last)
    const edit = { personId: adaId, displayName: 'Ada', staffId, roles: ['staff' as const] }
    expect(await handlers.editPerson(edit)).toEqual(last)
    expect(await handlers.changePersonStatus({ personId: added.personId, status: 'left', reason })).toEqual({
      ok: true,
    })
  })
})

describe('a binding that would end the only phone that policy lets the last administrator in by', () => {
  const bindOnce = async (way: 'camera' | 'typed', passkey: 'passkey' | 'no-passkey', again: boolean) => {
    const { handlers } = ward.desk
    const offered = await (again ? handlers.bindPhone({ personId: adaId, reason }) : handlers.bindOwnPhone({}))
    const phone = new BoundPhone(await offerText(offered), passkey)
    if (way === 'camera') await handlers.submitPhonePart({ text: phone.part() })
    else await handlers.submitTypedPart({ part: phone.typedPart.replaceAll('-', '') })
    const digits = way === 'camera' ? phone.digitsForPart() : phone.digitsForTyped()
    return { phone, answer: await handlers.confirmBinding({ digits }) }
  }

  it.each<[string, 'camera' | 'typed', object, boolean]>([
    ['without a passkey, where it has to vouch', 'camera', { factors: 'verified-phone' }, false],
    ['without a passkey, said with a reason', 'camera', { factors: 'verified-phone' }, true],
    ['by typed part, where it has to vouch', 'typed', { factors: 'verified-phone' }, false],
    ['by typed part, where answers are shown', 'typed', { factors: 'phone', phoneAnswers: 'shown-or-sent' }, true],
  ])('%s, is refused, and the phone from before goes on', async (_, way, settings, again) => {
    const { phone, answer } = await bindOnce('camera', 'passkey', false)
    expect(answer).toEqual({ ok: true })
    await welcome(ward, phone)
    await putPolicy(ward, { settings })
    const before = read(ward, 'SELECT id, status FROM credential WHERE person_id = ?', adaId)
    expect((await bindOnce(way, 'no-passkey', again)).answer).toEqual(last)
    expect(read(ward, 'SELECT id, status FROM credential WHERE person_id = ?', adaId)).toEqual(before)
    expect(read(ward, 'SELECT status FROM offer ORDER BY id DESC LIMIT 1')).toEqual(['ended'])
    const text = phone.shownAnswer(await freshChallenge(ward))
    expect(await ward.desk.handlers.submitShownAnswer({ text })).toMatchObject({ ok: true })
  })

  it('with a passkey of its own, is taken', async () => {
    const { phone } = await bindOnce('camera', 'passkey', false)
    await welcome(ward, phone)
    await putPolicy(ward, { settings: { factors: 'verified-phone' } })
    const next = await bindOnce('camera', 'passkey', true)
    expect(next.answer).toEqual({ ok: true })
    await welcome(ward, next.phone)
    const text = next.phone.shownAnswer(await freshChallenge(ward))
    expect(await ward.desk.handlers.submitShownAnswer({ text })).toMatchObject({ ok: true })
  })
})

it('where no phone answers at all, as after a restore, another administrator’s code is enough', async () => {
  const { handlers } = ward.desk
  const revoke = { credentialId: phoneOf(ward.nurseId, 'phone'), reason }
  expect(await handlers.revokeCredential(revoke)).toEqual({ ok: true })
  const added = await handlers.addPerson({ displayName: 'Eve', staffId: 'A1002', roles: ['administrator'] })
  if (!added.ok) throw new Error(added.reason)
  await enroll(ward, added.personId)
  await wantPhones()
  expect(await handlers.changePersonStatus({ personId: added.personId, status: 'left', reason })).toEqual({ ok: true })
  expect(await handlers.changePersonStatus({ personId: adaId, status: 'left', reason })).toEqual(last)
})

it('the station moves into no group whose rules no administrator meets', async () => {
  const { handlers } = ward.desk
  const set = { factors: 'verified-phone' as const }
  const document = policyDocument.parse({ rules: [{ name: 'icu', when: { groups: ['icu'] }, set }] })
  await ward.desk.handlers.lockNow({})
  await signIn(ward)
  expect(await handlers.changePolicy({ document, after: 1, reason })).toMatchObject({ ok: true })
  const place = { name: 'Ward 7', location: 'Level 2' }
  const refused = { ok: false, reason: 'locks-out-administrators' }
  expect(await handlers.changeWorkstation({ ...place, group: 'icu' })).toEqual(refused)
  expect(await handlers.changeWorkstation({ ...place, group: 'ward' })).toEqual({ ok: true })
  await handlers.lockNow({})
  expect(await typeCode(ward, staffId, ward.setupKey)).toMatchObject({ ok: true })
  await bind(ward, handlers.bindOwnPhone({}), { passkey: 'passkey' })
  expect(await handlers.changeWorkstation({ ...place, group: 'icu' })).toEqual({ ok: true })
})
