// Answers to the login QR code: typed, with and without a staff ID, and shown; in time, once, at this station, as policy wants.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Decision } from '../../src/core/phone-answer.ts'
import {
  addPerson,
  closeAll,
  copyOf,
  eventsOf,
  putPolicy,
  read,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import type { BoundPhone } from '../support/bound-phone.ts'
import {
  bind,
  challengeOf,
  freshChallenge,
  newScanningWard,
  nurse,
  refused,
  restartScanning,
} from '../support/scanning-ward.ts'
import { goodPin } from '../support/ward-ways.ts'

/** Two people, each with a bound phone: the administrator's without a passkey, the nurse's with one. */
let station: Stopped
let adas: BoundPhone
let nurses: BoundPhone
let nurseId = ''
beforeAll(async () => {
  const ward = await newScanningWard()
  await signIn(ward)
  adas = await bind(ward, ward.desk.handlers.bindOwnPhone({}))
  nurseId = await addPerson(ward, nurse)
  nurses = await bind(ward, ward.desk.handlers.bindPhone({ personId: nurseId }), { passkey: 'passkey' })
  await closeAll()
  station = ward
})
afterEach(async () => {
  await closeAll()
  vi.useRealTimers()
})
afterAll(() => closeAll(true))

const locked = (): Promise<Ward> => restartScanning(copyOf(station))
const wrongDigits = (right: string) => (right === '00000000' ? '00000001' : '00000000')
const typed = (ward: Ward, phone: BoundPhone, challenge: Uint8Array, who: string | null = null) =>
  ward.desk.handlers.submitAnswer({ staffId: who, digits: phone.digits(challenge) })
const shown = (ward: Ward, ...[text]: [string]) => ward.desk.handlers.submitShownAnswer({ text })
const attempts = (ward: Ward) => eventsOf(ward, 'login-attempted', 'first-factor-accepted')
const nonce = (challenge: Uint8Array) => Buffer.from(challenge.subarray(9, 25)).toString('hex')

describe('typed digits', () => {
  it.each([[null], [nurse]])('sign their owner in, with staff ID %s', async (who) => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    expect(await typed(ward, nurses, challenge, who)).toEqual({ ok: true, displayName: `Person ${nurse}` })
    expect(attempts(ward).at(-1)).toMatchObject({
      person: nurseId,
      method: 'phone',
      outcome: 'accepted',
      location: 'Level 2',
      details: { form: 'typed', challenge: nonce(challenge), verification: 'none' },
    })
    expect(attempts(ward).at(-1)?.credential).toBe(read(ward, "SELECT id FROM credential WHERE kind = 'phone'")[1])
  })

  it('of one person are not another’s', async () => {
    const ward = await locked()
    expect(await typed(ward, adas, await challengeOf(ward), nurse)).toEqual(refused('wrong-or-over'))
    expect(attempts(ward).at(-1)).toMatchObject({ person: nurseId, outcome: 'refused', reason: 'wrong-code' })
  })

  it('of nobody say no more than wrong ones', async () => {
    const ward = await locked()
    expect(await typed(ward, adas, await challengeOf(ward), 'X9999')).toEqual(refused('wrong-or-over'))
    expect(attempts(ward).at(-1)).toMatchObject({ outcome: 'refused', reason: 'unknown-person' })
  })

  it('are taken while the screen rotates on, for their 120 seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const ward = await locked()
    const first = await challengeOf(ward)
    for (let i = 0; i < 3; i++) {
      ward.clock.pass(30_000)
      vi.advanceTimersByTime(30_000)
    }
    expect(await challengeOf(ward)).not.toEqual(first)
    ward.clock.pass(29_999)
    expect(await typed(ward, adas, first)).toMatchObject({ ok: true })
  })

  it.each([
    [120_000, 'at the very end'],
    [9 * 60_000, 'minutes later'],
  ])('%i ms after the code was shown are too late, never wrong (%s)', async (passed) => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    ward.clock.pass(passed)
    expect(await typed(ward, adas, challenge)).toEqual(refused('challenge-over'))
    expect(await typed(ward, adas, challenge, staffId)).toEqual(refused('challenge-over'))
    expect(attempts(ward).at(-1)).toMatchObject({ reason: 'challenge-over', details: { challenge: nonce(challenge) } })
    // It was no failure: nobody has to type an ID for it.
    expect(ward.desk.screen()).toMatchObject({ answers: { idNeeded: false } })
  })

  it('get no more time from a clock that is set back, nor from one set forward and back', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    ward.clock.pass(60_000)
    ward.clock.wallMs -= 3_600_000
    ward.clock.running += 60_000
    expect(await typed(ward, adas, challenge)).toEqual(refused('challenge-over'))
  })

  it('are right whatever the phone’s clock says: there is no time in them', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    vi.setSystemTime(Date.now() + 3_600_000)
    const digits = adas.digits(challenge)
    vi.useRealTimers()
    expect(await ward.desk.handlers.submitAnswer({ staffId: null, digits })).toMatchObject({ ok: true })
  })

  it('are taken once', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    expect(await typed(ward, adas, challenge)).toMatchObject({ ok: true })
    await ward.desk.handlers.lockNow({})
    expect(await typed(ward, adas, challenge)).toEqual(refused('already-used'))
    expect(await typed(ward, nurses, challenge)).toEqual(refused('already-used'))
    expect(await shown(ward, nurses.shownAnswer(challenge))).toEqual(refused('already-used'))
  })

  it('end with what was on the screen when somebody else came in', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    await signIn(ward)
    await ward.desk.handlers.lockNow({})
    expect(await typed(ward, nurses, challenge)).toEqual(refused('challenge-over'))
  })

  it('three times wrong end every code that is live, and another is shown at once', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    const digits = wrongDigits(adas.digits(challenge))
    for (let i = 0; i < 3; i++) await ward.desk.handlers.submitAnswer({ staffId: `X000${i}`, digits })
    const next = await challengeOf(ward)
    expect(next).not.toEqual(challenge)
    expect(await typed(ward, adas, challenge, staffId)).toEqual(refused('challenge-over'))
    expect(await typed(ward, adas, next, staffId)).toMatchObject({ ok: true })
  })

  it.each([[null], [staffId], ['X9999']])(
    'of before a restart are not called wrong: none is, for ten minutes, with staff ID %s',
    async (who) => {
      const first = await locked()
      const digits = adas.digits(await challengeOf(first))
      await closeAll()
      const ward = await restartScanning(first)
      const type = (typed: string) => ward.desk.handlers.submitAnswer({ staffId: who, digits: typed })
      await challengeOf(ward)
      expect(await type(digits)).toEqual(refused('wrong-or-over'))
      ward.clock.pass(10 * 60_000 - 1)
      if (who !== null) expect(await type(wrongDigits(digits))).toEqual(refused('wrong-or-over'))
      ward.clock.pass(1)
      if (who !== null) expect(await type(digits)).toEqual(refused('wrong-code'))
    },
  )

  it('without an ID, once wrong, want the ID until somebody succeeds, after a restart too', async () => {
    const first = await locked()
    const digits = wrongDigits(adas.digits(await challengeOf(first)))
    expect(await first.desk.handlers.submitAnswer({ staffId: null, digits })).toEqual(refused('wrong-or-over'))
    expect(first.desk.screen()).toMatchObject({ answers: { idNeeded: true } })
    expect(await typed(first, adas, await challengeOf(first))).toEqual(refused('id-needed'))
    await closeAll()
    const ward = await restartScanning(first)
    expect(ward.desk.screen()).toMatchObject({ answers: { idNeeded: true } })
    expect(await typed(ward, adas, await challengeOf(ward))).toEqual(refused('id-needed'))
    expect(await typed(ward, adas, await challengeOf(ward), staffId)).toMatchObject({ ok: true })
    expect(await typed(ward, nurses, await freshChallenge(ward))).toMatchObject({ ok: true })
  })

  it('are refused where policy wants them shown or sent, and it is said to whoever has the right ones alone', async () => {
    const ward = await locked()
    await putPolicy(ward, { settings: { phoneAnswers: 'shown-or-sent' } })
    const challenge = await challengeOf(ward)
    const digits = wrongDigits(adas.digits(challenge))
    expect(await ward.desk.handlers.submitAnswer({ staffId, digits })).toEqual(refused('wrong-or-over'))
    expect(await typed(ward, adas, challenge, staffId)).toEqual(refused('form-refused'))
    // That code is used up, and another is on the screen at once.
    const next = await challengeOf(ward)
    expect(next).not.toEqual(challenge)
    expect(await shown(ward, adas.shownAnswer(next))).toMatchObject({ ok: true })
  })

  it('wait like anything typed, with their own count: codes, and answers that are shown, go on', async () => {
    const ward = await locked()
    const { handlers } = ward.desk
    const challenge = await challengeOf(ward)
    const digits = wrongDigits(adas.digits(challenge))
    for (let i = 0; i < 3; i++) await handlers.submitAnswer({ staffId, digits })
    expect(await typed(ward, adas, await challengeOf(ward), staffId)).toMatchObject(refused('throttled'))
    expect(await shown(ward, adas.shownAnswer(await challengeOf(ward)))).toMatchObject({ ok: true })
    await handlers.lockNow({})
    await signIn(ward)
  })
})

describe('a shown answer', () => {
  it('signs its owner in and records what the phone says of itself and where it is', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    const place = { latitude: 48.20849, longitude: 16.37208, accuracyMetres: 12 }
    expect(await shown(ward, adas.shownAnswer(challenge, { device: 'Firefox on Android', place }))).toMatchObject({
      ok: true,
    })
    expect(attempts(ward).at(-1)).toMatchObject({
      method: 'phone',
      outcome: 'accepted',
      location: 'Level 2',
      details: { form: 'shown', challenge: nonce(challenge), device: 'Firefox on Android', verification: 'none' },
    })
    expect(attempts(ward).at(-1)?.details?.place).toContain('48.20849')
  })

  it('says who vouches for its owner: the passkey, or the phone’s own word', async () => {
    const ward = await locked()
    expect(await shown(ward, nurses.shownAnswer(await challengeOf(ward)))).toMatchObject({ ok: true })
    expect(attempts(ward).at(-1)).toMatchObject({ details: { verification: 'passkey' } })
    const byWord = adas.shownAnswer(await freshChallenge(ward), { verification: 'phone' })
    expect(await shown(ward, byWord)).toMatchObject({ ok: true })
    expect(attempts(ward).at(-1)).toMatchObject({ details: { verification: 'phone' } })
  })

  it('that comes too late says so', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    ward.clock.pass(120_000)
    expect(await shown(ward, adas.shownAnswer(challenge))).toEqual(refused('challenge-over'))
    expect(attempts(ward).at(-1)).toMatchObject({ reason: 'challenge-over' })
  })

  it('to a code that another station shows is refused as that', async () => {
    const other = await newScanningWard()
    const theirs = await challengeOf(other)
    const ward = await locked()
    expect(await shown(ward, adas.shownAnswer(theirs))).toEqual(refused('other-station'))
    expect(attempts(ward).at(-1)).toMatchObject({ outcome: 'refused', reason: 'other-station' })
  })

  it('to a code of before a restart is too late', async () => {
    const first = await locked()
    const challenge = await challengeOf(first)
    await closeAll()
    const ward = await restartScanning(first)
    expect(await shown(ward, adas.shownAnswer(challenge))).toEqual(refused('challenge-over'))
  })

  it.each<Decision>(['denied', 'not-mine'])('says %s to a code of before a restart as well', async (decision) => {
    const first = await locked()
    const text = adas.shownAnswer(await challengeOf(first), { decision })
    await closeAll()
    const ward = await restartScanning(first)
    expect(await shown(ward, text)).toEqual(refused('not-approved'))
    expect(await typed(ward, adas, await challengeOf(ward), staffId)).toEqual(refused('phone-closed'))
    // It is news no longer once that is over: a copy of it closes nothing.
    ward.clock.pass(15 * 60_000)
    expect(await shown(ward, text)).toEqual(refused('challenge-over'))
    await signIn(ward)
    expect(await typed(ward, adas, await freshChallenge(ward), staffId)).toMatchObject({ ok: true })
  })

  it.each<[Decision, string]>([
    ['denied', 'phone-denied'],
    ['not-mine', 'phone-not-mine'],
  ])('that says %s closes that phone for a quarter of an hour, and raises an alert', async (decision, alert) => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    expect(await shown(ward, adas.shownAnswer(challenge, { decision }))).toEqual(refused('not-approved'))
    expect(attempts(ward).at(-1)).toMatchObject({ outcome: 'refused', reason: decision })
    expect(eventsOf(ward, 'alert-raised').at(-1)).toMatchObject({ reason: alert })
    // Its code is used up, and no way of that phone opens anything; everybody else, and the authenticator app, go on.
    expect(await typed(ward, nurses, challenge)).toEqual(refused('already-used'))
    expect(await typed(ward, adas, await freshChallenge(ward), staffId)).toEqual(refused('phone-closed'))
    expect(await shown(ward, adas.shownAnswer(await freshChallenge(ward)))).toEqual(refused('phone-closed'))
    expect(await typed(ward, nurses, await freshChallenge(ward), nurse)).toMatchObject({ ok: true })
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
    ward.clock.pass(15 * 60_000)
    expect(await typed(ward, adas, await freshChallenge(ward), staffId)).toMatchObject({ ok: true })
  })

  it('stays closed after a restart', async () => {
    const first = await locked()
    await shown(first, adas.shownAnswer(await challengeOf(first), { decision: 'denied' }))
    await closeAll()
    const ward = await restartScanning(first)
    expect(await shown(ward, adas.shownAnswer(await challengeOf(ward)))).toEqual(refused('phone-closed'))
  })

  it.each([
    '',
    'hello',
    'WARDKEY:R',
    'WARDKEY:PAAAA',
    'HTTPS://PHONE.EXAMPLE.ORG/#AEAAA',
    `WARDKEY:R${'A'.repeat(900)}`,
  ])('is not "%s"', async (text) => {
    const ward = await locked()
    expect(await shown(ward, text)).toEqual(refused('not-an-answer'))
  })
})

describe('where policy wants more', () => {
  const withFactors = async (factors: 'phone' | 'verified-phone' | 'code-and-pin') => {
    const ward = await locked()
    await putPolicy(ward, { settings: { factors } })
    return ward
  }

  it('a phone alone: a one-time code opens nothing, and says so only when it is right', async () => {
    const ward = await withFactors('phone')
    ward.clock.pass(30_000)
    expect(await ward.desk.handlers.submitCode({ staffId, code: '00000000' })).toEqual(refused('wrong-code'))
    await expect(signIn(ward)).rejects.toThrow()
    expect(attempts(ward).at(-1)).toMatchObject({ method: 'totp', reason: 'phone-needed' })
    expect(await typed(ward, adas, await challengeOf(ward))).toMatchObject({ ok: true })
  })

  it('a phone that says where it is: no typed answer, and none without it', async () => {
    const ward = await locked()
    await putPolicy(ward, {
      rules: [{ name: 'staff', when: { roles: ['staff'] }, set: { phoneLocation: 'required' } }],
    })
    expect(await typed(ward, nurses, await challengeOf(ward), nurse)).toEqual(refused('location-needed'))
    expect(await shown(ward, nurses.shownAnswer(await challengeOf(ward)))).toEqual(refused('location-needed'))
    expect(attempts(ward).at(-1)).toMatchObject({ outcome: 'refused', reason: 'location-needed' })
    const place = { latitude: 48.20849, longitude: 16.37208, accuracyMetres: 12 }
    expect(await shown(ward, nurses.shownAnswer(await challengeOf(ward), { place }))).toMatchObject({ ok: true })
    expect(attempts(ward).at(-1)?.details?.place).toContain('48.20849')
  })

  it('a phone that has seen its owner: only a passkey’s assertion counts', async () => {
    const ward = await withFactors('verified-phone')
    expect(await typed(ward, nurses, await challengeOf(ward), nurse)).toEqual(refused('verification-needed'))
    const word = nurses.shownAnswer(await challengeOf(ward), { verification: 'phone' })
    expect(await shown(ward, word)).toEqual(refused('verification-needed'))
    const none = nurses.shownAnswer(await challengeOf(ward), { verification: 'none' })
    expect(await shown(ward, none)).toEqual(refused('verification-needed'))
    expect(await shown(ward, adas.shownAnswer(await challengeOf(ward)))).toEqual(refused('verification-needed'))
    expect(attempts(ward).at(-1)).toMatchObject({ reason: 'verification-needed' })
    expect(await shown(ward, nurses.shownAnswer(await challengeOf(ward)))).toMatchObject({ ok: true })
  })

  it('a code and a PIN: the PIN after an answer, too, unless the passkey has seen its owner', async () => {
    const ward = await withFactors('code-and-pin')
    const { handlers } = ward.desk
    expect(await typed(ward, adas, await challengeOf(ward))).toEqual(refused('new-pin-needed'))
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', pin: 'new' })
    expect(await handlers.setNewPin({ pin: goodPin, again: goodPin })).toEqual({ ok: true })
    expect(await shown(ward, adas.shownAnswer(await freshChallenge(ward)))).toEqual(refused('pin-needed'))
    expect(await handlers.submitPin({ pin: goodPin })).toMatchObject({ ok: true })
    expect(await shown(ward, nurses.shownAnswer(await freshChallenge(ward)))).toMatchObject({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ method: 'phone' })
  })
})

describe('a phone that does not count any more', () => {
  const credentialOf = (ward: Ward, person: string) =>
    read<string>(ward, "SELECT id FROM credential WHERE kind = 'phone' AND person_id = ?", person)[0] ?? ''

  it('revoked: no answer of it is anybody’s, and a session that it opened ends within a second', async () => {
    const ward = await locked()
    await signIn(ward)
    const credentialId = credentialOf(ward, nurseId)
    const reason = 'lost on the bus'
    expect(await ward.desk.handlers.revokeCredential({ credentialId, reason })).toEqual({ ok: true })
    const challenge = await freshChallenge(ward)
    expect(await typed(ward, nurses, challenge)).toEqual(refused('wrong-or-over'))
    expect(await shown(ward, nurses.shownAnswer(challenge))).toEqual(refused('bad-answer'))
    expect(attempts(ward).at(-1)).toMatchObject({ reason: 'no-credential' })
    expect(read(ward, 'SELECT secret FROM credential WHERE id = ?', credentialId)).toEqual([null])
  })

  it('suspended with its owner, or alone: said after a right answer only', async () => {
    const ward = await locked()
    await signIn(ward)
    await ward.desk.handlers.changePersonStatus({ personId: nurseId, status: 'suspended', reason: 'away' })
    const challenge = await freshChallenge(ward)
    const digits = wrongDigits(nurses.digits(challenge))
    expect(await ward.desk.handlers.submitAnswer({ staffId: nurse, digits })).toEqual(refused('wrong-or-over'))
    expect(await typed(ward, nurses, challenge, nurse)).toEqual(refused('suspended'))
    expect(await shown(ward, nurses.shownAnswer(await challengeOf(ward)))).toEqual(refused('suspended'))
  })
})

describe('a phone that policy takes away again', () => {
  it('answers in no way: the newest alone counts', async () => {
    const ward = await locked()
    await putPolicy(ward, { settings: { phonesPerPerson: 2 } })
    await signIn(ward)
    const second = await bind(ward, ward.desk.handlers.bindOwnPhone({}))
    expect(await typed(ward, adas, await freshChallenge(ward))).toMatchObject({ ok: true })
    await ward.desk.handlers.lockNow({})
    await putPolicy(ward, {})
    expect(await typed(ward, adas, await challengeOf(ward), staffId)).toMatchObject({ ok: false })
    expect(await typed(ward, adas, await challengeOf(ward))).toMatchObject({ ok: false })
    expect(await shown(ward, adas.shownAnswer(await challengeOf(ward)))).toMatchObject({ ok: false })
    expect(await typed(ward, second, await freshChallenge(ward), staffId)).toMatchObject({ ok: true })
  })
})
