// Phones: a second one by policy, a move with the old one in hand, a new one without it, and what a photo of an offer is worth.
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import {
  addPerson,
  beside,
  closeAll,
  codeNow,
  enroll,
  eventsOf,
  newWard,
  putPolicy,
  read,
  signIn,
  type Ward,
} from '../support/attack-station.ts'
import { codeOf } from '../support/fakes.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

const stepMs = 30_000
const nurse = 'N2044'
const reason = 'lost on the bus'
const refused = (why: string) => ({ ok: false, reason: why })

interface Nursed extends Ward {
  readonly nurseId: string
  readonly nurseKey: string
}
/** The administrator is signed in, and a nurse has a phone. */
async function withNurse(phonesPerPerson = 1): Promise<Nursed> {
  const ward = await newWard()
  if (phonesPerPerson > 1) await putPolicy(ward, { settings: { phonesPerPerson } })
  await signIn(ward)
  const nurseId = await addPerson(ward, nurse)
  return { ...ward, nurseId, nurseKey: await enroll(ward, nurseId) }
}
async function submit(ward: Ward, setupKey: string) {
  await ward.desk.handlers.lockNow({})
  ward.clock.pass(stepMs)
  return ward.desk.handlers.submitCode({ staffId: nurse, code: codeNow(ward, setupKey) })
}
/** To acknowledged codes, from an offer that is on the screen. */
async function confirm({ desk, clock }: Ward, setupKey: string) {
  const confirmed = await desk.handlers.confirmOffer({ code: codeOf(setupKey, clock.nowMs()) })
  expect(confirmed).toMatchObject({ ok: true })
  expect(await desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
}
async function secondPhone(ward: Nursed): Promise<string> {
  const offered = await ward.desk.handlers.makeOffer({ personId: ward.nurseId, adds: true })
  if (!offered.ok) throw new Error(offered.reason)
  await confirm(ward, offered.secret.setupKey)
  return offered.secret.setupKey
}

describe('a second phone', () => {
  it('is nobody’s unless policy gives it', async () => {
    const { desk, nurseId } = await withNurse()
    expect(await desk.handlers.makeOffer({ personId: nurseId, adds: true })).toEqual(refused('phones-full'))
    expect(await desk.handlers.readPerson({ personId: nurseId })).toMatchObject({ may: { addPhone: false } })
  })

  it('signs in as the first does, and a third is refused', async () => {
    const ward = await withNurse(2)
    const key = await secondPhone(ward)
    const third = await ward.desk.handlers.makeOffer({ personId: ward.nurseId, adds: true })
    expect(third).toEqual(refused('phones-full'))
    expect(await submit(ward, ward.nurseKey)).toMatchObject({ ok: true })
    expect(await submit(ward, key)).toMatchObject({ ok: true })
  })

  it('has a last step of its own: each code of each phone works once', async () => {
    const ward = await withNurse(2)
    const key = await secondPhone(ward)
    const { handlers } = ward.desk
    await handlers.lockNow({})
    ward.clock.pass(stepMs)
    const codes = [ward.nurseKey, key].map((each) => codeNow(ward, each))
    for (const code of codes) {
      expect(await handlers.submitCode({ staffId: nurse, code })).toMatchObject({ ok: true })
      await handlers.lockNow({})
      expect(await handlers.submitCode({ staffId: nurse, code })).toEqual(refused('already-used'))
    }
  })

  it('is revoked alone: the other goes on', async () => {
    const ward = await withNurse(2)
    const key = await secondPhone(ward)
    const found = await ward.desk.handlers.readPerson({ personId: ward.nurseId })
    const newest = found.ok
      ? found.credentials.find(({ kind, status }) => kind === 'totp' && status === 'active')
      : null
    expect(await ward.desk.handlers.revokeCredential({ credentialId: newest?.id ?? '', reason })).toEqual({ ok: true })
    expect(await submit(ward, key)).toEqual(refused('wrong-code'))
    expect(await submit(ward, ward.nurseKey)).toMatchObject({ ok: true })
  })

  it('that policy takes away again is the newest alone', async () => {
    const ward = await withNurse(2)
    const key = await secondPhone(ward)
    await putPolicy(ward, {})
    expect(await submit(ward, ward.nurseKey)).toEqual(refused('wrong-code'))
    expect(await submit(ward, key)).toMatchObject({ ok: true })
  })

  it('is suspended with the first after a hundred failures in a row', async () => {
    const ward = await withNurse(2)
    const key = await secondPhone(ward)
    await ward.desk.handlers.lockNow({})
    // Ninety-nine failures that a test need not wait for.
    await beside(ward, ({ ledger, keys }) =>
      ledger.record((recorder) => {
        const row = { failures: 99, waits_until_ms: 0, recent: '[]' }
        recorder.put('throttle', `totp:${keys.subject(nurse)}`, row)
        recorder.event({ type: 'filled' })
      }),
    )
    expect(await ward.desk.handlers.submitCode({ staffId: nurse, code: '00000000' })).toEqual(refused('wrong-code'))
    expect(eventsOf(ward, 'credential-suspended')).toHaveLength(1)
    ward.clock.pass(31 * 60_000)
    expect(await submit(ward, ward.nurseKey)).toEqual(refused('suspended'))
    expect(await submit(ward, key)).toEqual(refused('suspended'))
  })
})

describe('a move to a new phone', () => {
  it('takes a fresh code of the old one, and the first of the new one ends it', async () => {
    const ward = await withNurse()
    const { handlers } = ward.desk
    await submit(ward, ward.nurseKey)
    expect(await handlers.moveToNewPhone({ code: '000000' })).toEqual(refused('wrong-code'))
    const used = codeNow(ward, ward.nurseKey)
    expect(await handlers.moveToNewPhone({ code: used })).toEqual(refused('already-used'))
    ward.clock.pass(stepMs)
    const offered = await handlers.moveToNewPhone({ code: codeNow(ward, ward.nurseKey) })
    if (!offered.ok) throw new Error(offered.reason)
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', offer: { staffId: nurse } })
    await confirm(ward, offered.secret.setupKey)
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', notice: 'wait-for-next-code' })
    expect(await submit(ward, ward.nurseKey)).toEqual(refused('wrong-code'))
    expect(await submit(ward, offered.secret.setupKey)).toMatchObject({ ok: true })
  })

  it('leaves the old phone working where it is left unfinished', async () => {
    const ward = await withNurse()
    await submit(ward, ward.nurseKey)
    ward.clock.pass(stepMs)
    const offered = await ward.desk.handlers.moveToNewPhone({ code: codeNow(ward, ward.nurseKey) })
    if (!offered.ok) throw new Error(offered.reason)
    await ward.desk.handlers.abandonOffer({})
    expect(await submit(ward, offered.secret.setupKey)).toEqual(refused('wrong-code'))
    expect(await submit(ward, ward.nurseKey)).toMatchObject({ ok: true })
  })

  it('ends, of two phones, the one whose code asked for it', async () => {
    const ward = await withNurse(2)
    const other = await secondPhone(ward)
    await submit(ward, ward.nurseKey)
    ward.clock.pass(stepMs)
    const offered = await ward.desk.handlers.moveToNewPhone({ code: codeNow(ward, ward.nurseKey) })
    if (!offered.ok) throw new Error(offered.reason)
    await confirm(ward, offered.secret.setupKey)
    expect(await submit(ward, ward.nurseKey)).toEqual(refused('wrong-code'))
    expect(await submit(ward, other)).toMatchObject({ ok: true })
    expect(await submit(ward, offered.secret.setupKey)).toMatchObject({ ok: true })
  })

  it('is nobody’s at a locked station', async () => {
    const ward = await withNurse()
    await ward.desk.handlers.lockNow({})
    ward.clock.pass(stepMs)
    const code = codeNow(ward, ward.nurseKey)
    expect(await ward.desk.handlers.moveToNewPhone({ code })).toEqual(refused('not-now'))
    expect(await ward.desk.handlers.submitCode({ staffId: nurse, code })).toMatchObject({ ok: true })
  })
})

describe('a new phone without the old one', () => {
  it('takes a reason, which is in the log with who did it, and ends the old one', async () => {
    const ward = await withNurse()
    const { handlers } = ward.desk
    expect(await handlers.makeOffer({ personId: ward.nurseId })).toEqual(refused('reason-needed'))
    const offered = await handlers.makeOffer({ personId: ward.nurseId, reason })
    if (!offered.ok) throw new Error(offered.reason)
    await confirm(ward, offered.secret.setupKey)
    expect(eventsOf(ward, 'offer-made').at(-1)).toMatchObject({ reason, details: { purpose: 'replace' } })
    expect(await submit(ward, ward.nurseKey)).toEqual(refused('wrong-code'))
    expect(await submit(ward, offered.secret.setupKey)).toMatchObject({ ok: true })
  })
})

describe('a photo of an offer’s code', () => {
  /** How the offer ends without its first code; a new one of its own may stand on the screen afterwards. */
  const ends: [string, (ward: Nursed) => unknown][] = [
    ['is cancelled', ({ desk }) => desk.handlers.abandonOffer({})],
    ['is replaced', ({ desk, nurseId }) => desk.handlers.makeOffer({ personId: nurseId, reason })],
    ['is renewed', ({ desk }) => desk.handlers.renewOffer({})],
    ['ran out of time', ({ clock }) => clock.pass(5 * 60_000)],
    ['ended with its session', ({ desk }) => desk.handlers.lockNow({})],
    [
      'had too many tries',
      async ({ desk }) => {
        for (let tries = 0; tries < 5; tries++) await desk.handlers.confirmOffer({ code: '00000000' })
      },
    ],
    [
      'was withdrawn by the one who left it open',
      async (ward) => {
        const listed = await ward.desk.handlers.listOffers({})
        const offerId = listed.ok ? (listed.live[0]?.id ?? '') : ''
        expect(await ward.desk.handlers.withdrawOffer({ offerId, reason })).toEqual({ ok: true })
      },
    ],
    [
      'went with a suspended person',
      (ward) => ward.desk.handlers.changePersonStatus({ personId: ward.nurseId, status: 'suspended', reason }),
    ],
  ]
  it.each(ends)('is worthless once it %s: it neither confirms nor signs in', async (_how, end) => {
    const ward = await withNurse()
    const { handlers } = ward.desk
    const offered = await handlers.makeOffer({ personId: ward.nurseId, reason })
    if (!offered.ok) throw new Error(offered.reason)
    const { setupKey } = offered.secret
    await end(ward)
    expect(await handlers.confirmOffer({ code: codeNow(ward, setupKey) })).toMatchObject({ ok: false })
    expect(await submit(ward, setupKey)).toEqual(refused('wrong-code'))
    // Nobody was let in meanwhile, and nothing of it is left.
    const [secrets] = read<number>(ward, "SELECT count(*) FROM offer WHERE status != 'open' AND secret IS NOT NULL")
    expect(secrets).toBe(0)
  })

  it('of a phone that was replaced is worthless too', async () => {
    const ward = await withNurse()
    const { nurseKey } = ward
    const offered = await ward.desk.handlers.makeOffer({ personId: ward.nurseId, reason })
    if (!offered.ok) throw new Error(offered.reason)
    await confirm(ward, offered.secret.setupKey)
    expect(await submit(ward, nurseKey)).toEqual(refused('wrong-code'))
    const left = read<number>(ward, "SELECT count(*) FROM credential WHERE status = 'ended' AND secret IS NOT NULL")
    expect(left).toEqual([0])
  })
})
