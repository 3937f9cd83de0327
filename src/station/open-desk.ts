// A desk whose store and keychain are sound: locked or in a session, with the timers of both.
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import type { ScreenState } from '../contracts/screen.ts'
import { challengeRule, decodeChallengeBytes } from '../core/challenge.ts'
import { readAnswer } from '../core/phone-answer.ts'
import { Administration } from './administration.ts'
import { CheckpointKeeper } from './checkpoint-keeper.ts'
import type { DeskOptions, LockReason } from './desk.ts'
import { DeskApprovals } from './desk-approvals.ts'
import { DeskDuties } from './desk-duties.ts'
import { DeskEnrollments } from './desk-enrollments.ts'
import { DeskFront } from './desk-front.ts'
import { DeskLogins } from './desk-logins.ts'
import { deskScreen } from './desk-screen.ts'
import { DeskSession } from './desk-session.ts'
import { EmergencyFile } from './emergency-file.ts'
import { Enrollment } from './enrollment.ts'
import { RefusedCalls } from './hourly-counts.ts'
import { DeskHub } from './hub/desk-hub.ts'
import { LogWork } from './log-work.ts'
import { plainOffer } from './offers.ts'
import { isSetUp, type Opened } from './open-station.ts'
import { OwnWays } from './own-ways.ts'
import { PhoneQuestions } from './phone-questions.ts'
import { settingsFor } from './policy.ts'
import { Workstation } from './workstation.ts'

const spaceEveryMs = 5 * 60_000
const countsEveryMs = 60 * 60_000

export class OpenDesk {
  readonly administration: Administration
  readonly approvals: DeskApprovals
  readonly logins: DeskLogins
  readonly own: OwnWays
  readonly questions: PhoneQuestions
  readonly session: DeskSession
  readonly enrollments: DeskEnrollments
  readonly hub: DeskHub
  readonly #duties: DeskDuties
  readonly #enrollment: Enrollment
  readonly #workstation: Workstation
  readonly #opened: Opened
  readonly #options: DeskOptions
  readonly #show: (state: ScreenState) => void
  readonly #front: DeskFront
  readonly #keeper: CheckpointKeeper
  readonly #refusedCalls: RefusedCalls
  readonly #logWork: LogWork
  /** Nobody can sign in yet. */
  #isNew: boolean

  constructor(
    opened: Opened,
    options: DeskOptions,
    show: (state: ScreenState) => void,
    fail: (error: unknown) => void,
  ) {
    this.#opened = opened
    this.#options = options
    this.#show = show
    this.#duties = new DeskDuties(opened, options, fail)
    this.#front = new DeskFront(opened, options)
    this.#isNew = !this.#isSetUp()
    this.#refusedCalls = new RefusedCalls(opened.ledger)
    this.#keeper = new CheckpointKeeper(opened, options.keychain, (error) => this.#duties.fail(error))
    this.hub = new DeskHub(opened, options, {
      changed: () => this.#hubChanged(),
      fail: (error) => this.#duties.fail(error),
      sent: (answer) => this.#takeSent(answer),
      part: (part) => this.enrollments.current().binding.takeSent(part),
    })
    opened.ledger.onCommit(() => {
      this.#keeper.soon()
      this.hub.soon()
    })
    this.#enrollment = new Enrollment(opened, options.clock, options.phoneHost, {
      settings: (roles) => this.#settings(roles),
      mail: this.hub,
      guarded: (work) => this.#duties.guarded(work),
      changed: () => this.refresh(),
      bound: (personId, credentialId) => this.session.livesOn(personId, credentialId),
      finished: (personId, newPhone) => this.#enrolled(personId, newPhone),
    })
    this.session = this.#newSession()
    this.#logWork = new LogWork(options, opened, (error) => this.#duties.fail(error))
    this.logins = this.#newLogins()
    this.#workstation = new Workstation(opened, options, {
      checking: () => this.#duties.logState === 'checking',
      clockIsClosed: () => this.logins.clockIsClosed(),
      hub: () => this.hub.details(),
    })
    const emergency = new EmergencyFile(options.dataFolder, options.sqliteBinding)
    const actor = () => this.session.actor()
    const changed = () => this.refresh()
    const parts = { options, logWork: this.#logWork, workstation: this.#workstation, emergency, hub: this.hub }
    this.administration = new Administration(opened, this.#enrollment, actor, changed, parts)
    this.own = new OwnWays(opened, this.#enrollment, this.logins, { actor, changed, approvals: () => this.approvals })
    this.approvals = new DeskApprovals(this.logins, {
      session: () => this.session.current(),
      proved: () => this.session.proved(),
      enrollment: this.#enrollment,
      second: () => this.administration.second,
      enrollOwn: (sessionId, approver) => this.own.enrollApproved(sessionId, approver),
    })
    this.questions = new PhoneQuestions(this.logins, this.approvals, {
      session: () => this.session.current(),
      second: () => this.administration.second,
      enrollment: this.#enrollment,
      wantsApproval: () => (this.session.actor()?.newPhone ?? null) !== null,
      changed,
    })
    this.enrollments = new DeskEnrollments(opened, this.#enrollment, this)
    this.#takeUpDuties()
  }

  #newSession(): DeskSession {
    return new DeskSession(this.#opened, this.#options.clock, {
      enrollment: this.#enrollment,
      settings: (roles) => this.#settings(roles),
      guarded: (work) => this.#duties.guarded(work),
      began: () => this.#front.leave(),
      changed: () => this.refresh(),
      left: () => {
        this.administration.second.forget()
        this.questions.forget()
        this.#enrollment.drop()
      },
      ended: (notice) => {
        void this.#keeper.now()
        this.#front.come(notice)
        this.refresh()
        this.#logWork.end()
      },
    })
  }

  #newLogins(): DeskLogins {
    return new DeskLogins(this.#opened, this.#options.clock, {
      board: this.#front.board,
      phoneHost: this.#options.phoneHost,
      stationNumber: () => this.#front.number(),
      acceptsLogin: () => this.#acceptsLogin(),
      settings: (roles) => this.#settings(roles),
      opened: (session, person) => this.session.begin(session, person),
      offerByTicket: (staffId, issuedBy) => this.#enrollment.offerTo(staffId, issuedBy, plainOffer, true),
      waits: (timeOver) => {
        if (timeOver) this.#front.say('pin-time-over')
        this.refresh()
      },
    })
  }

  #takeUpDuties(): void {
    const duties = this.#duties
    duties.every(spaceEveryMs, () => this.#workstation.noteSpace())
    duties.every(challengeRule.rotatesMs, () => this.#rotate())
    duties.every(countsEveryMs, () => this.#recordCounts())
    duties.takeUp(() => this.refresh())
    this.hub.start()
  }

  /** After a start on an existing store: what a crash left open is ended first. */
  begin(): void {
    this.#duties.start()
    this.#workstation.noteSpace()
    if (this.#isSetUp()) this.#front.wake()
    this.refresh()
  }

  checkpoint(): Promise<void> {
    return this.#keeper.now()
  }

  wakeChallenge(): void {
    if (!this.#isSetUp() || this.#front.board.view().state === 'shown') return
    if (this.session.open) this.questions.wake()
    else this.#front.wake()
    this.refresh()
  }

  lock(reason: LockReason): void {
    if (!this.session.open) this.#leave()
    this.session.end(reason, 'none')
  }

  /** Of a phone, by way of the hub: for whatever the code on the screen is for. */
  async #takeSent(bytes: Uint8Array): Promise<void> {
    const answer = readAnswer(bytes)
    if (!answer) return
    if (decodeChallengeBytes(answer.challenge)?.purpose === 'unlock') await this.logins.submitSentAnswer(answer)
    else await this.questions.answerSent(answer)
    this.refresh()
  }

  /** Nobody is signed in, but somebody is half in: a sign-in that waits for its PIN, a ticket's enrollment. */
  #leave(): void {
    this.logins.secondFactor.end(false)
    if (this.#enrollment.isByTicket()) this.#enrollment.abandonAll()
  }

  recordRefusedCall(command: string, reason: string): void {
    this.#refusedCalls.note(command, reason)
  }

  async close(): Promise<void> {
    try {
      this.session.end('quit', 'none')
      this.#enrollment.drop()
      this.#recordCounts()
      this.#opened.ledger.recordSoon((recorder) => recorder.event({ type: 'station-stopped' }))
      this.#stop()
      await this.#duties.catchUpAtLast()
      await this.#keeper.now()
    } finally {
      this.#stop()
      this.#opened.db.close()
    }
  }

  /** After a fault: nothing more is written. */
  abort(): void {
    this.#stop()
    this.#opened.db.close()
  }

  /** At a new workstation the first people come from there: from then on it locks. */
  #hubChanged(): void {
    if (this.#isNew && this.#isSetUp()) {
      this.#isNew = false
      this.#front.wake()
    }
    this.refresh()
  }

  refresh(): void {
    if (!this.#duties.isClosed) this.#show(this.#screen())
  }

  #screen(): ScreenState {
    const { open: session } = this.session
    return deskScreen(this.#opened, {
      stage: this.#enrollment.stage,
      session,
      warningMs: session ? this.#settings(this.session.rolesIn(session)).idleWarningMs : 0,
      front: this.#front,
      pin: this.logins.secondFactor.current()?.kind ?? null,
      logState: this.#duties.logState,
      hub: this.hub.facts(),
      version: this.#options.appVersion,
      scans: this.#options.phoneHost !== null,
      question: this.questions.view(),
    })
  }

  #enrolled(personId: string, newPhone: boolean): void {
    if (this.session.open) this.session.enrolled(personId, newPhone)
    else this.#front.come('wait-for-next-code')
    this.refresh()
  }

  #rotate(): void {
    if ((this.session.open && !this.questions.isOpen()) || !this.#isSetUp()) return
    this.#front.rotate()
    this.refresh()
  }

  #recordCounts(): void {
    this.#refusedCalls.flush()
    this.#front.recordCount()
  }

  #acceptsLogin(): boolean {
    return !this.#duties.isClosed && !this.session.open && this.#enrollment.stage.kind === 'none' && this.#isSetUp()
  }

  #isSetUp(): boolean {
    return isSetUp(this.#opened.ledger)
  }

  #settings(roles: readonly Role[]): PolicySettings {
    return settingsFor(this.#opened.ledger, roles, this.#options.clock.nowMs())
  }

  #stop(): void {
    this.hub.stop()
    this.#duties.stop()
    this.session.stop()
    this.#enrollment.stop()
    this.logins.secondFactor.clear()
    this.#logWork.end()
    this.#workstation.stop()
    this.#keeper.stop()
  }
}
