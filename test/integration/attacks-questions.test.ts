// An answer that somebody gave to one question, held up to another: a change asked about instead, or a phone closed meanwhile.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { QuestionAbout } from '../../src/contracts/screen.ts'
import {
  addPerson,
  closeAll,
  copyOf,
  eventsOf,
  plain,
  putPolicy,
  read,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { type BoundPhone, readChallenge } from '../support/bound-phone.ts'
import { readSymbol } from '../support/read-symbol.ts'
import { bind, challengeOf, newScanningWard, refused, restartScanning } from '../support/scanning-ward.ts'

const other = 'A1002'
const eve = { displayName: 'Eve', staffId: 'E1', roles: ['staff' as const] }
const two = { settings: { idleMs: 3_600_000 }, approvals: ['change-people' as const] }
const over = refused('challenge-over')

let station: Stopped
let adas: BoundPhone
let bens: BoundPhone
beforeAll(async () => {
  const ward = await newScanningWard()
  await signIn(ward)
  adas = await bind(ward, ward.desk.handlers.bindOwnPhone({}))
  const benId = await addPerson(ward, other, ['administrator'])
  bens = await bind(ward, ward.desk.handlers.bindPhone({ personId: benId }))
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

async function signedIn(): Promise<Ward> {
  const ward = await restartScanning(copyOf(station))
  await putPolicy(ward, two)
  const digits = adas.digits(await challengeOf(ward))
  expect(await ward.desk.handlers.submitAnswer({ staffId: null, digits })).toMatchObject({ ok: true })
  expect(await ward.desk.handlers.addPerson(eve)).toEqual(refused('second-needed'))
  return ward
}
async function ask(ward: Ward, about: QuestionAbout): Promise<Uint8Array> {
  expect(await ward.desk.handlers.showQuestion({ about })).toEqual({ ok: true })
  const screen = ward.desk.screen()
  if (screen.kind !== 'session' || screen.question?.challenge.state !== 'shown') throw new Error('nothing is asked')
  return readChallenge(readSymbol(screen.question.challenge.qr))
}
const type = (ward: Ward, digits: string) => ward.desk.handlers.answerQuestion({ staffId: other, digits })
const show = (ward: Ward, text: string) => ward.desk.handlers.showAnswerToQuestion({ text })

describe('a second person’s yes', () => {
  it('is for no other change, also where its question was asked anew', async () => {
    const ward = await signedIn()
    const challenge = await ask(ward, 'second')
    const worse = { ...eve, roles: ['administrator' as const] }
    expect(await ward.desk.handlers.addPerson(worse)).toEqual(refused('second-needed'))
    await ask(ward, 'second')
    expect(await type(ward, bens.digits(challenge))).toEqual(over)
    expect(await show(ward, bens.shownAnswer(challenge))).toEqual(over)
    expect(await ward.desk.handlers.addPerson(worse)).toEqual(refused('second-needed'))
    expect(eventsOf(ward, 'person-added').filter(({ second }) => second)).toEqual([])
  })

  it('stays good for the same change whose question is shown once more', async () => {
    const ward = await signedIn()
    const challenge = await ask(ward, 'second')
    await ask(ward, 'second')
    expect(await type(ward, bens.digits(challenge))).toEqual({ ok: true })
  })

  it('is no yes to a new phone of whoever asked', async () => {
    const ward = await restartScanning(copyOf(station))
    await putPolicy(ward, { ...two, grants: { 'enroll-self': [], enroll: ['administrator'] } })
    const recovery = plain(ward.recoveryCodes[0])
    expect(await ward.desk.handlers.submitRecoveryCode({ staffId, code: recovery })).toMatchObject({ ok: true })
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(refused('second-needed'))
    const challenge = await ask(ward, 'second')
    await ask(ward, 'approval')
    expect(await show(ward, bens.shownAnswer(challenge))).toEqual(over)
    expect(eventsOf(ward, 'offer-made').filter(({ actor }) => actor !== undefined && actor === bensId(ward))).toEqual(
      [],
    )
  })

  it('by a phone that was revoked since it was asked counts for nothing', async () => {
    const ward = await signedIn()
    const challenge = await ask(ward, 'second')
    const [credentialId = ''] = read<string>(
      ward,
      "SELECT id FROM credential WHERE person_id = ? AND kind = 'phone'",
      bensId(ward),
    )
    expect(await ward.desk.handlers.revokeCredential({ credentialId, reason: 'lost just now' })).toEqual({ ok: true })
    expect(await type(ward, bens.digits(challenge))).toMatchObject({ ok: false })
    expect(await show(ward, bens.shownAnswer(challenge))).toMatchObject({ ok: false })
    expect(await ward.desk.handlers.addPerson(eve)).toEqual(refused('second-needed'))
  })

  it('of before a restart is one of no question', async () => {
    const ward = await signedIn()
    const challenge = await ask(ward, 'second')
    await closeAll()
    const again = await restartScanning(ward)
    const digits = adas.digits(await challengeOf(again))
    await again.desk.handlers.submitAnswer({ staffId: null, digits })
    expect(await again.desk.handlers.addPerson(eve)).toEqual(refused('second-needed'))
    await ask(again, 'second')
    expect(await type(again, bens.digits(challenge))).toMatchObject({ ok: false })
    expect(await show(again, bens.shownAnswer(challenge))).toMatchObject({ ok: false })
    expect(await again.desk.handlers.addPerson(eve)).toEqual(refused('second-needed'))
  })
})

const bensId = (ward: Ward): string => read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', other)[0] ?? ''
