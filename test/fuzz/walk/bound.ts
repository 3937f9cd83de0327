// Phones that scan: bound by a part that is shown or typed, and what their answers open.
import { expect } from 'vitest'
import type { Decision } from '../../../src/core/phone-answer.ts'
import { BoundPhone } from '../../support/bound-phone.ts'
import { readSymbol } from '../../support/read-symbol.ts'
import { challengeOf } from '../../support/scanning-ward.ts'
import { endOffersOf, enter, isAccepted, judge, reasonOf } from './attempts.ts'
import { lock, restart } from './coming.ts'
import { type Bound, boundOf, type Model, type Person, phonesOf, pinOf } from './model.ts'
import type { WalkedStation } from './station.ts'

const closedMs = 15 * 60_000

/** From the offer to a phone that knows the workstation. @param photographed the digits come of another phone that saw the offer. */
export async function bind(
  model: Model,
  station: WalkedStation,
  person: Person,
  { form, replaces, photographed }: { form: 'keys' | 'typed'; replaces: boolean; photographed: boolean },
) {
  const { handlers } = station
  const isFull = boundOf(person).length >= model.policy.phonesPerPerson
  const asked = replaces || isFull ? { reason: 'the walk goes on' } : {}
  const works = model.mayChange(station.now()) && person.status === 'active'
  const offered = await handlers.bindPhone({ personId: person.id, ...asked })
  expect(offered.ok, `a binding for ${person.staffId}, answered ${reasonOf(offered)}`).toBe(works)
  if (!offered.ok) return
  model.leaveStage()
  endOffersOf(model, person)
  const link = readSymbol(offered.qr)
  const phone = new BoundPhone(link)
  const other = new BoundPhone(link)
  const taken =
    form === 'keys'
      ? await handlers.submitPhonePart({ text: phone.part() })
      : await handlers.submitTypedPart({ part: phone.typedPart.replaceAll('-', '') })
  expect(taken).toEqual({ ok: true })
  const shows = photographed ? other : phone
  const answer = await handlers.confirmBinding({
    digits: form === 'keys' ? shows.digitsForPart() : shows.digitsForTyped(),
  })
  expect(answer.ok, `confirming a binding, answered ${reasonOf(answer)}`).toBe(!photographed)
  station.count(`binding ${answer.ok ? 'confirmed' : 'refused'}`)
  if (!answer.ok) return void (await handlers.abandonOffer({}))
  const bound = boundOf(person)
  const ending = asked.reason ? [...bound, ...phonesOf(person)] : bound.slice(model.policy.phonesPerPerson - 1)
  for (const old of ending) old.status = 'ended'
  const id = station.newest(person, 'phone')
  const nth = station.phones.push(phone) - 1
  const made: Bound = { kind: 'phone', id, status: 'active', nth, form, closedUntilMs: 0 }
  person.credentials.push(made)
  // Their own session goes on by the new one: it has the welcome to show.
  const { session } = model
  if (session?.person === person && ending.some((old) => old === session.livesBy)) session.livesBy = made
  await takeWelcome(model, station, person, phone)
}

/** What follows a binding: the workstation's own code, and recovery codes for whoever has none. */
async function takeWelcome(model: Model, station: WalkedStation, person: Person, phone: BoundPhone) {
  const { screen } = station
  if (screen.kind !== 'session' || !screen.welcome) throw new Error(`no welcome on the screen: ${screen.kind}`)
  expect(phone.take(readSymbol(screen.welcome.qr))).toBe(true)
  const set = person.credentials.find(({ kind, status }) => kind === 'recovery' && /active/.test(status))
  const finished = await station.handlers.finishWelcome({})
  expect(finished.ok, `the end of a welcome, answered ${reasonOf(finished)}`).toBe(true)
  expect('recoveryCodes' in finished, 'codes for whoever has none').toBe(set === undefined)
  if (!('recoveryCodes' in finished)) return
  for (const each of person.credentials) if (each.status === 'pending') each.status = 'ended'
  const id = station.newest(person, 'recovery')
  const made = { kind: 'recovery' as const, id, codes: finished.recoveryCodes, used: new Set<string>() }
  person.credentials.push({ ...made, status: 'pending' })
  const last = person.credentials.at(-1)
  if (last?.kind === 'recovery') model.stage = { kind: 'codes', person, set: last, newPhone: false }
}

export interface Answering {
  readonly by: Bound
  /** Whose staff ID is typed. */
  readonly staffId: string
  readonly how: 'typed' | 'shown'
  readonly decision: Decision
  /** After the time of the code on the screen. */
  readonly late: boolean
  /** The same answer a second time. */
  readonly again: boolean
  /** The station starts anew first. */
  readonly restarts: boolean
}

/** To the code that is on the locked screen now. */
export async function answer(model: Model, station: WalkedStation, owner: Person, answering: Answering) {
  const { restarts } = answering
  // The walk's clock rotates no codes: only one that a start or the end of a session brought is surely new.
  const isNew = restarts || station.screen.kind === 'session'
  await (restarts ? restart : lock)(model, station)
  const challenge = await challengeOf(station.ward)
  if (answering.late) station.pass(model, 130_000)
  await answerOnce(model, station, owner, answering, challenge, answering.late ? 'over' : isNew ? 'new' : 'unsure')
  if (!answering.again) return
  await lock(model, station)
  await answerOnce(model, station, owner, answering, challenge, 'over')
}

async function answerOnce(
  model: Model,
  station: WalkedStation,
  owner: Person,
  { by, staffId, how, decision }: Answering,
  challenge: Uint8Array,
  age: 'new' | 'unsure' | 'over',
) {
  const phone = station.phones[by.nth]
  if (!phone) throw new Error('a phone without its keys')
  const now = station.now()
  const counts = boundOf(owner).slice(0, model.policy.phonesPerPerson).includes(by)
  const isOpen = by.status === 'active' && owner.status === 'active' && now.wallMs >= by.closedUntilMs
  const isTheirs = how === 'shown' ? by.form === 'keys' && decision === 'approved' : owner.staffId === staffId
  const pinEnds = model.policy.factors === 'code-and-pin' && pinOf(owner)?.status === 'suspended'
  const may = station.isFree(model) && model.mayCome(owner) && !pinEnds
  const isRight = may && counts && isOpen && isTheirs && age !== 'over'
  const verdict = !isRight ? 'no' : age === 'new' ? 'yes' : 'either'
  const said =
    how === 'typed'
      ? await station.handlers.submitAnswer({ staffId, digits: phone.digits(challenge) })
      : await station.handlers.submitShownAnswer({ text: phone.shownAnswer(challenge, { decision }) })
  const who = how === 'typed' ? staffId : owner.staffId
  const accepted = judge(model, station, { way: 'phone', staffId: who, verdict }, said)
  if (reasonOf(said) === 'not-approved') by.closedUntilMs = now.wallMs + closedMs
  else if (how === 'shown' && decision !== 'approved') expect(accepted, 'a phone that said no').toBe(false)
  if (!accepted) return
  expect(said.ok, 'whether an answer was enough').toBe(model.policy.factors === 'code')
  if (said.ok) return enter(model, station, owner, 'phone', by)
  expect(reasonOf(said)).toBe(pinOf(owner) ? 'pin-needed' : 'new-pin-needed')
  model.pending = { person: owner, phone: by, since: now, asked: pinOf(owner) !== undefined }
  expect(isAccepted(said)).toBe(true)
}
