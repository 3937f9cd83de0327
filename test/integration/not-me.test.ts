// "It was not me": what closes, for whom, and that somebody is always left to decide; and who may look after alerts and the log.
import { afterAll, afterEach, expect, it } from 'vitest'
import {
  addPerson,
  closeAll,
  codeNow,
  enroll,
  newWard,
  plain,
  read,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** An administrator who is signed in, and a nurse with a phone. */
async function wardWithNurse(): Promise<Ward & { nurseKey: string; nurseId: string }> {
  const ward = await newWard()
  await signIn(ward)
  const nurseId = await addPerson(ward, 'N2044')
  const nurseKey = await enroll(ward, nurseId)
  return { ...ward, nurseKey, nurseId }
}
const signInOf = (ward: Ward, place = 0): number => {
  const screen = ward.desk.screen()
  const number = screen.kind === 'session' ? screen.lastSignIns[place]?.number : undefined
  if (number === undefined) throw new Error('no such sign-in on the screen')
  return number
}
const types = (ward: Ward, after: number) =>
  read<string>(ward, 'SELECT type FROM event WHERE number > ? ORDER BY number', after)
const size = (ward: Ward) => read<number>(ward, 'SELECT max(number) FROM event')[0] ?? 0

it('of staff: locks, suspends person and credentials, and alerts, before the answer; nothing is erased', async () => {
  const ward = await wardWithNurse()
  const { handlers } = ward.desk
  await handlers.lockNow({})
  await signIn(ward, 'N2044', ward.nurseKey)
  await handlers.lockNow({})
  await signIn(ward, 'N2044', ward.nurseKey)
  const event = signInOf(ward)
  const before = size(ward)
  expect(await handlers.reportNotMe({ event })).toEqual({ ok: true })
  expect(ward.desk.screen()).toMatchObject({ kind: 'locked', notice: 'reported' })
  expect(types(ward, before)).toEqual([
    'sign-in-disowned',
    'session-ended',
    'person-status-changed',
    'credential-suspended',
    'credential-suspended',
    'alert-raised',
  ])
  expect(read(ward, 'SELECT status FROM person WHERE id = ?', ward.nurseId)).toEqual(['suspended'])
  const kept = "SELECT status FROM credential WHERE person_id = ? AND status != 'ended' AND secret IS NOT NULL"
  expect(read(ward, kept, ward.nurseId)).toEqual(['suspended', 'suspended'])
  ward.clock.pass(30_000)
  const code = codeNow(ward, ward.nurseKey)
  expect(await handlers.submitCode({ staffId: 'N2044', code })).toEqual({ ok: false, reason: 'suspended' })

  await signIn(ward)
  const open = await handlers.listAlerts({ open: true, after: null })
  expect(open).toMatchObject({ alerts: [{ kind: 'not-me', person: { staffId: 'N2044' }, signIn: { event } }] })
  // Let back in, and the phone once somebody says that it was theirs all along.
  expect(
    await handlers.changePersonStatus({ personId: ward.nurseId, status: 'active', reason: 'spoke with them' }),
  ).toEqual({ ok: true })
  const person = await handlers.readPerson({ personId: ward.nurseId })
  const phone = person.ok && person.credentials.find(({ kind, status }) => kind === 'totp' && status === 'suspended')
  if (!phone) throw new Error('no suspended phone')
  const reason = 'it was theirs'
  expect(await handlers.reinstateCredential({ credentialId: phone.id, reason })).toEqual({ ok: true })
  expect(await handlers.reinstateCredential({ credentialId: phone.id, reason })).toMatchObject({
    reason: 'no-such-credential',
  })
  await handlers.lockNow({})
  await signIn(ward, 'N2044', ward.nurseKey)
})

it('of the last administrator: the phone closes, a recovery code still opens, and the alert waits for them', async () => {
  const ward = await newWard()
  const { handlers } = ward.desk
  await signIn(ward)
  await handlers.lockNow({})
  await signIn(ward)
  expect(await handlers.reportNotMe({ event: signInOf(ward) })).toEqual({ ok: true })
  expect(ward.desk.screen()).toMatchObject({ kind: 'locked', notice: 'reported-last' })
  ward.clock.pass(30_000)
  const code = codeNow(ward, ward.setupKey)
  expect(await handlers.submitCode({ staffId, code })).toEqual({ ok: false, reason: 'suspended' })
  const [recovery] = ward.recoveryCodes
  expect(await handlers.submitRecoveryCode({ staffId, code: plain(recovery) })).toMatchObject({ ok: true })
  expect(ward.desk.screen()).toMatchObject({ alerts: [{ kind: 'not-me' }], alertCount: 1 })
})

it('of the last administrator, about a recovery code: the codes close, the phone still opens', async () => {
  const ward = await newWard()
  const { handlers } = ward.desk
  const [first, second] = ward.recoveryCodes
  await handlers.submitRecoveryCode({ staffId, code: plain(first) })
  await handlers.lockNow({})
  await signIn(ward)
  await handlers.reportNotMe({ event: signInOf(ward) })
  expect(await handlers.submitRecoveryCode({ staffId, code: plain(second) })).toEqual({
    ok: false,
    reason: 'suspended',
  })
  await signIn(ward)
})

it('of the last administrator who has no code left: nothing closes for ever', async () => {
  const ward = await newWard()
  const { handlers } = ward.desk
  for (const code of ward.recoveryCodes) {
    await handlers.submitRecoveryCode({ staffId, code: plain(code) })
    await handlers.lockNow({})
  }
  await signIn(ward)
  await handlers.lockNow({})
  await signIn(ward)
  expect(await handlers.reportNotMe({ event: signInOf(ward) })).toEqual({ ok: true })
  expect(ward.desk.screen()).toMatchObject({ notice: 'reported-last' })
  await signIn(ward)
})

it('with a second administrator, the first is suspended like anybody', async () => {
  const ward = await newWard()
  const { handlers } = ward.desk
  await signIn(ward)
  const other = await enroll(ward, await addPerson(ward, 'A1002', ['administrator']))
  await handlers.lockNow({})
  await signIn(ward)
  await handlers.reportNotMe({ event: signInOf(ward) })
  expect(ward.desk.screen()).toMatchObject({ notice: 'reported' })
  const [recovery] = ward.recoveryCodes
  expect(await handlers.submitRecoveryCode({ staffId, code: plain(recovery) })).toMatchObject({ reason: 'suspended' })
  await signIn(ward, 'A1002', other)
})

it('names only a sign-in that the screen lists: not somebody else’s, not any event', async () => {
  const ward = await wardWithNurse()
  const { handlers } = ward.desk
  const others = read<number>(ward, "SELECT number FROM event WHERE type = 'login-attempted'")
  await handlers.lockNow({})
  expect(await handlers.reportNotMe({ event: others[0] ?? 0 })).toEqual({ ok: false, reason: 'not-now' })
  await signIn(ward, 'N2044', ward.nurseKey)
  for (const event of [...others, 1, 999])
    expect(await handlers.reportNotMe({ event })).toMatchObject({ reason: 'no-such-sign-in' })
  expect(ward.desk.screen()).toMatchObject({ kind: 'session' })
})

const filter = { group: null, person: '', outcome: null, fromMs: null, toMs: null }
it.each([
  ['staff', false, false],
  ['supervisor', false, false],
  ['auditor', true, false],
  ['administrator', true, true],
] as const)('%s: may read the log %s, may look after alerts %s', async (role, log, alerts) => {
  const ward = await newWard()
  const { handlers } = ward.desk
  await signIn(ward)
  const key = await enroll(ward, await addPerson(ward, 'X1', [role]))
  await handlers.lockNow({})
  await signIn(ward, 'X1', key)
  const may = (answer: { ok: boolean; reason?: string }) => answer.ok || answer.reason !== 'not-allowed'
  expect([
    may(await handlers.readLog({ filter, before: null })),
    may(await handlers.readEvent({ number: 1 })),
    may(await handlers.readLogWork({})),
    may(await handlers.verifyLog({})),
    may(await handlers.cancelLogWork({})),
    may(await handlers.exportLog({ format: 'csv' })),
  ]).toEqual(Array(6).fill(log))
  expect([
    may(await handlers.listAlerts({ open: true, after: null })),
    may(await handlers.acknowledgeAlert({ alertId: '01890000-0000-7000-8000-000000000000' })),
  ]).toEqual([alerts, alerts])
  expect(ward.desk.screen()).toMatchObject({ alerts: [] })
})
