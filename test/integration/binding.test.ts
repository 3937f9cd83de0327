// Binding a phone that scans: by the camera, by what is typed, for oneself and for others, and everything that ends an offer.
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { closeAll, eventsOf, newWard, putPolicy, read, signIn, staffId, type Ward } from '../support/attack-station.ts'
import { BoundPhone } from '../support/bound-phone.ts'
import { codeOf } from '../support/fakes.ts'
import {
  bind,
  freshChallenge,
  newScanningWard,
  nurse,
  offerText,
  refused,
  withNurse,
} from '../support/scanning-ward.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

const ways = [['camera'], ['typed']] as const
const own = ({ desk }: Ward) => desk.handlers.bindOwnPhone({})
async function kinds(ward: Ward, personId: string): Promise<string[]> {
  const found = await ward.desk.handlers.readPerson({ personId })
  if (!found.ok) throw new Error(found.reason)
  return found.credentials.filter(({ status }) => status === 'active').map(({ kind }) => kind)
}

describe.each(ways)('a phone bound by way of the %s part', (way) => {
  it('signs its owner in with eight digits, and their authenticator app goes on', async () => {
    const ward = await newScanningWard()
    await signIn(ward)
    const phone = await bind(ward, own(ward), { way })
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', offer: null, welcome: null, codesFor: null })
    const digits = phone.digits(await freshChallenge(ward))
    expect(await ward.desk.handlers.submitAnswer({ staffId: null, digits })).toMatchObject({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', method: 'phone' })
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
  })

  it('of somebody who has nothing yet leads to their recovery codes, and their name is in the welcome', async () => {
    const ward = await withNurse()
    const phone = await bind(ward, ward.desk.handlers.bindPhone({ personId: ward.nurseId }), { way })
    expect(phone.welcome).toMatchObject({
      stationName: 'Ward 7',
      stationLocation: 'Level 2',
      personName: `Person ${nurse}`,
    })
    expect((await kinds(ward, ward.nurseId)).sort()).toEqual(['phone', 'recovery'])
    const digits = phone.digits(await freshChallenge(ward))
    expect(await ward.desk.handlers.submitAnswer({ staffId: nurse, digits })).toMatchObject({ ok: true })
  })

  it('leaves events that say who, which offer, which credential and how', async () => {
    const ward = await withNurse()
    await bind(ward, ward.desk.handlers.bindPhone({ personId: ward.nurseId }), { way })
    const [made] = eventsOf(ward, 'offer-made').slice(-1)
    const [confirmed] = eventsOf(ward, 'offer-confirmed').slice(-1)
    expect(made).toMatchObject({ person: ward.nurseId, details: { kind: 'phone', purpose: 'first' } })
    const form = way === 'camera' ? 'keys' : 'typed'
    expect(confirmed).toMatchObject({ person: ward.nurseId, offer: made?.offer, method: 'phone', details: { form } })
    const [taken] = eventsOf(ward, 'phone-part-taken')
    expect(taken).toMatchObject({ offer: made?.offer, details: { form: way === 'camera' ? 'shown' : 'typed' } })
  })

  it('ends the one before where policy says one phone; the authenticator app stays', async () => {
    const ward = await newScanningWard()
    await signIn(ward)
    const first = await bind(ward, own(ward), { way })
    const second = await bind(ward, own(ward), { way })
    const challenge = await freshChallenge(ward)
    const answer = (phone: BoundPhone) => ward.desk.handlers.submitAnswer({ staffId, digits: phone.digits(challenge) })
    expect(await answer(first)).toEqual(refused('wrong-or-over'))
    expect(await answer(second)).toMatchObject({ ok: true })
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
  })

  it('is the second of two where policy says two, and a third ends the oldest', async () => {
    const ward = await newScanningWard()
    await putPolicy(ward, { settings: { phonesPerPerson: 2 } })
    await signIn(ward)
    const phones = []
    for (let i = 0; i < 3; i++) phones.push(await bind(ward, own(ward), { way }))
    const outcomes = []
    for (const phone of phones) {
      const digits = phone.digits(await freshChallenge(ward))
      outcomes.push((await ward.desk.handlers.submitAnswer({ staffId, digits })).ok)
    }
    expect(outcomes).toEqual([false, true, true])
  })

  it('for one that is lost ends what the person had of both kinds, with the reason on record', async () => {
    const ward = await withNurse()
    const { handlers } = ward.desk
    const offered = await handlers.makeOffer({ personId: ward.nurseId })
    if (!offered.ok || !('setupKey' in offered.secret)) throw new Error('no offer')
    await handlers.confirmOffer({ code: codeOf(offered.secret.setupKey, ward.clock.nowMs()) })
    await handlers.acknowledgeRecoveryCodes({})
    const old = await bind(ward, handlers.bindPhone({ personId: ward.nurseId }), { way })
    const reason = 'lost on the bus'
    expect(await handlers.bindPhone({ personId: ward.nurseId })).toEqual(refused('reason-needed'))
    const fresh = await bind(ward, handlers.bindPhone({ personId: ward.nurseId, reason }), { way })
    expect((await kinds(ward, ward.nurseId)).filter((kind) => kind !== 'recovery')).toEqual(['phone'])
    expect(eventsOf(ward, 'offer-made').at(-1)).toMatchObject({ reason, details: { purpose: 'replace' } })
    const challenge = await freshChallenge(ward)
    expect(await handlers.submitAnswer({ staffId: nurse, digits: old.digits(challenge) })).toEqual(
      refused('wrong-or-over'),
    )
    expect(await handlers.submitAnswer({ staffId: nurse, digits: fresh.digits(challenge) })).toMatchObject({ ok: true })
  })
})

describe.each(ways)('an offer with a %s part', (way) => {
  async function offered(ward: Ward): Promise<BoundPhone> {
    const phone = new BoundPhone(await offerText(own(ward)))
    const { handlers } = ward.desk
    const taken =
      way === 'camera'
        ? await handlers.submitPhonePart({ text: phone.part() })
        : await handlers.submitTypedPart({ part: phone.typedPart.replaceAll('-', '') })
    expect(taken).toEqual({ ok: true })
    return phone
  }
  const digitsOf = (phone: BoundPhone) => (way === 'camera' ? phone.digitsForPart() : phone.digitsForTyped())
  async function ready(): Promise<Ward> {
    const ward = await newScanningWard()
    await signIn(ward)
    return ward
  }
  const open = (ward: Ward) => read(ward, "SELECT status FROM offer WHERE kind = 'phone' AND secret IS NOT NULL")

  it('is used once, and its keys are erased', async () => {
    const ward = await ready()
    const phone = await offered(ward)
    expect(open(ward)).toEqual(['open'])
    const digits = digitsOf(phone)
    expect(await ward.desk.handlers.confirmBinding({ digits })).toEqual({ ok: true })
    expect(open(ward)).toEqual([])
    expect(await ward.desk.handlers.confirmBinding({ digits })).toEqual(refused('not-now'))
    expect(await ward.desk.handlers.submitPhonePart({ text: phone.part() })).toEqual(refused('not-now'))
  })

  it('runs out by the clock', async () => {
    const ward = await ready()
    const phone = await offered(ward)
    ward.clock.pass(5 * 60_000 - 1)
    await ward.desk.handlers.reportActivity({})
    ward.clock.pass(1)
    expect(await ward.desk.handlers.confirmBinding({ digits: digitsOf(phone) })).toMatchObject({ ok: false })
    expect(open(ward)).toEqual([])
    expect(read(ward, "SELECT id FROM credential WHERE kind = 'phone'")).toEqual([])
  })

  it('ends at the third wrong try, and right digits come too late', async () => {
    const ward = await ready()
    const phone = await offered(ward)
    const { handlers } = ward.desk
    const right = digitsOf(phone)
    const wrong = right === '00000000' ? '00000001' : '00000000'
    expect(await handlers.confirmBinding({ digits: wrong })).toEqual(refused('wrong-code'))
    expect(await handlers.confirmBinding({ digits: wrong })).toEqual(refused('wrong-code'))
    expect(await handlers.confirmBinding({ digits: wrong })).toEqual(refused('too-many-tries'))
    expect(await handlers.confirmBinding({ digits: right })).toEqual(refused('not-now'))
    expect(open(ward)).toEqual([])
    expect(eventsOf(ward, 'offer-ended').at(-1)).toMatchObject({ reason: 'too-many-tries' })
  })

  it.each<[string, (ward: Ward) => unknown, string]>([
    ['a lock', ({ desk }) => desk.handlers.lockNow({}), 'abandoned'],
    ['being put away', ({ desk }) => desk.handlers.abandonOffer({}), 'abandoned'],
    ['the next one', ({ desk }) => desk.handlers.renewBinding({}), 'replaced'],
  ])('ends with %s', async (_, end, reason) => {
    const ward = await ready()
    const phone = await offered(ward)
    await end(ward)
    expect(eventsOf(ward, 'offer-ended').at(-1)).toMatchObject({ reason })
    expect(await ward.desk.handlers.confirmBinding({ digits: digitsOf(phone) })).toMatchObject({ ok: false })
    expect(read(ward, "SELECT id FROM credential WHERE kind = 'phone'")).toEqual([])
  })
})

describe('an offer', () => {
  it('takes no digits before there is a part', async () => {
    const ward = await newScanningWard()
    await signIn(ward)
    const phone = new BoundPhone(await offerText(own(ward)))
    const { handlers } = ward.desk
    expect(await handlers.confirmBinding({ digits: phone.digitsForPart() })).toEqual(refused('no-part'))
    expect(await handlers.confirmBinding({ digits: phone.digitsForTyped() })).toEqual(refused('no-part'))
    expect(await handlers.submitPhonePart({ text: phone.part() })).toEqual({ ok: true })
    expect(await handlers.confirmBinding({ digits: phone.digitsForPart() })).toEqual({ ok: true })
  })

  it('takes a part that was mistyped anew; each way has digits of its own', async () => {
    const ward = await newScanningWard()
    await signIn(ward)
    const phone = new BoundPhone(await offerText(own(ward)))
    const { handlers } = ward.desk
    expect(await handlers.submitTypedPart({ part: 'ABCDEFGHIJKLMNOP' })).toEqual({ ok: true })
    expect(await handlers.submitTypedPart({ part: phone.typedPart.replaceAll('-', '') })).toEqual({ ok: true })
    expect(await handlers.confirmBinding({ digits: phone.digitsForPart() })).toEqual(refused('wrong-code'))
    expect(await handlers.confirmBinding({ digits: phone.digitsForTyped() })).toEqual({ ok: true })
  })

  it('needs a host for the phone page', async () => {
    const ward = await newWard()
    await signIn(ward)
    expect(await ward.desk.handlers.bindOwnPhone({})).toEqual(refused('no-phone-page'))
  })

  it('needs a session with a fresh proof, and of one’s own right', async () => {
    const ward = await withNurse()
    const { handlers } = ward.desk
    ward.clock.pass(4 * 60_000)
    await handlers.reportActivity({})
    ward.clock.pass(2 * 60_000)
    expect(await handlers.bindOwnPhone({})).toEqual(refused('step-up-needed'))
    expect(await handlers.bindPhone({ personId: ward.nurseId })).toEqual(refused('step-up-needed'))
    await handlers.lockNow({})
    expect(await handlers.bindOwnPhone({})).toEqual(refused('not-allowed'))
    expect(await handlers.bindPhone({ personId: ward.nurseId })).toEqual(refused('not-allowed'))
  })

  it('is not made by staff for others', async () => {
    const ward = await withNurse()
    const phone = await bind(ward, ward.desk.handlers.bindPhone({ personId: ward.nurseId }))
    const digits = phone.digits(await freshChallenge(ward))
    expect(await ward.desk.handlers.submitAnswer({ staffId: nurse, digits })).toMatchObject({ ok: true })
    const [ada] = read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)
    expect(await ward.desk.handlers.bindPhone({ personId: ada ?? '' })).toEqual(refused('not-allowed'))
  })
})
