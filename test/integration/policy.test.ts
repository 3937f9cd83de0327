// The policy at a running station: seen, checked, changed with a fresh code, refused to others, and in force at once.
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { defaultPolicy, type PolicyDocument, policyDocument } from '../../src/contracts/policy.ts'
import { newId } from '../../src/station/primitives.ts'
import {
  addPerson,
  closeAll,
  codeNow,
  enroll,
  newWard,
  read,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { beside } from '../support/ward-ways.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

const minute = 60_000
const begin = async (): Promise<Ward> => {
  const ward = await newWard()
  await signIn(ward)
  return ward
}
const apply = ({ desk }: Ward, parts: object, after = 1) =>
  desk.handlers.changePolicy({ document: policyDocument.parse(parts), after, reason: 'a test' })
const inForce = async ({ desk }: Ward): Promise<PolicyDocument> => {
  const answer = await desk.handlers.readPolicy({})
  if (!answer.ok) throw new Error(answer.reason)
  return answer.document
}
const wrong = ({ desk }: Ward, who: string) => desk.handlers.submitCode({ staffId: who, code: '00000000' })

describe('an administrator', () => {
  it('sees it, changes it, and finds every version', async () => {
    const ward = await begin()
    const { handlers } = ward.desk
    expect(await handlers.readPolicy({})).toEqual({ ok: true, version: 1, document: defaultPolicy, group: null })
    expect(await apply(ward, { settings: { idleMs: minute } })).toEqual({ ok: true, version: 2 })
    expect(await handlers.listPolicyVersions({ page: 0 })).toMatchObject({
      total: 2,
      versions: [{ number: 2, who: 'Ada Kern', reason: 'a test' }, { number: 1 }],
    })
    expect(await handlers.readPolicyVersion({ number: 1 })).toMatchObject({ ok: true, document: defaultPolicy })
    expect(await handlers.readPolicyVersion({ number: 3 })).toEqual({ ok: false, reason: 'no-such-version' })
  })

  it('is told what is wrong with one, and can’t apply it', async () => {
    const ward = await begin()
    const document = policyDocument.parse({ settings: { factors: 'code-and-pin' } })
    // Whoever has no PIN yet chooses one at the next sign-in; a suspended one keeps its owner out.
    await beside(ward, ({ ledger }) =>
      ledger.record((recorder) => {
        const [code] = recorder.find('credential', "kind = 'totp'")
        if (!code) throw new Error('no credential')
        const { id: _, event_number: __, ...content } = code
        recorder.put('credential', newId(), { ...content, kind: 'pin', status: 'suspended' })
        recorder.event({ type: 'credential-suspended' })
      }),
    )
    expect(await ward.desk.handlers.checkPolicy({ document })).toMatchObject({
      ok: true,
      problems: [{ code: 'locks-out-administrators' }],
    })
    expect(await apply(ward, document)).toEqual({ ok: false, reason: 'policy-problems' })
    expect(await apply(ward, { grants: { 'change-policy': [] } })).toEqual({ ok: false, reason: 'policy-problems' })
    expect(await inForce(ward)).toEqual(defaultPolicy)
  })

  it('needs a proof as fresh as the policy wants for changing it', async () => {
    const ward = await begin()
    await apply(ward, { freshFor: { 'change-policy': minute } })
    ward.clock.pass(minute)
    expect(await apply(ward, { freshFor: {} }, 2)).toEqual({ ok: false, reason: 'step-up-needed' })
    // For what the document does not name, the five minutes of its settings hold.
    expect(await addPerson(ward, 'N1')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await ward.desk.handlers.stepUp({ code: codeNow(ward, ward.setupKey) })).toEqual({ ok: true })
    expect(await apply(ward, { freshFor: {} }, 2)).toEqual({ ok: true, version: 3 })
  })
})

describe('others', () => {
  it.each(['staff', 'supervisor', 'auditor'] as const)('%s changes nothing', async (role) => {
    const ward = await begin()
    const person = await addPerson(ward, 'N2044', [role])
    const key = await enroll(ward, person)
    await ward.desk.handlers.lockNow({})
    await signIn(ward, 'N2044', key)
    const { handlers } = ward.desk
    const sees = role === 'auditor'
    expect(await handlers.readPolicy({})).toMatchObject({ ok: sees })
    expect(await handlers.listPolicyVersions({ page: 0 })).toMatchObject({ ok: sees })
    expect(await handlers.readPolicyVersion({ number: 1 })).toMatchObject({ ok: sees })
    const refused = { ok: false, reason: 'not-allowed' }
    expect(await handlers.checkPolicy({ document: defaultPolicy })).toEqual(refused)
    expect(await apply(ward, { settings: { idleMs: minute } })).toEqual(refused)
  })
})

describe('what is in force', () => {
  it('decides for a session that is open, by whose it is and when', async () => {
    const ward = await begin()
    // 08:01 UTC on a Monday, wherever the test runs.
    const here = new Date(ward.clock.nowMs())
    const hours = { days: [here.getDay()], from: here.getHours() * 60, to: here.getHours() * 60 + 60 }
    const rule = { name: 'Now', when: { roles: ['administrator'], hours }, set: { idleMs: minute } }
    await apply(ward, { rules: [rule] })
    await ward.desk.handlers.reportActivity({})
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', idleLocksAtMs: ward.clock.nowMs() + minute })
    ward.clock.pass(minute)
    await expect.poll(() => ward.desk.screen().kind).toBe('locked')
  })

  it('shapes the codes of new phones, and leaves those of before as they are', async () => {
    const ward = await begin()
    await apply(ward, { totp: { algorithm: 'SHA256', digits: 8, periodSeconds: 60 } })
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', codeLength: 8 })
    const person = await addPerson(ward, 'N2044')
    await ward.desk.handlers.makeOffer({ personId: person })
    expect(ward.desk.screen()).toMatchObject({ offer: { digits: 8 } })
    await ward.desk.handlers.lockNow({})
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', codeLength: 8 })
    await signIn(ward)
  })

  it('closes typed codes sooner for everybody, known or not', async () => {
    const ward = await begin()
    await apply(ward, { settings: { throttleClosesAfter: 5, throttleDelayFrom: 1, throttleClosedMs: 60 * minute } })
    await ward.desk.handlers.lockNow({})
    for (const who of [staffId, 'NOBODY']) {
      const waits: (number | undefined)[] = []
      for (let i = 0; i < 5; i++) {
        await wrong(ward, who)
        const early = await wrong(ward, who)
        waits.push(early.ok ? 0 : early.waitMs)
        ward.clock.pass(minute)
      }
      expect(waits).toEqual([2, 4, 8, 16, 3600].map((seconds) => seconds * 1000))
    }
  })

  it('suspends at a lower number that was reached before it was lowered, with the same events for an ID that nobody has', async () => {
    const ward = await begin()
    const other = await addPerson(ward, 'N2044', ['staff'])
    await enroll(ward, other)
    await ward.desk.handlers.lockNow({})
    for (const who of ['N2044', 'NOBODY'])
      for (let i = 0; i < 25; i++) {
        ward.clock.pass(31 * minute)
        await wrong(ward, who)
      }
    await signIn(ward)
    await apply(ward, { settings: { throttleSuspendsAt: 20 } })
    await ward.desk.handlers.lockNow({})
    const events = ["SELECT json_extract(body, '$.type') FROM event WHERE number > ?"] as const
    const sizes = async (who: string) => {
      const before = read<number>(ward, 'SELECT size FROM log_head')[0]
      for (let i = 0; i < 3; i++) {
        ward.clock.pass(31 * minute)
        await wrong(ward, who)
      }
      return read<string>(ward, events[0], before)
    }
    const known = await sizes('N2044')
    expect(known).toContain('credential-suspended')
    expect(await sizes('NOBODY')).toEqual(known)
  }, 60_000)
})
