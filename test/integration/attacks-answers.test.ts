// Attacks on answers: changed, swapped, replayed, for another station or another process; rows of phones edited and put back.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readShownText, shownText } from '../../src/core/binding.ts'
import type { PhoneAnswer } from '../../src/core/phone-answer.ts'
import { ChallengeBoard } from '../../src/station/challenge-board.ts'
import { loginByDigits } from '../../src/station/login-answer.ts'
import { loginByShown, readShownAnswer } from '../../src/station/login-shown.ts'
import type { TableName } from '../../src/station/schema.ts'
import {
  addPerson,
  beside,
  closeAll,
  copyOf,
  eventsOf,
  expectClosed,
  reachInto,
  read,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import type { AnswerLies, BoundPhone } from '../support/bound-phone.ts'
import { keepTable, putTableBack } from '../support/put-back.ts'
import {
  bind,
  challengeOf,
  freshChallenge,
  newScanningWard,
  nurse,
  refused,
  restartScanning,
} from '../support/scanning-ward.ts'
import { SoftPasskey } from '../support/soft-passkey.ts'
import { partsOf } from '../support/ward-ways.ts'

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
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const locked = (): Promise<Ward> => restartScanning(copyOf(station))
const show = (ward: Ward, text: string) => ward.desk.handlers.submitShownAnswer({ text })
const lastAttempt = (ward: Ward) => eventsOf(ward, 'login-attempted').at(-1)

describe('a signed answer', () => {
  const other = new Uint8Array(29).fill(9)
  const changes: [string, (challenge: Uint8Array) => Partial<PhoneAnswer>][] = [
    ['the credential', () => ({ credential: nurses.welcome.credential })],
    ['the verification', () => ({ verification: 'phone' })],
    ['the decision', () => ({ decision: 'denied' })],
    ['what the phone says of itself', () => ({ device: 'Another phone' })],
    ['the place', () => ({ place: { latitude: 1, longitude: 2, accuracyMetres: 3 } })],
    ['the signature', () => ({ signature: new Uint8Array(64) })],
    ['the signature by its greatest numbers', () => ({ signature: new Uint8Array(64).fill(0xff) })],
  ]
  it.each(changes)('is worth nothing once somebody has changed %s', async (_, change) => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    const text = adas.shownAnswer(challenge, {}, { tampered: change(challenge) })
    expect(await show(ward, text)).toEqual(refused('bad-answer'))
    expect(lastAttempt(ward)).toMatchObject({ outcome: 'refused', reason: 'bad-signature' })
    // A denial that was forged closes nobody's phone.
    expect(await show(ward, adas.shownAnswer(challenge))).toMatchObject({ ok: true })
  })

  it('of yesterday, put onto the code of today, is worth nothing', async () => {
    const ward = await locked()
    const old = adas.answer(await challengeOf(ward))
    await signIn(ward)
    const fresh = await freshChallenge(ward)
    const text = adas.shownAnswer(fresh, {}, { tampered: { signature: old.signature } })
    expect(await show(ward, text)).toEqual(refused('bad-answer'))
    expect(await show(ward, adas.shownAnswer(fresh, {}, { tampered: { challenge: other } }))).toMatchObject({
      ok: false,
    })
  })

  it('with any byte of it changed lets nobody in', async () => {
    const ward = await locked()
    const bytes = readShownText(nurses.shownAnswer(await challengeOf(ward)), 'R') ?? new Uint8Array()
    // Fewer than slow the station; all of them are in test/fuzz.
    for (let at = 3; at < bytes.length; at += Math.ceil(bytes.length / 18)) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(await show(ward, shownText('R', changed)), `byte ${at}`).toMatchObject({ ok: false })
    }
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked' })
  })

  it('for a credential that nobody has, or that is no phone, is refused alike', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    const [totp = ''] = read<string>(ward, "SELECT id FROM credential WHERE kind = 'totp'")
    for (const credential of [new Uint8Array(16), Buffer.from(totp.replaceAll('-', ''), 'hex')])
      expect(await show(ward, adas.shownAnswer(challenge, { credential }))).toEqual(refused('bad-answer'))
    expect(lastAttempt(ward)).toMatchObject({ reason: 'no-credential' })
  })
})

describe('a passkey’s assertion', () => {
  const lies: [string, AnswerLies][] = [
    ['has not seen its owner', { assertion: { userVerified: false } }],
    ['nobody touched', { assertion: { userPresent: false } }],
    ['was made for another page', { assertion: { origin: 'https://phone.example.com' } }],
    ['was made for another host', { assertion: { rpId: 'example.com' } }],
    ['is about something else', { assertion: { challenge: new Uint8Array(32) } }],
    ['is of another passkey', { passkey: new SoftPasskey('phone.example.org') }],
  ]
  it.each(lies)('that %s counts for nothing, and neither does its answer', async (_, lie) => {
    const ward = await locked()
    const text = nurses.shownAnswer(await challengeOf(ward), {}, lie)
    expect(await show(ward, text)).toEqual(refused('bad-answer'))
    expect(lastAttempt(ward)).toMatchObject({ person: nurseId, outcome: 'refused', reason: 'bad-assertion' })
  })

  it('of another answer counts for nothing', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    const { assertion } = nurses.answer(challenge, { device: 'Another' })
    const text = nurses.shownAnswer(challenge, {}, { tampered: { assertion } })
    expect(await show(ward, text)).toEqual(refused('bad-answer'))
  })

  it('from a phone that has no passkey here counts for nothing', async () => {
    const ward = await locked()
    const passkey = new SoftPasskey('phone.example.org')
    const text = adas.shownAnswer(await challengeOf(ward), { verification: 'passkey' }, { passkey })
    expect(await show(ward, text)).toEqual(refused('bad-answer'))
  })
})

describe('a passkey that counts', () => {
  it('counts on, and one that counts behind is a copy', async () => {
    const ward = await locked()
    await signIn(ward)
    const phone = await bind(ward, ward.desk.handlers.bindOwnPhone({}), { passkey: 'counting-passkey' })
    expect(await show(ward, phone.shownAnswer(await freshChallenge(ward)))).toMatchObject({ ok: true })
    expect(await show(ward, phone.shownAnswer(await freshChallenge(ward)))).toMatchObject({ ok: true })
    const challenge = await freshChallenge(ward)
    for (const counter of [0, 1, 2]) {
      const copied = phone.shownAnswer(challenge, {}, { assertion: { counter } })
      expect(await show(ward, copied), `counter ${counter}`).toEqual(refused('bad-answer'))
    }
    expect(lastAttempt(ward)).toMatchObject({ reason: 'bad-assertion' })
    const text = phone.shownAnswer(challenge)
    expect(await show(ward, text)).toMatchObject({ ok: true })
    await ward.desk.handlers.lockNow({})
    expect(await show(ward, text)).toEqual(refused('already-used'))
  })
})

describe('an answer for another board', () => {
  it('opens nothing at a second process on the same folder, before or after it was used at the first', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    const digits = adas.digits(challenge)
    const answer = readShownAnswer(adas.shownAnswer(challenge))
    if (!answer) throw new Error('no answer')
    const { offer } = adas
    const elsewhere = () =>
      beside(ward, (opened) => {
        const board = new ChallengeBoard(ward.clock, 'phone.example.org')
        board.wake(offer.station)
        const parts = { ...partsOf(opened, ward.clock), board, stationNumber: offer.station }
        expect(loginByDigits(parts, staffId, digits)).toEqual(refused('wrong-or-over'))
        expect(loginByShown(parts, answer, null)).toEqual(refused('challenge-over'))
      })
    await elsewhere()
    expect(await ward.desk.handlers.submitAnswer({ staffId, digits })).toMatchObject({ ok: true })
    await elsewhere()
  })

  it('at a copy of the station is an answer to a code that it never showed', async () => {
    const ward = await locked()
    const challenge = await challengeOf(ward)
    const copy = await locked()
    expect(await show(copy, adas.shownAnswer(challenge))).toEqual(refused('challenge-over'))
    expect(await copy.desk.handlers.submitAnswer({ staffId, digits: adas.digits(challenge) })).toEqual(
      refused('wrong-or-over'),
    )
  })
})

describe('rows of phones', () => {
  const revoke = async (ward: Ward) => {
    await signIn(ward)
    const [credentialId = ''] = read<string>(
      ward,
      "SELECT id FROM credential WHERE kind = 'phone' AND person_id = ?",
      nurseId,
    )
    await ward.desk.handlers.revokeCredential({ credentialId, reason: 'lost' })
  }
  const deny = async (ward: Ward) => show(ward, adas.shownAnswer(await challengeOf(ward), { decision: 'not-mine' }))
  const fail = (ward: Ward) => ward.desk.handlers.submitAnswer({ staffId: null, digits: '00000000' })
  const bindAgain = async (ward: Ward) => {
    await signIn(ward)
    await bind(ward, ward.desk.handlers.bindOwnPhone({}))
  }
  const deeds: [string, TableName, (ward: Ward) => unknown][] = [
    ['it was revoked', 'credential', revoke],
    ['another one took its place', 'credential', bindAgain],
    ['its offer was used', 'offer', bindAgain],
    ['its owner said that it was not them', 'throttle', deny],
    ['an answer without an ID failed', 'throttle', fail],
  ]
  it.each(deeds)('put back to before %s close the station', async (_, table, deed) => {
    const ward = await locked()
    const before = reachInto(ward, keepTable(table))
    await deed(ward)
    expect(reachInto(ward, keepTable(table))).not.toEqual(before)
    await closeAll()
    reachInto(ward, putTableBack(table, before))
    await expectClosed(await restartScanning(ward), 'data-edited')
  })

  it.each([
    ['the public key of somebody’s own phone', 'parameters'],
    ['the sealed answer key of another phone', 'secret'],
    ['another owner', 'person_id'],
  ])('with %s close the station', async (_, column) => {
    const stopped = copyOf(station)
    reachInto(stopped, (db) =>
      db.exec(
        `UPDATE credential SET ${column} = (SELECT ${column} FROM credential WHERE kind = 'phone' AND person_id != '${nurseId}')
         WHERE kind = 'phone' AND person_id = '${nurseId}'`,
      ),
    )
    await expectClosed(await restartScanning(stopped), 'data-edited')
  })
})
