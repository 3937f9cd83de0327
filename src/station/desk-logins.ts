// The ways in at an open desk: each attempt waits where the station is slowed, and who got in is handed to the desk.
import { setTimeout as delay } from 'node:timers/promises'
import type { Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Action, Role } from '../contracts/roles.ts'
import type { SignInMethod } from '../contracts/screen.ts'
import { mayActOn, mayDo } from '../core/permissions.ts'
import { pinProblem } from '../core/pin.ts'
import { beginSession, type Moment, proved } from '../core/session.ts'
import { throttleRule } from '../core/throttle.ts'
import type { AnswerOutcome } from './answer-decision.ts'
import type { LoginOutcome, LoginParts, Refusal, SignedIn } from './attempt.ts'
import type { ChallengeBoard } from './challenge-board.ts'
import { ClockFloor } from './clock-floor.ts'
import type { OpenSession } from './desk-screen.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import { type Approval, approveByCode, isThrottled, loginByCode, loginByRecovery, typedRecovery } from './login.ts'
import { type AnswerParts, loginByDigits, loginByShown, readShownAnswer, verifiedCounter } from './login-answer.ts'
import { loginByPin, loginWithNewPin } from './login-pin.ts'
import { loginByTicket, typedTicket } from './login-ticket.ts'
import type { OpenStation } from './open-station.ts'
import { patiently } from './patience.ts'
import { rolesOf } from './people.ts'
import { makePin, typedPin } from './pins.ts'
import { readPolicy } from './policy.ts'
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
  /** The session, if it is not over by now. */
  session(): OpenSession | null
  /** Somebody is in. */
  opened(session: OpenSession, person: Row<'person'>): void
  /** The open session goes on, with other times. */
  continued(session: OpenSession): void
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
    return this.#answer(() => loginByDigits(this.#answerParts(), staffId, digits))
  }

  /** What the camera read off a phone. */
  async submitShownAnswer(text: string): Promise<Output<'submitShownAnswer'>> {
    if (!this.#isFree()) return notNow
    const answer = readShownAnswer(text)
    if (!answer) return { ok: false, reason: 'not-an-answer' }
    const { phoneHost } = this.#host
    const counter = phoneHost === null ? null : await verifiedCounter(this.parts.ledger, answer, phoneHost)
    return this.#answer(() => loginByShown(this.#answerParts(), answer, counter))
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

  #answerParts(): AnswerParts {
    return { ...this.parts, board: this.#host.board, stationNumber: this.#host.stationNumber() }
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

  /** A fresh code of whoever is signed in; a wrong one counts like any other. */
  async stepUp(code: string): Promise<Output<'stepUp'>> {
    const session = this.#host.session()
    const person = session && this.parts.ledger.get('person', session.personId)
    if (!session || !person) return notNow
    await this.waitWhereSlowed()
    const still = this.#host.session()
    if (still?.id !== session.id) return notNow
    const stepUp = { name: 'step-up', mayApprove: () => true, work: () => undefined }
    const approval = approveByCode(this.parts, person.staff_id, code, stepUp)
    if (!approval.ok) return approval
    this.#host.continued({ ...still, times: proved(still.times, this.#moment()), byPhone: true })
    return { ok: true }
  }

  /**
   * Somebody else's fresh code for one action of the session that is open; null where that is over by then. Who asks is
   * told apart only after a right code.
   * @param name of the approval in the log. @param over roles of the person whom it is done to: nobody approves above their own.
   */
  async approve(
    staffId: string,
    code: string,
    action: Action,
    { name = action, over = [] }: { readonly name?: string; readonly over?: readonly Role[] } = {},
  ): Promise<Approval<string> | null> {
    const session = this.#host.session()
    if (!session) return null
    await this.waitWhereSlowed()
    if (this.#host.session()?.id !== session.id) return null
    const { grants } = readPolicy(this.parts.ledger)
    return approveByCode(this.parts, staffId, code, {
      name,
      mayApprove: (person) =>
        person.id !== session.personId && mayDo(grants, rolesOf(person), action) && mayActOn(rolesOf(person), over),
      work: (_recorder, personId) => personId,
    })
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
