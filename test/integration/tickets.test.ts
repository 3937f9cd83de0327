// Tickets: who may issue one for whom, what each kind opens, and everything that ends it.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Output } from '../../src/contracts/ipc.ts'
import { loginByTicket, typedTicket } from '../../src/station/login-ticket.ts'
import {
  addPerson,
  closeAll,
  newWard,
  plain,
  read,
  restart,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { codeOf } from '../support/fakes.ts'
import { beside, eventsOf, goodPin, kindOf, type Member, member, partsOf, setPolicy } from '../support/ward-ways.ts'

let ward: Ward
let carmen: Member
let bola: string
beforeEach(async () => {
  ward = await newWard()
  carmen = await member(ward, 'N2107', ['supervisor'])
  await signIn(ward)
  bola = await addPerson(ward, 'N2044')
  ward.desk.lock('lock-button')
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

type Purpose = 'sign-in' | 'enroll'
const reason = 'phone left at home'
const asked = (personId: string, purpose: Purpose = 'sign-in', hours = 1) => ({ personId, purpose, hours, reason })
const bySupervisor = () => signIn(ward, carmen.staffId, carmen.setupKey)

/** Issued by the supervisor, who locks again. */
async function ticketFor(personId: string, purpose: Purpose = 'sign-in', hours = 1): Promise<string> {
  await bySupervisor()
  const issued = await ward.desk.handlers.issueTicket(asked(personId, purpose, hours))
  ward.desk.lock('lock-button')
  if (!issued.ok) throw new Error(issued.reason)
  expect(issued.ticket).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
  return plain(issued.ticket)
}
const submit = (code: string, who = 'N2044') => ward.desk.handlers.submitTicket({ staffId: who, code })
const wrong = { ok: false, reason: 'wrong-code' }
const ends = () => eventsOf(ward, 'ticket-ended').map((event) => event.reason)

describe('issuing', () => {
  it('is a supervisor’s for staff, and nobody’s for themselves or for somebody who may do more', async () => {
    await bySupervisor()
    const { handlers } = ward.desk
    const [adaId = ''] = read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)
    const nobody = '01890000-0000-7000-8000-000000000000'
    expect(await handlers.issueTicket(asked(adaId))).toEqual({ ok: false, reason: 'not-for-them' })
    expect(await handlers.issueTicket(asked(carmen.id))).toEqual({ ok: false, reason: 'not-for-them' })
    expect(await handlers.issueTicket(asked(nobody))).toEqual({ ok: false, reason: 'no-such-person' })
    expect(await handlers.readTickets({ personId: adaId })).toMatchObject({ ok: true, mayIssue: [] })
    expect(await handlers.readTickets({ personId: bola })).toMatchObject({ ok: true, mayIssue: ['sign-in'] })
    expect(eventsOf(ward, 'ticket-issued')).toEqual([])
    expect(await handlers.issueTicket(asked(bola))).toMatchObject({ ok: true })
    expect(eventsOf(ward, 'ticket-issued')).toMatchObject([{ person: bola, actor: carmen.id, reason }])
  })

  it('is not for staff, and needs a fresh code', async () => {
    const other = await member(ward, 'N3000')
    await signIn(ward, other.staffId, other.setupKey)
    expect(await ward.desk.handlers.issueTicket(asked(bola))).toEqual({ ok: false, reason: 'not-allowed' })
    ward.desk.lock('lock-button')
    await setPolicy(ward, { idleMs: 60 * 60_000, freshMs: 60_000 })
    await bySupervisor()
    ward.clock.pass(61_000)
    expect(await ward.desk.handlers.issueTicket(asked(bola))).toEqual({ ok: false, reason: 'step-up-needed' })
  })

  it('of one for an enrollment is a matter of policy, and none is for somebody suspended', async () => {
    await bySupervisor()
    expect(await ward.desk.handlers.issueTicket(asked(bola, 'enroll'))).toEqual({ ok: false, reason: 'by-policy' })
    ward.desk.lock('lock-button')
    await signIn(ward)
    await ward.desk.handlers.changePersonStatus({ personId: bola, status: 'suspended', reason })
    expect(await ward.desk.handlers.issueTicket(asked(bola))).toEqual({ ok: false, reason: 'person-inactive' })
  })
})

describe('a ticket to sign in', () => {
  it('gets its person in once, with no fresh proof and no new phone of their own making', async () => {
    const code = await ticketFor(bola)
    expect(await submit(code)).toEqual({ ok: true, displayName: 'Person N2044' })
    const { handlers } = ward.desk
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', method: 'ticket', newPhone: 'with-approval' })
    expect(ward.desk.screen()).toMatchObject({ codesFor: null })
    expect(await handlers.renewRecoveryCodes({})).toEqual({ ok: false, reason: 'not-now' })
    expect(await handlers.makeOwnRecoveryCodes({})).toEqual({ ok: false, reason: 'step-up-needed' })
    expect(await handlers.changeOwnPin({ pin: goodPin, again: goodPin })).toMatchObject({ reason: 'step-up-needed' })
    expect(await handlers.enrollOwnPhone({ approval: null })).toEqual({ ok: false, reason: 'not-allowed' })
    ward.desk.lock('lock-button')
    expect(await submit(code)).toEqual(wrong)
    expect(ends()).toEqual(['used'])
    expect(await handlers.enrollOwnPhone({ approval: null })).toEqual({ ok: false, reason: 'not-now' })
  })

  it('is nobody else’s, and the one from before ends with the next', async () => {
    const first = await ticketFor(bola)
    const second = await ticketFor(bola)
    expect(await submit(second, carmen.staffId)).toEqual(wrong)
    expect(await submit(first)).toEqual(wrong)
    expect(await submit(second)).toMatchObject({ ok: true })
    expect(ends()).toEqual(['replaced', 'used'])
  })

  it.each([1, 12])('works for %d hours and not a moment longer, nor with the clock set back', async (hours) => {
    const code = await ticketFor(bola, 'sign-in', hours)
    const start = ward.clock.nowMs()
    ward.clock.wallMs = start - 60 * 60_000
    expect((await submit(code)).ok).toBe(false)
    const again = await (async () => {
      ward.clock.wallMs = start
      return ticketFor(bola, 'sign-in', hours)
    })()
    ward.clock.pass(hours * 60 * 60_000)
    expect(await submit(again)).toEqual(wrong)
    expect(ends()).toEqual(['expired', 'expired'])
    expect(read(ward, "SELECT count(*) FROM ticket WHERE status = 'open' OR secret IS NOT NULL")).toEqual([0])
  })

  it('lives over a restart, and is swept where its time ended meanwhile', async () => {
    const code = await ticketFor(bola)
    await ward.desk.close()
    ward = await restart(ward)
    expect(await submit(code)).toMatchObject({ ok: true })
    ward.desk.lock('lock-button')
    await ticketFor(bola)
    await ward.desk.close()
    ward.clock.pass(60 * 60_000)
    ward = await restart(ward)
    expect(ends()).toEqual(['used', 'expired'])
  })

  it('is revoked with a reason, and not twice', async () => {
    const code = await ticketFor(bola)
    await bySupervisor()
    const list = await ward.desk.handlers.readTickets({ personId: bola })
    if (!list.ok) throw new Error(list.reason)
    expect(list.tickets).toMatchObject([{ purpose: 'sign-in', issuedBy: 'Person N2107' }])
    const ticketId = list.tickets[0]?.id ?? ''
    expect(await ward.desk.handlers.revokeTicket({ ticketId, reason })).toEqual({ ok: true })
    expect(await ward.desk.handlers.revokeTicket({ ticketId, reason })).toEqual({ ok: false, reason: 'no-such-ticket' })
    ward.desk.lock('lock-button')
    expect(await submit(code)).toEqual(wrong)
    expect(eventsOf(ward, 'ticket-ended')).toMatchObject([{ reason, actor: carmen.id }])
  })

  it.each(['suspended', 'left'] as const)('ends where its person is %s', async (status) => {
    const code = await ticketFor(bola)
    await signIn(ward)
    await ward.desk.handlers.changePersonStatus({ personId: bola, status, reason })
    await ward.desk.handlers.changePersonStatus({ personId: bola, status: 'active', reason })
    ward.desk.lock('lock-button')
    expect(await submit(code)).toEqual(wrong)
    expect(ends()).toEqual([`person-${status}`])
  })

  it('opens nothing once its person may do more than whoever issued it', async () => {
    const code = await ticketFor(bola)
    await signIn(ward)
    const change = { personId: bola, displayName: 'Bola', staffId: 'N2044', roles: ['administrator' as const] }
    expect(await ward.desk.handlers.editPerson(change)).toEqual({ ok: true })
    ward.desk.lock('lock-button')
    expect(await submit(code)).toEqual(wrong)
    expect(ends()).toEqual(['issuer-not-allowed'])
    expect(kindOf(ward)).toBe('locked')
  })

  it('is tried ten times at most; codes and recovery codes go on', async () => {
    await ticketFor(bola)
    for (let tries = 0; tries < 10; tries++) {
      ward.clock.pass(61_000)
      expect(await submit('A'.repeat(16))).toEqual(wrong)
    }
    expect(await submit('A'.repeat(16))).toMatchObject({ reason: 'throttled', waitMs: 30 * 60_000 })
    expect(read<string>(ward, "SELECT id FROM throttle WHERE id != 'station'").map((id) => id.split(':')[0])).toEqual([
      'ticket',
    ])
  })

  it('is used once, whichever process comes first', async () => {
    const code = await ticketFor(bola)
    const first = await beside(ward, async (opened) => {
      const parts = partsOf(opened, ward.clock)
      return loginByTicket(parts, 'N2044', await typedTicket(parts, 'N2044', code))
    })
    expect(first).toMatchObject({ ok: true })
    expect(await submit(code)).toEqual(wrong)
  })
})

describe('a ticket to an enrollment', () => {
  beforeEach(() => setPolicy(ward, { firstSignIn: 'ticket', factors: 'code-and-pin' }))
  const secretOf = (answer: Output<'submitTicket'>): string => {
    if (!answer.ok || !('secret' in answer)) throw new Error('no offer')
    return answer.secret.setupKey
  }
  const atOffer = async () => {
    // With the PIN that policy now wants of the supervisor as well.
    const { handlers } = ward.desk
    ward.clock.pass(30_000)
    const code = codeOf(carmen.setupKey, ward.clock.nowMs())
    const answer = await handlers.submitCode({ staffId: carmen.staffId, code })
    const twice = { pin: goodPin, again: goodPin }
    if (!answer.ok && answer.reason === 'new-pin-needed') await handlers.setNewPin(twice)
    else await handlers.submitPin({ pin: goodPin })
    const issued = await handlers.issueTicket(asked(bola, 'enroll'))
    ward.desk.lock('lock-button')
    if (!issued.ok) throw new Error(issued.reason)
    return secretOf(await submit(plain(issued.ticket)))
  }

  it('leads to the offer, first code, PIN and recovery codes, and to no session', async () => {
    const setupKey = await atOffer()
    const { handlers } = ward.desk
    expect(ward.desk.screen()).toMatchObject({ kind: 'offer', offer: { staffId: 'N2044', renewable: false } })
    expect(await handlers.listPeople({ search: '', page: 0 })).toEqual({ ok: false, reason: 'not-allowed' })
    const first = codeOf(setupKey, ward.clock.nowMs())
    expect(await handlers.confirmOffer({ code: first })).toMatchObject({ ok: true })
    expect(kindOf(ward)).toBe('new-pin')
    expect(await handlers.setNewPin({ pin: '903714', again: '903714' })).toEqual({ ok: true })
    expect(kindOf(ward)).toBe('recovery-codes')
    expect(await handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', notice: 'wait-for-next-code' })
    expect(await handlers.submitCode({ staffId: 'N2044', code: first })).toMatchObject({ reason: 'already-used' })
    ward.clock.pass(30_000)
    const next = codeOf(setupKey, ward.clock.nowMs())
    expect(await handlers.submitCode({ staffId: 'N2044', code: next })).toEqual({ ok: false, reason: 'pin-needed' })
    expect(read(ward, 'SELECT count(*) FROM session WHERE person_id = ?', bola)).toEqual([0])
  })

  it('leaves nothing to whoever comes by: no other offer, and nothing after a lock', async () => {
    await atOffer()
    expect(await ward.desk.handlers.renewOffer({})).toEqual({ ok: false, reason: 'not-now' })
    ward.desk.lock('lock-key')
    expect(kindOf(ward)).toBe('locked')
    expect(read(ward, "SELECT count(*) FROM offer WHERE status = 'open'")).toEqual([0])
    const setupKey = await atOffer()
    await ward.desk.handlers.confirmOffer({ code: codeOf(setupKey, ward.clock.nowMs()) })
    ward.desk.lock('suspend')
    expect(kindOf(ward)).toBe('locked')
    expect(await ward.desk.handlers.setNewPin({ pin: goodPin, again: goodPin })).toMatchObject({ reason: 'not-now' })
  })
})
