// A bound phone where a fresh code would do: step-up, second person, approval, move; each answer for its own question alone.
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { QuestionAbout } from '../../src/contracts/screen.ts'
import {
  addPerson,
  closeAll,
  codeNow,
  copyOf,
  enroll,
  eventsOf,
  plain,
  putPolicy,
  read,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { BoundPhone, readChallenge } from '../support/bound-phone.ts'
import { readSymbol } from '../support/read-symbol.ts'
import {
  bind,
  challengeOf,
  newScanningWard,
  nurse,
  offerText,
  refused,
  restartScanning,
  welcome,
} from '../support/scanning-ward.ts'

const stepMs = 30_000
const staleMs = 6 * 60_000
const other = 'A1002'
const eve = { displayName: 'Eve', staffId: 'E1', roles: ['staff' as const] }
const secondNeeded = refused('second-needed')
const stepUpNeeded = refused('step-up-needed')
const idle = { idleMs: 3_600_000 }

/** Two administrators and a nurse; each has a bound phone, the second administrator's with a passkey. */
let station: Stopped
let adas: BoundPhone
let bens: BoundPhone
let nurses: BoundPhone
let benId = ''
beforeAll(async () => {
  const ward = await newScanningWard()
  await signIn(ward)
  adas = await bind(ward, ward.desk.handlers.bindOwnPhone({}))
  benId = await addPerson(ward, other, ['administrator'])
  bens = await bind(ward, ward.desk.handlers.bindPhone({ personId: benId }), { passkey: 'passkey' })
  const nurseId = await addPerson(ward, nurse)
  nurses = await bind(ward, ward.desk.handlers.bindPhone({ personId: nurseId }))
  await closeAll()
  station = ward
})
afterEach(async () => {
  await closeAll()
  vi.useRealTimers()
})
afterAll(() => closeAll(true))

/** Signed in by phone, with policy as wanted. */
async function signedIn(phone = adas, policy: Parameters<typeof putPolicy>[1] = { settings: idle }): Promise<Ward> {
  const ward = await restartScanning(copyOf(station))
  await putPolicy(ward, policy)
  const digits = phone.digits(await challengeOf(ward))
  expect(await ward.desk.handlers.submitAnswer({ staffId: null, digits })).toMatchObject({ ok: true })
  return ward
}
/** As long as a proof is fresh, and then some. */
async function stale(phone = adas, policy: Parameters<typeof putPolicy>[1] = { settings: idle }): Promise<Ward> {
  const ward = await signedIn(phone, policy)
  ward.clock.pass(staleMs)
  return ward
}
async function ask(ward: Ward, about: QuestionAbout): Promise<Uint8Array> {
  expect(await ward.desk.handlers.showQuestion({ about })).toEqual({ ok: true })
  return asked(ward)
}
function asked({ desk }: Ward): Uint8Array {
  const screen = desk.screen()
  if (screen.kind !== 'session' || screen.question?.challenge.state !== 'shown') throw new Error('nothing is asked')
  return readChallenge(readSymbol(screen.question.challenge.qr))
}
const type = (ward: Ward, digits: string, who: string | null = null) =>
  ward.desk.handlers.answerQuestion({ staffId: who, digits })
const show = (ward: Ward, text: string) => ward.desk.handlers.showAnswerToQuestion({ text })
const nonce = (challenge: Uint8Array) => Buffer.from(challenge.subarray(9, 25)).toString('hex')
const approvals = (ward: Ward) => eventsOf(ward, 'approval-attempted')
const isOpen = ({ desk }: Ward) => {
  const screen = desk.screen()
  return screen.kind === 'session' && screen.question !== null
}

describe('a step-up by phone', () => {
  it.each([['typed'], ['shown']])(
    '%s, lets whoever is signed in go on, and its event names the challenge',
    async (form) => {
      const ward = await stale()
      expect(await ward.desk.handlers.addPerson(eve)).toEqual(stepUpNeeded)
      const challenge = await ask(ward, 'step-up')
      const answer = form === 'typed' ? type(ward, adas.digits(challenge)) : show(ward, adas.shownAnswer(challenge))
      expect(await answer).toEqual({ ok: true })
      expect(isOpen(ward)).toBe(false)
      expect(await ward.desk.handlers.addPerson(eve)).toMatchObject({ ok: true })
      expect(approvals(ward).at(-1)).toMatchObject({
        method: 'phone',
        outcome: 'accepted',
        credential: read(ward, "SELECT id FROM credential WHERE kind = 'phone'")[0],
        details: { action: 'step-up', form, challenge: nonce(challenge), verification: 'none' },
      })
    },
  )

  it('says in its bytes that it unlocks nothing', async () => {
    const ward = await stale()
    expect((await ask(ward, 'step-up'))[0]).toBe(2)
    await ward.desk.handlers.lockNow({})
    expect((await challengeOf(ward))[0]).toBe(1)
  })

  it('takes each code once, and no code that was shown for another question', async () => {
    const ward = await stale()
    const first = await ask(ward, 'step-up')
    expect(await type(ward, adas.digits(first))).toEqual({ ok: true })
    ward.clock.pass(staleMs)
    await ask(ward, 'step-up')
    expect(await type(ward, adas.digits(first))).toEqual(refused('already-used'))
    const second = asked(ward)
    await ask(ward, 'move')
    expect(await type(ward, adas.digits(second))).toEqual(refused('challenge-over'))
    await ask(ward, 'step-up')
    expect(await show(ward, adas.shownAnswer(second))).toEqual(refused('challenge-over'))
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(stepUpNeeded)
  })

  it.each([['typed'], ['shown']])('%s, is no other person’s, however right', async (form) => {
    const ward = await stale()
    const challenge = await ask(ward, 'step-up')
    const answer = form === 'typed' ? type(ward, bens.digits(challenge)) : show(ward, bens.shownAnswer(challenge))
    expect(await answer).toEqual(refused(form === 'typed' ? 'wrong-code' : 'not-allowed'))
    // Nor where their ID is named: it is whoever is signed in that is asked.
    expect(await type(ward, bens.digits(asked(ward)), other)).toEqual(refused('wrong-code'))
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(stepUpNeeded)
    if (form === 'shown') expect(approvals(ward)[0]).toMatchObject({ person: benId, reason: 'not-allowed' })
  })

  it('runs out after 120 seconds, rotates meanwhile, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const ward = await stale()
    const first = await ask(ward, 'step-up')
    for (let i = 0; i < 3; i++) {
      ward.clock.pass(stepMs)
      vi.advanceTimersByTime(stepMs)
    }
    expect(asked(ward)).not.toEqual(first)
    ward.clock.pass(stepMs)
    expect(await type(ward, adas.digits(first))).toEqual(refused('challenge-over'))
    expect(await type(ward, adas.digits(asked(ward)))).toEqual({ ok: true })
  })

  it('is refused where nothing is asked, and where nobody could answer', async () => {
    const ward = await stale()
    expect(await type(ward, '12345678')).toEqual(refused('not-now'))
    expect(await show(ward, adas.shownAnswer(new Uint8Array(29)))).toEqual(refused('not-now'))
    await ask(ward, 'step-up')
    await ward.desk.handlers.hideQuestion({})
    expect(isOpen(ward)).toBe(false)
    expect(await type(ward, '12345678')).toEqual(refused('not-now'))
    await ward.desk.handlers.lockNow({})
    expect(await ward.desk.handlers.showQuestion({ about: 'step-up' })).toEqual(refused('not-now'))
  })

  it('waits after wrong digits like an answer at the lock screen, and three end what is shown', async () => {
    const ward = await stale()
    const challenge = await ask(ward, 'step-up')
    const wrong = adas.digits(challenge) === '00000000' ? '00000001' : '00000000'
    for (let i = 0; i < 3; i++) expect(await type(ward, wrong)).toEqual(refused('wrong-code'))
    expect(asked(ward)).not.toEqual(challenge)
    expect(await type(ward, adas.digits(asked(ward)))).toMatchObject({ reason: 'throttled' })
    ward.clock.pass(2_000)
    expect(await type(ward, adas.digits(challenge))).toEqual(refused('challenge-over'))
    expect(await type(ward, adas.digits(asked(ward)))).toEqual({ ok: true })
  })

  it('closes a phone that says no, and tells administrators', async () => {
    const ward = await stale()
    const challenge = await ask(ward, 'step-up')
    expect(await show(ward, adas.shownAnswer(challenge, { decision: 'not-mine' }))).toEqual(refused('not-approved'))
    expect(eventsOf(ward, 'alert-raised').at(-1)).toMatchObject({ reason: 'phone-not-mine' })
    expect(await type(ward, adas.digits(asked(ward)))).toEqual(refused('phone-closed'))
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(stepUpNeeded)
  })
})

describe('what policy asks of a phone', () => {
  it('holds in a session too: no typed answers', async () => {
    const ward = await stale()
    await putPolicy(ward, { settings: { ...idle, phoneAnswers: 'shown-or-sent' } })
    const challenge = await ask(ward, 'step-up')
    expect(await type(ward, adas.digits(challenge))).toEqual(refused('form-refused'))
    expect(await show(ward, adas.shownAnswer(asked(ward)))).toEqual({ ok: true })
  })

  it('holds in a session too: a typed answer, or one without the passkey, is not verified', async () => {
    const ward = await stale(bens)
    await putPolicy(ward, { settings: { ...idle, factors: 'verified-phone' } })
    const challenge = await ask(ward, 'step-up')
    expect(await type(ward, bens.digits(challenge))).toEqual(refused('verification-needed'))
    const unverified = bens.shownAnswer(asked(ward), { verification: 'phone' })
    expect(await show(ward, unverified)).toEqual(refused('verification-needed'))
    expect(await show(ward, bens.shownAnswer(asked(ward)))).toEqual({ ok: true })
  })

  it('holds for one-time codes: whoever has a phone uses it, whoever has none may bind one', async () => {
    const ward = await stale()
    await putPolicy(ward, { settings: { ...idle, factors: 'phone' } })
    const { handlers } = ward.desk
    const code = codeNow(ward, ward.setupKey)
    expect(await handlers.stepUp({ code })).toEqual(refused('phone-needed'))
    expect(approvals(ward).at(-1)).toMatchObject({ method: 'totp', reason: 'phone-needed' })
    expect(await handlers.addPerson(eve)).toEqual(stepUpNeeded)
    const [phone] = read<string>(ward, "SELECT id FROM credential WHERE kind = 'phone' ORDER BY id")
    await type(ward, adas.digits(await ask(ward, 'step-up')))
    expect(await handlers.revokeCredential({ credentialId: phone ?? '', reason: 'a test' })).toEqual({ ok: true })
    await handlers.lockNow({})
    const recovery = plain(ward.recoveryCodes[0])
    expect(await handlers.submitRecoveryCode({ staffId, code: recovery })).toMatchObject({ ok: true })
    ward.clock.pass(stepMs)
    expect(await handlers.stepUp({ code: codeNow(ward, ward.setupKey) })).toEqual({ ok: true })
    expect(await handlers.bindOwnPhone({})).toMatchObject({ ok: true })
  })

  it('no one-time code is asked for where there is none', async () => {
    const ward = await stale(bens)
    await ask(ward, 'step-up')
    expect(ward.desk.screen()).toMatchObject({ question: { about: 'step-up', takesCode: false } })
    await ward.desk.handlers.lockNow({})
    const again = await stale()
    await ask(again, 'step-up')
    expect(again.desk.screen()).toMatchObject({ question: { takesCode: true } })
  })
})

describe('no answer passes for another', () => {
  it('one for a step-up does not unlock, and one for the lock screen is no step-up', async () => {
    const ward = await restartScanning(copyOf(station))
    await putPolicy(ward, { settings: idle })
    const login = await challengeOf(ward)
    const second = nurses.digits(login)
    expect(await ward.desk.handlers.submitAnswer({ staffId: null, digits: adas.digits(login) })).toMatchObject({
      ok: true,
    })
    ward.clock.pass(staleMs)
    const stepUp = await ask(ward, 'step-up')
    for (const text of [adas.shownAnswer(login), nurses.shownAnswer(login)])
      expect(await show(ward, text)).toEqual(refused('already-used'))
    expect(await type(ward, second)).toEqual(refused('wrong-code'))
    await ward.desk.handlers.lockNow({})
    expect(await ward.desk.handlers.submitShownAnswer({ text: adas.shownAnswer(stepUp) })).toEqual(
      refused('challenge-over'),
    )
    expect(await ward.desk.handlers.submitAnswer({ staffId, digits: adas.digits(stepUp) })).toEqual(
      refused('challenge-over'),
    )
    expect(ward.desk.screen().kind).toBe('locked')
  })

  it('a code whose purpose was changed on the way to the phone is none of the station’s', async () => {
    const ward = await stale()
    const challenge = await ask(ward, 'step-up')
    const forged = Uint8Array.from(challenge)
    forged[0] = 1
    expect(await type(ward, adas.digits(forged))).toEqual(refused('wrong-code'))
    expect(await show(ward, adas.shownAnswer(forged))).toEqual(refused('challenge-over'))
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(stepUpNeeded)
  })

  it('is asked in one session, and answered in no later one', async () => {
    const ward = await stale()
    const challenge = await ask(ward, 'step-up')
    await ward.desk.handlers.lockNow({})
    const digits = nurses.digits(await challengeOf(ward))
    expect(await ward.desk.handlers.submitAnswer({ staffId: null, digits })).toMatchObject({ ok: true })
    expect(isOpen(ward)).toBe(false)
    await ask(ward, 'step-up')
    expect(await show(ward, adas.shownAnswer(challenge))).toEqual(refused('challenge-over'))
  })
})

describe('a second person by phone', () => {
  const two = { settings: idle, approvals: ['change-people' as const] }

  it('approves the one change, and both are in its event', async () => {
    const ward = await signedIn(adas, two)
    expect(await ward.desk.handlers.showQuestion({ about: 'second' })).toEqual(refused('not-now'))
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(secondNeeded)
    const challenge = await ask(ward, 'second')
    expect(challenge[0]).toBe(3)
    expect(await type(ward, bens.digits(challenge))).toEqual(refused('id-needed'))
    expect(await type(ward, bens.digits(challenge), other)).toEqual({ ok: true })
    expect(approvals(ward).at(-1)).toMatchObject({ person: benId, details: { action: 'second change-people' } })
    expect(await ward.desk.handlers.addPerson(eve)).toMatchObject({ ok: true })
    expect(eventsOf(ward, 'person-added').at(-1)).toMatchObject({ second: benId })
  })

  it('by a shown answer needs no ID: the signature says who it is', async () => {
    const ward = await signedIn(adas, two)
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(secondNeeded)
    expect(await show(ward, bens.shownAnswer(await ask(ward, 'second')))).toEqual({ ok: true })
    expect(await ward.desk.handlers.addPerson(eve)).toMatchObject({ ok: true })
  })

  it('is somebody else, who may do it, and whose digits they are', async () => {
    const ward = await signedIn(adas, two)
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(secondNeeded)
    expect(await type(ward, adas.digits(await ask(ward, 'second')), staffId)).toEqual(refused('not-allowed'))
    expect(await type(ward, nurses.digits(asked(ward)), nurse)).toEqual(refused('not-allowed'))
    expect(await type(ward, nurses.digits(asked(ward)), other)).toEqual(refused('wrong-code'))
    expect(await type(ward, bens.digits(asked(ward)), 'X9999')).toEqual(refused('wrong-code'))
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(secondNeeded)
  })

  it('answers for the change that the code was shown for, and for no other that takes its place', async () => {
    const ward = await signedIn(adas, two)
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(secondNeeded)
    const challenge = await ask(ward, 'second')
    expect(await ward.desk.handlers.addPerson({ ...eve, roles: ['administrator'] })).toEqual(secondNeeded)
    expect(await type(ward, bens.digits(challenge), other)).toEqual(refused('challenge-over'))
    expect(await show(ward, bens.shownAnswer(challenge))).toEqual(refused('challenge-over'))
    expect(await type(ward, bens.digits(asked(ward)), other)).toEqual({ ok: true })
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(secondNeeded)
  })
})

describe('a new phone', () => {
  it('takes the place of the bound one that approved it, and the session lives on by it', async () => {
    const ward = await signedIn(nurses)
    const challenge = await ask(ward, 'move')
    expect(challenge[0]).toBe(4)
    const offered = await type(ward, nurses.digits(challenge))
    if (!offered.ok || !('qr' in offered)) throw new Error('no offer')
    const next = await bind(ward, offered)
    await vi.waitFor(() => expect(ward.desk.screen()).toMatchObject({ kind: 'session', welcome: null }))
    expect(read(ward, "SELECT count(*) FROM credential WHERE kind = 'phone' AND status = 'active'")).toEqual([3])
    await ward.desk.handlers.lockNow({})
    const login = await challengeOf(ward)
    expect(await ward.desk.handlers.submitAnswer({ staffId: nurse, digits: nurses.digits(login) })).toEqual(
      refused('wrong-or-over'),
    )
    expect(await ward.desk.handlers.submitAnswer({ staffId: nurse, digits: next.digits(login) })).toMatchObject({
      ok: true,
    })
  })

  it('is made by no step-up’s answer', async () => {
    const ward = await signedIn(nurses)
    const stepUp = await ask(ward, 'step-up')
    await ask(ward, 'move')
    expect(await show(ward, nurses.shownAnswer(stepUp))).toEqual(refused('challenge-over'))
    expect(ward.desk.screen()).toMatchObject({ offer: null })
  })

  it('after a recovery code is approved by somebody else’s phone, and not by their own', async () => {
    const ward = await restartScanning(copyOf(station))
    await putPolicy(ward, { settings: idle, grants: { 'enroll-self': [], enroll: ['staff', 'administrator'] } })
    const { handlers } = ward.desk
    const recovery = plain(ward.recoveryCodes[0])
    expect(await handlers.submitRecoveryCode({ staffId, code: recovery })).toMatchObject({ ok: true })
    expect(await type(ward, adas.digits(await ask(ward, 'approval')), staffId)).toEqual(refused('not-allowed'))
    // Who may enroll, and still nobody above their own roles.
    expect(await type(ward, nurses.digits(asked(ward)), nurse)).toEqual(refused('not-allowed'))
    const offered = await type(ward, bens.digits(asked(ward)), other)
    expect(offered).toMatchObject({ ok: true, secret: { setupKey: expect.any(String) } })
    expect(eventsOf(ward, 'offer-made').at(-1)).toMatchObject({ actor: benId })
  })

  it('bound by whoever is signed in by phone leaves their session open, so that it gets to know the workstation', async () => {
    const ward = await signedIn(nurses)
    const { handlers } = ward.desk
    const next = new BoundPhone(await offerText(handlers.bindOwnPhone({})))
    expect(await handlers.submitPhonePart({ text: next.part() })).toEqual({ ok: true })
    expect(await handlers.confirmBinding({ digits: next.digitsForPart() })).toEqual({ ok: true })
    // Longer than the station takes to see that what a session lives by has ended.
    await delay(600)
    await welcome(ward, next)
    await delay(600)
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', welcome: null })
  })
})

it('needs no bound phone of people who have none', async () => {
  const ward = await restartScanning(copyOf(station))
  await signIn(ward)
  const member = await addPerson(ward, 'N3000')
  const key = await enroll(ward, member)
  await ward.desk.handlers.lockNow({})
  await signIn(ward, 'N3000', key)
  expect(await ward.desk.handlers.showQuestion({ about: 'step-up' })).toEqual(refused('no-phone'))
})
