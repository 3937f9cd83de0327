// The last administrator, by what policy asks of them: whoever is left must get in as it says, or nothing is changed.
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import type { z } from 'zod'
import { policyDocument } from '../../src/contracts/policy.ts'
import {
  addPerson,
  beside,
  closeAll,
  enroll,
  newWard,
  putPolicy,
  read,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'

const reason = 'a test'
const last = { ok: false, reason: 'last-administrator' }
let ward: Ward
let ada = ''
let bea = ''
let nurse = ''
beforeEach(async () => {
  ward = await newWard()
  await signIn(ward)
  ada = read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)[0] ?? ''
  bea = await addPerson(ward, 'A1002', ['administrator'])
  await enroll(ward, bea)
  nurse = await addPerson(ward, 'N2044')
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const key = Buffer.alloc(33, 2).toString('base64')
/** A phone that scans, as the row of one. @param passkey one that has seen its owner. */
const bind = (id: string, person: string, passkey = false) =>
  beside(ward, ({ ledger }) =>
    ledger.record((recorder) => {
      const own = { form: 'keys', signingKey: key, agreementKey: key, passkey: passkey ? { id: key, key } : null }
      const parameters = JSON.stringify(own)
      const row = {
        person_id: person,
        kind: 'phone',
        status: 'active',
        parameters,
        secret: null,
        last_step: -1,
      } as const
      recorder.put('credential', id, row)
      recorder.event({ type: 'offer-confirmed', person })
    }),
  )
const phoneOf = (n: number) => `01890000-0000-7000-8000-00000000000${n}`
const force = (policy: z.input<typeof policyDocument>) => putPolicy(ward, policy)
const change = (personId: string, status: 'suspended' | 'left') =>
  ward.desk.handlers.changePersonStatus({ personId, status, reason })
const revoke = (credentialId: string) => ward.desk.handlers.revokeCredential({ credentialId, reason })
const demote = (personId: string, who: string) =>
  ward.desk.handlers.editPerson({ personId, displayName: 'Person', staffId: who, roles: ['staff'] })

it('where a phone that scans is asked for, an authenticator app is none that is left', async () => {
  await bind(phoneOf(1), ada)
  await bind(phoneOf(9), nurse)
  await force({ settings: { factors: 'phone' } })
  expect(await change(ada, 'suspended')).toEqual(last)
  expect(await change(ada, 'left')).toEqual(last)
  expect(await demote(ada, staffId)).toEqual(last)
  expect(await revoke(phoneOf(1))).toEqual(last)
  // Bea never gets in by this policy: without her as many are left.
  expect(await demote(bea, 'A1002')).toEqual({ ok: true })
})

it('somebody else with such a phone is enough', async () => {
  await bind(phoneOf(1), ada)
  await bind(phoneOf(2), bea)
  await bind(phoneOf(9), nurse)
  await force({ settings: { factors: 'phone' } })
  expect(await revoke(phoneOf(1))).toEqual({ ok: true })
  expect(await revoke(phoneOf(2))).toEqual(last)
})

it('once no phone answers here at all, an administrator’s code opens the station: nobody is locked out', async () => {
  await bind(phoneOf(1), ada)
  await force({ settings: { factors: 'phone' } })
  expect(await revoke(phoneOf(1))).toEqual({ ok: true })
  ward.desk.lock('lock-button')
  await signIn(ward)
})

it('an authenticator app in the place of the only such phone is refused as it is offered', async () => {
  await bind(phoneOf(1), ada)
  await bind(phoneOf(9), nurse)
  await force({ settings: { factors: 'phone' } })
  const { handlers } = ward.desk
  expect(await handlers.makeOffer({ personId: ada, reason })).toEqual(last)
  expect(ward.desk.screen()).toMatchObject({ kind: 'session', offer: null })
  await bind(phoneOf(2), bea)
  expect(await handlers.makeOffer({ personId: ada, reason })).toMatchObject({ ok: true })
})

it('where one with a passkey is asked for, one without is none', async () => {
  await bind(phoneOf(1), ada, true)
  await bind(phoneOf(2), bea)
  await bind(phoneOf(3), ada)
  await force({ settings: { factors: 'verified-phone' } })
  expect(await revoke(phoneOf(1))).toEqual(last)
  expect(await revoke(phoneOf(3))).toEqual({ ok: true })
})

it('where a PIN is asked for, whoever has none yet gets in, and whose is suspended does not', async () => {
  await force({ settings: { factors: 'code-and-pin' } })
  expect(await demote(bea, 'A1002')).toEqual({ ok: true })
  expect(await change(ada, 'suspended')).toEqual(last)
  const edit = { personId: bea, displayName: 'Person', staffId: 'A1002', roles: ['administrator' as const] }
  expect(await ward.desk.handlers.editPerson(edit)).toEqual({ ok: true })
  await beside(ward, ({ ledger }) =>
    ledger.record((recorder) => {
      const pin = {
        person_id: bea,
        kind: 'pin',
        status: 'suspended',
        parameters: '{}',
        secret: null,
        last_step: -1,
      } as const
      recorder.put('credential', phoneOf(4), pin)
      recorder.event({ type: 'credential-suspended', person: bea })
    }),
  )
  expect(await change(ada, 'suspended')).toEqual(last)
})

it('only the rules for administrators count', async () => {
  const rule = { name: 'staff', when: { roles: ['staff' as const] }, set: { factors: 'phone' as const } }
  await force({ rules: [rule] })
  expect(await change(bea, 'left')).toEqual({ ok: true })
  expect(await change(ada, 'left')).toEqual(last)
})

it('a policy that asks what no administrator has is refused, and nothing of it is kept', async () => {
  const { handlers } = ward.desk
  for (const factors of ['phone', 'verified-phone'] as const) {
    const answer = await handlers.changePolicy({
      document: policyDocument.parse({ settings: { factors } }),
      after: 1,
      reason,
    })
    expect(answer).toMatchObject({ ok: false, reason: 'policy-problems' })
  }
  await bind(phoneOf(1), ada)
  const verified = await handlers.changePolicy({
    document: policyDocument.parse({ settings: { factors: 'verified-phone' } }),
    after: 1,
    reason,
  })
  expect(verified).toMatchObject({ reason: 'policy-problems' })
  const phone = await handlers.changePolicy({
    document: policyDocument.parse({ settings: { factors: 'phone' } }),
    after: 1,
    reason,
  })
  expect(phone).toMatchObject({ ok: true })
})

it('two people for something, with one who could: said in the check, from what is enrolled here', async () => {
  const check = async () => {
    const answer = await ward.desk.handlers.checkPolicy({
      document: policyDocument.parse({ approvals: ['change-people'] }),
    })
    return answer.ok ? answer.warnings : answer
  }
  expect(await check()).toEqual([])
  expect(await change(bea, 'suspended')).toEqual({ ok: true })
  expect(await check()).toEqual([{ code: 'nobody-to-approve', action: 'change-people' }])
})
