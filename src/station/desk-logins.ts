// The ways in at an open desk: each attempt waits where the station is slowed, and who got in is handed to the desk.
import { setTimeout as delay } from 'node:timers/promises'
import type { Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import type { SignInMethod } from '../contracts/screen.ts'
import type { PhoneAnswer } from '../core/phone-answer.ts'
import { pinProblem } from '../core/pin.ts'
import { beginSession, type Moment } from '../core/session.ts'
import { throttleRule } from '../core/throttle.ts'
import type { AnswerOutcome } from './answer-decision.ts'
import type { LoginOutcome, LoginParts, Refusal, SignedIn } from './attempt.ts'
import type { ChallengeBoard } from './challenge-board.ts'
import { ClockFloor } from './clock-floor.ts'
import type { OpenSession } from './desk-screen.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import { isThrottled, loginByCode, loginByRecovery, typedRecovery } from './login.ts'
import { type AnswerParts, loginByDigits } from './login-answer.ts'
import { loginByPin, loginWithNewPin } from './login-pin.ts'
import { loginByShown, readShownAnswer, verifiedCounter } from './login-shown.ts'
import { loginByTicket, typedTicket } from './login-ticket.ts'
import type { OpenStation } from './open-station.ts'
import { patiently } from './patience.ts'
import { rolesOf } from './people.ts'
import { makePin, typedPin } from './pins.ts'
import type { Clock } from './ports.ts'
import { SecondFactor } from './second-factor.ts'
import { lastSignIns } from './sessions.ts'
import { isSlowed } from './throttle.ts'

const notNow = { ok: false, reason: 'not-now' } as const

export interface LoginHost {
  readonly board: ChallengeBoard
  /** Of the phone page; null while scanning is not set up. */
  readonly phoneHost: string | null
  stationNumber(): Uint8Array
  /** Locked, set up, and no enrollment under way. */
  acceptsLogin(): boolean
  settings(roles: readonly Role[]): PolicySettings
  /** Somebody is in. */
  opened(session: OpenSession, person: Row<'person'>): void
  /** A ticket led to its person's offer at the lock screen. */
  offerByTicket(staffId: string, issuedBy: string): Output<'setUpStation'>
  /** A sign-in waits for its PIN, or does so no longer. */
  waits(timeOver: boolean): void
}

export class DeskLogins {
  readonly secondFactor: SecondFactor
  readonly parts: LoginParts
  readonly #host: LoginHost

  constructor({ db, ledger, keys }: OpenStation, clock: Clock, host: LoginHost) {
    this.parts = { db, ledger, keys, clock, floor: new ClockFloor(clock) }
    this.#host = host
    this.secondFactor = new SecondFactor(clock, (timeOver) => host.waits(timeOver))
  }

  /** Below the floor of time: typed codes are closed. */
  clockIsClosed(): boolean {
    return this.parts.floor.isClosed(this.parts.ledger)
  }

  async submitCode(staffId: string, code: string): Promise<Output<'submitCode'>> {
    if (!this.#isFree()) return notNow
    await this.waitWhereSlowed()
    // The desk may have changed while it waited.
    if (!this.#isFree()) return notNow
    const outcome = loginByCode(this.parts, staffId, code)
    if (!('first' in outcome)) return this.#enter(outcome, 'totp')
    this.secondFactor.begin(outcome)
    this.#host.waits(false)
    return { ok: false, reason: outcome.reason }
  }

  /** The digits of a phone that scanned the login QR code. */
  async submitAnswer(staffId: string | null, digits: string): Promise<Output<'submitAnswer'>> {
    return this.#answer(() => loginByDigits(this.answerParts(), staffId, digits))
  }

  /** What the camera read off a phone. */
  async submitShownAnswer(text: string): Promise<Output<'submitShownAnswer'>> {
    if (!this.#isFree()) return notNow
    const answer = readShownAnswer(text)
    if (!answer) return { ok: false, reason: 'not-an-answer' }
    const counter = await this.verifiedCounter(answer)
    return this.#answer(() => loginByShown(this.answerParts(), answer, counter))
  }

  /** What a phone sent by way of the hub: held to its own signature, as if the camera had read it. */
  async submitSentAnswer(answer: PhoneAnswer): Promise<Output<'submitShownAnswer'>> {
    const counter = await this.verifiedCounter(answer)
    const decide = () => loginByShown(this.answerParts(), answer, counter, 'sent')
    if (answer.decision === 'approved') return this.#answer(decide)
    // A no opens nothing, and counts whoever is in by now: it is most urgent where somebody else is.
    const outcome = decide()
    this.#host.waits(false)
    return outcome.ok || 'first' in outcome ? notNow : outcome
  }

  async #answer(decide: () => AnswerOutcome): Promise<Output<'submitAnswer'>> {
    if (!this.#isFree()) return notNow
    await this.waitWhereSlowed()
    // The desk may have changed while it waited.
    if (!this.#isFree()) return notNow
    const outcome = decide()
    if ('first' in outcome) {
      this.secondFactor.begin(outcome)
      this.#host.waits(false)
      return { ok: false, reason: outcome.reason }
    }
    if (outcome.ok) return this.#enter(outcome, 'phone')
    // Wrong answers may have ended the code on the screen, or the ID is asked for from now on.
    this.#host.waits(false)
    return outcome
  }

  answerParts(): AnswerParts {
    return { ...this.parts, board: this.board, stationNumber: this.stationNumber() }
  }

  get board(): ChallengeBoard {
    return this.#host.board
  }

  /** There is a phone page, so that phones can answer. */
  get scans(): boolean {
    return this.#host.phoneHost !== null
  }

  stationNumber(): Uint8Array {
    return this.#host.stationNumber()
  }

  /** Of the passkey that vouches for a shown answer's owner; null without one. */
  async verifiedCounter(answer: PhoneAnswer): Promise<number | null> {
    const { phoneHost } = this.#host
    return phoneHost === null ? null : verifiedCounter(this.parts.ledger, answer, phoneHost)
  }

  async submitPin(pin: string): Promise<Output<'submitPin'>> {
    const pending = this.secondFactor.current()
    if (pending?.kind !== 'asked') return notNow
    await this.waitWhereSlowed()
    const person = this.#person(pending.first.personId)
    const { keys, ledger } = this.parts
    const tag = isThrottled(this.parts, person.staff_id, 'pin') ? null : await typedPin(keys, ledger, person.id, pin)
    // Given up, or over, while the slow hash ran.
    if (this.secondFactor.current() !== pending || !this.#host.acceptsLogin()) return notNow
    const outcome = loginByPin(this.parts, pending.first, tag)
    if (!outcome.ok) return this.#afterRefusal(outcome)
    this.secondFactor.clear()
    return this.#enter(outcome, 'pin')
  }

  async setNewPin(pin: string, again: string): Promise<Output<'setNewPin'>> {
    const pending = this.secondFactor.current()
    if (pending?.kind !== 'new') return notNow
    const problem = pin === again ? pinProblem(pin, this.#person(pending.first.personId).staff_id) : 'not-same'
    if (problem) return { ok: false, reason: problem }
    const made = await makePin(this.parts.keys, pin)
    if (this.secondFactor.current() !== pending || !this.#host.acceptsLogin()) return notNow
    const outcome = loginWithNewPin(this.parts, pending.first, made)
    if (!outcome.ok) return this.#afterRefusal(outcome)
    this.secondFactor.clear()
    this.#enter(outcome, 'pin')
    return { ok: true }
  }

  async submitRecoveryCode(staffId: string, code: string): Promise<Output<'submitRecoveryCode'>> {
    if (!this.#isFree()) return notNow
    await this.waitWhereSlowed()
    // The slow hash comes after the throttle, or it would be a lever to keep the station busy.
    const tag = isThrottled(this.parts, staffId, 'recovery') ? null : await typedRecovery(this.parts, staffId, code)
    return this.#isFree() ? this.#enter(loginByRecovery(this.parts, staffId, tag), 'recovery') : notNow
  }

  async submitTicket(staffId: string, code: string): Promise<Output<'submitTicket'>> {
    if (!this.#isFree()) return notNow
    await this.waitWhereSlowed()
    const tag = isThrottled(this.parts, staffId, 'ticket') ? null : await typedTicket(this.parts, staffId, code)
    if (!this.#isFree()) return notNow
    const outcome = loginByTicket(this.parts, staffId, tag)
    if (!('enroll' in outcome)) return this.#enter(outcome, 'ticket')
    // The ticket is used up: its offer follows, also where an import holds the store in between.
    const { staffId: theirs, issuedBy } = outcome.enroll
    const offer = () => (this.#isFree() ? this.#host.offerByTicket(theirs, issuedBy) : notNow)
    const offered = await this.patiently(offer)
    return offered.ok ? offered : notNow
  }

  #isFree(): boolean {
    return this.#host.acceptsLogin() && this.secondFactor.current() === null
  }

  /** A wrong PIN may be typed again within the minute; anything else ends the sign-in. */
  #afterRefusal(refusal: Refusal): Refusal {
    if (refusal.reason !== 'wrong-code' && refusal.reason !== 'throttled') this.secondFactor.end(false)
    return refusal
  }

  #enter(outcome: SignedIn, method: SignInMethod): { ok: true; displayName: string }
  #enter(outcome: LoginOutcome, method: SignInMethod): Refusal | { ok: true; displayName: string }
  #enter(outcome: LoginOutcome, method: SignInMethod): Refusal | { ok: true; displayName: string } {
    if (!outcome.ok) return outcome
    const { db, ledger } = this.parts
    const { personId, credentialId, sessionId: id } = outcome
    const person = this.#person(personId)
    const before = lastSignIns(db, ledger, personId, id)
    const settings = this.#host.settings(rolesOf(person))
    const times = beginSession(this.#moment(), settings)
    const byPhone = method === 'totp' || method === 'pin' || method === 'phone'
    this.#host.opened({ id, personId, credentialId, method, byPhone, lastSignIns: before, times }, person)
    return { ok: true, displayName: person.display_name }
  }

  #person(id: string): Row<'person'> {
    const person = this.parts.ledger.get('person', id)
    if (!person) throw new DamageError('data-edited', `person/${id}`)
    return person
  }

  /** For what follows a code that is used up by now. */
  patiently<R>(work: () => R): Promise<R> {
    return patiently(work, this.parts.clock.runningMs)
  }

  async waitWhereSlowed(): Promise<void> {
    const { ledger, clock } = this.parts
    if (isSlowed(ledger, clock.nowMs())) await delay(throttleRule.stationDelayMs)
  }

  #moment(): Moment {
    const { clock } = this.parts
    return { nowMs: clock.nowMs(), runningMs: clock.runningMs() }
  }
}
