// A person's life at a station that stands alone: imported, enrolled, let in without the phone, given a new one, revoked.
import { afterEach, describe, expect, it } from 'vitest'
import type { Output } from '../../src/contracts/ipc.ts'
import { administrator, type Bench, codeOf, setUp, startDesk } from '../support/fakes.ts'

const open: Bench[] = []
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.desk.close()
})
const stepMs = 30_000
const file = 'staff_id,name,roles\nN2044,Bola Adeyemi,staff\nN2107,Carmen Ruiz,supervisor;staff\n'

interface Ward extends Bench {
  readonly administratorKey: string
  readonly recoveryCodes: readonly string[]
}

/** Set up, and the administrator signed in. */
async function begin(): Promise<Ward> {
  const bench = await startDesk()
  open.push(bench)
  const { setupKey, recoveryCodes } = await setUp(bench)
  const ward = { ...bench, administratorKey: setupKey, recoveryCodes }
  await signIn(ward, administrator.staffId, setupKey)
  return ward
}

async function signIn({ desk, clock }: Bench, staffId: string, setupKey: string): Promise<Output<'submitCode'>> {
  await desk.handlers.lockNow({})
  clock.pass(stepMs)
  return desk.handlers.submitCode({ staffId, code: codeOf(setupKey, clock.nowMs()) })
}

async function idOf({ desk }: Bench, staffId: string): Promise<string> {
  const found = await desk.handlers.listPeople({ search: staffId, page: 0 })
  const [person] = found.ok ? found.people : []
  if (!person) throw new Error(`no ${staffId}`)
  return person.id
}

async function enroll(
  ward: Bench,
  staffId: string,
  reason?: string,
): Promise<{ setupKey: string; recoveryCodes: readonly string[] }> {
  const { handlers } = ward.desk
  const offered = await handlers.makeOffer({ personId: await idOf(ward, staffId), reason })
  if (!offered.ok) throw new Error(offered.reason)
  const { setupKey } = offered.secret
  const confirmed = await handlers.confirmOffer({ code: codeOf(setupKey, ward.clock.nowMs()) })
  if (!confirmed.ok) throw new Error(confirmed.reason)
  await handlers.acknowledgeRecoveryCodes({})
  return { setupKey, recoveryCodes: confirmed.recoveryCodes }
}

const credentialOf = async (ward: Bench, staffId: string, kind: 'totp' | 'recovery'): Promise<string> => {
  const read = await ward.desk.handlers.readPerson({ personId: await idOf(ward, staffId) })
  const credential = read.ok && read.credentials.find((each) => each.kind === kind && each.status === 'active')
  if (!credential) throw new Error(`no ${kind}`)
  return credential.id
}
const typed = (code = '') => code.replaceAll('-', '')

describe('from the file to the first login', () => {
  it('imports all of it, enrolls one of them, and lets them in', async () => {
    const ward = await begin()
    const { handlers } = ward.desk
    expect(await handlers.previewImport({ text: file })).toMatchObject({ ok: true, count: 2, problemCount: 0 })
    expect(await handlers.importPeople({ text: file })).toEqual({ ok: true, added: 2 })
    const { setupKey } = await enroll(ward, 'N2044')
    expect(await signIn(ward, 'N2044', setupKey)).toEqual({ ok: true, displayName: 'Bola Adeyemi' })
  })

  it('imports nothing of a file with one bad line, and names every one', async () => {
    const ward = await begin()
    const { handlers } = ward.desk
    const text = `${file}N2044,Somebody Else,staff\n,No Id,staff\nN3000,Dora,boss\nA1001,Ada Again,staff\nN3001,Two\n`
    expect(await handlers.previewImport({ text })).toMatchObject({
      count: 2,
      problems: [
        { line: 4, problem: 'twice-in-file', text: 'N2044', other: 2 },
        { line: 5, problem: 'bad-staff-id' },
        { line: 6, problem: 'bad-role', text: 'boss' },
        { line: 7, problem: 'staff-id-taken', text: 'A1001' },
        { line: 8, problem: 'wrong-columns' },
      ],
    })
    expect(await handlers.importPeople({ text })).toEqual({ ok: false, reason: 'has-problems' })
    expect(await handlers.listPeople({ search: '', page: 0 })).toMatchObject({ total: 1 })
  })
})

describe('a lost phone', () => {
  it('is got over by a recovery code, and ends when the new one is proved', async () => {
    const ward = await begin()
    await ward.desk.handlers.importPeople({ text: file })
    const lost = await enroll(ward, 'N2044')
    await ward.desk.handlers.lockNow({})
    const code = typed(lost.recoveryCodes[3])
    expect(await ward.desk.handlers.submitRecoveryCode({ staffId: 'N2044', code })).toMatchObject({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', method: 'recovery', recoveryCodesLeft: 9 })
    await signIn(ward, administrator.staffId, ward.administratorKey)
    const found = await enroll(ward, 'N2044', 'the old one was lost')
    expect(await signIn(ward, 'N2044', lost.setupKey)).toEqual({ ok: false, reason: 'wrong-code' })
    const spare = typed(lost.recoveryCodes[4])
    expect(await ward.desk.handlers.submitRecoveryCode({ staffId: 'N2044', code: spare })).toMatchObject({ ok: false })
    expect(await signIn(ward, 'N2044', found.setupKey)).toMatchObject({ ok: true })
  })
})

describe('a revocation', () => {
  it('ends a credential at once, with its reason in the log', async () => {
    const ward = await begin()
    const { handlers } = ward.desk
    await handlers.importPeople({ text: file })
    const { setupKey } = await enroll(ward, 'N2044')
    const credentialId = await credentialOf(ward, 'N2044', 'totp')
    expect(await handlers.revokeCredential({ credentialId, reason: 'phone stolen' })).toEqual({ ok: true })
    expect(await handlers.revokeCredential({ credentialId, reason: 'phone stolen' })).toMatchObject({
      reason: 'no-such-credential',
    })
    expect(await signIn(ward, 'N2044', setupKey)).toEqual({ ok: false, reason: 'wrong-code' })
  })

  it('of a person who leaves ends everything they had', async () => {
    const ward = await begin()
    const { handlers } = ward.desk
    await handlers.importPeople({ text: file })
    const { setupKey, recoveryCodes } = await enroll(ward, 'N2044')
    const personId = await idOf(ward, 'N2044')
    expect(await handlers.changePersonStatus({ personId, status: 'left', reason: 'moved away' })).toEqual({ ok: true })
    expect(await handlers.readPerson({ personId })).toMatchObject({
      person: { status: 'left', enrolled: false, recoveryCodesLeft: 0 },
      credentials: [{ status: 'ended' }, { status: 'ended' }],
    })
    expect(await handlers.makeOffer({ personId })).toMatchObject({ ok: false, reason: 'no-such-person' })
    expect(await signIn(ward, 'N2044', setupKey)).toEqual({ ok: false, reason: 'wrong-code' })
    const code = typed(recoveryCodes[0])
    expect(await handlers.submitRecoveryCode({ staffId: 'N2044', code })).toMatchObject({ ok: false })
  })

  it('is refused where nobody could put anything right afterwards', async () => {
    const ward = await begin()
    const { handlers } = ward.desk
    const personId = await idOf(ward, administrator.staffId)
    const reason = 'a mistake'
    const last = { ok: false, reason: 'last-administrator' }
    expect(await handlers.changePersonStatus({ personId, status: 'suspended', reason })).toEqual(last)
    expect(await handlers.changePersonStatus({ personId, status: 'left', reason })).toEqual(last)
    const credentialId = await credentialOf(ward, administrator.staffId, 'totp')
    expect(await handlers.revokeCredential({ credentialId, reason })).toEqual(last)
    const edit = { displayName: 'Ada Kern', staffId: 'A1001', roles: ['staff' as const] }
    expect(await handlers.editPerson({ personId, ...edit })).toEqual(last)
  })
})

describe('what changes anything', () => {
  it('asks for a fresh code once the last one is old', async () => {
    const ward = await begin()
    const { handlers } = ward.desk
    for (let minute = 0; minute < 5; minute++) {
      ward.clock.pass(60_000)
      await handlers.reportActivity({})
    }
    expect(await handlers.importPeople({ text: file })).toEqual({ ok: false, reason: 'step-up-needed' })
    const wrong = await handlers.stepUp({ code: '000000' })
    expect(wrong).toEqual({ ok: false, reason: 'wrong-code' })
    const code = codeOf(ward.administratorKey, ward.clock.nowMs())
    expect(await handlers.stepUp({ code })).toEqual({ ok: true })
    expect(await handlers.importPeople({ text: file })).toEqual({ ok: true, added: 2 })
    expect(await handlers.stepUp({ code })).toEqual({ ok: false, reason: 'already-used' })
  })
})
