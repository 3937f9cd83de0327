// Approvals that reach further than whoever gives them: above their own role, alone where two are wanted, before they are confirmed.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { approveByCode } from '../../src/station/login.ts'
import { stationRow } from '../../src/station/signing.ts'
import {
  closeAll,
  codeNow,
  eventsOf,
  newWard,
  plain,
  putPolicy,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { beside, type Member, member, partsOf } from '../support/ward-ways.ts'

let ward: Ward
let carmen: Member
let bola: Member
beforeEach(async () => {
  ward = await newWard()
  carmen = await member(ward, 'N2107', ['supervisor'])
  bola = await member(ward, 'N2044')
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const notAllowed = { ok: false, reason: 'not-allowed' }
const reason = 'phone left at home'

const supervisors = ['supervisor', 'administrator']
const everyGrant = { enroll: supervisors, 'enroll-self': [], 'issue-tickets': supervisors }
const grants = (wanted: object) => ({ grants: wanted }) as Parameters<typeof putPolicy>[1]

/** The supervisor's code, in the session that is open. */
function approved() {
  ward.clock.pass(30_000)
  const approval = { staffId: carmen.staffId, code: codeNow(ward, carmen.setupKey) }
  return ward.desk.handlers.enrollOwnPhone({ approval })
}

/** Issued by the supervisor alone, who locks again. */
async function ticket(purpose: 'sign-in' | 'enroll') {
  await signIn(ward, carmen.staffId, carmen.setupKey)
  const issued = await ward.desk.handlers.issueTicket({ personId: bola.id, purpose, hours: 1, reason })
  ward.desk.lock('lock-button')
  return issued
}

it('a supervisor approves no new phone of an administrator who came in by a recovery code', async () => {
  await putPolicy(ward, grants(everyGrant))
  const code = plain(ward.recoveryCodes[0])
  expect(await ward.desk.handlers.submitRecoveryCode({ staffId, code })).toMatchObject({ ok: true })
  expect(await approved()).toEqual(notAllowed)
  expect(eventsOf(ward, 'approval-attempted').at(-1)).toMatchObject({ outcome: 'refused', reason: 'not-allowed' })
})

describe('where policy wants two people to enroll', () => {
  beforeEach(() => putPolicy(ward, { approvals: ['enroll'], settings: { firstSignIn: 'ticket' } }))

  it('one alone gets no ticket to an enrollment', async () => {
    expect(await ticket('enroll')).toEqual({ ok: false, reason: 'by-policy' })
  })

  it('a ticket from before leads to no offer any more', async () => {
    await putPolicy(ward, { settings: { firstSignIn: 'ticket' } })
    const issued = await ticket('enroll')
    if (!issued.ok) throw new Error(issued.reason)
    await putPolicy(ward, { approvals: ['enroll'], settings: { firstSignIn: 'ticket' } })
    const answer = await ward.desk.handlers.submitTicket({ staffId: bola.staffId, code: plain(issued.ticket) })
    expect(answer).toEqual({ ok: false, reason: 'wrong-code' })
  })

  it('whoever issued a ticket to sign in does not approve the new phone as well', async () => {
    const issued = await ticket('sign-in')
    if (!issued.ok) throw new Error(issued.reason)
    const code = plain(issued.ticket)
    expect(await ward.desk.handlers.submitTicket({ staffId: bola.staffId, code })).toMatchObject({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ newPhone: null })
    expect(await approved()).toMatchObject({ ok: false })
    expect(eventsOf(ward, 'offer-made').at(-1)?.actor).not.toBe(carmen.id)
  })
})

it('who may issue tickets but not enroll issues none to an enrollment', async () => {
  await putPolicy(ward, {
    settings: { firstSignIn: 'ticket' },
    ...grants({ ...everyGrant, enroll: ['administrator'] }),
  })
  expect(await ticket('enroll')).toEqual({ ok: false, reason: 'by-policy' })
  expect(await ticket('sign-in')).toMatchObject({ ok: true })
})

it('after a restore nobody approves anything before the people are confirmed, but administrators', async () => {
  await beside(ward, ({ ledger }) =>
    ledger.record((recorder) => {
      const station = recorder.get('station', stationRow)
      if (!station) throw new Error('no station')
      const { id, event_number: _, ...content } = station
      recorder.put('station', id, { ...content, unconfirmed_since_ms: ward.clock.nowMs() })
      recorder.event({ type: 'station-changed' })
    }),
  )
  ward.clock.pass(30_000)
  const action = { name: 'a test', mayApprove: () => true, work: () => 'done' }
  const by = (who: string, setupKey: string) =>
    beside(ward, (opened) => approveByCode(partsOf(opened, ward.clock), who, codeNow(ward, setupKey), action, 'always'))
  expect(await by(carmen.staffId, carmen.setupKey)).toEqual({ ok: false, reason: 'people-unconfirmed' })
  expect(await by(staffId, ward.setupKey)).toEqual({ ok: true, value: 'done' })
})

it('a supervisor takes no ticket from an administrator', async () => {
  const other = await member(ward, 'A1002', ['administrator'])
  await signIn(ward)
  const wish = { personId: other.id, purpose: 'sign-in' as const, hours: 1, reason }
  expect(await ward.desk.handlers.issueTicket(wish)).toMatchObject({ ok: true })
  ward.desk.lock('lock-button')
  await signIn(ward, carmen.staffId, carmen.setupKey)
  const list = await ward.desk.handlers.readTickets({ personId: other.id })
  if (!list.ok) throw new Error(list.reason)
  const ticketId = list.tickets[0]?.id ?? ''
  expect(await ward.desk.handlers.revokeTicket({ ticketId, reason })).toEqual(notAllowed)
})
