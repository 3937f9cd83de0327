// A desk whose store and keychain are sound: locked or in a session, with the timers of both.
import { setTimeout as delay } from 'node:timers/promises'
import type { Handlers, Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import type { ScreenState } from '../contracts/screen.ts'
import { challengeRule } from '../core/challenge.ts'
import { allowedActions, mayDo } from '../core/permissions.ts'
import { freshnessFor } from '../core/policy.ts'
import { isFresh, type Moment, postponed, sessionEnd } from '../core/session.ts'
import { type Actor, Administration } from './administration.ts'
import { runInTurns } from './background-check.ts'
import { brandRevision } from './brand.ts'
import { ChallengeBoard } from './challenge-board.ts'
import { CheckpointKeeper } from './checkpoint-keeper.ts'
import { isBusy } from './database.ts'
import type { DeskOptions, LockReason } from './desk.ts'
import { DeskApprovals } from './desk-approvals.ts'
import { DeskLogins } from './desk-logins.ts'
import { firstRunScreen, newPhone, type OpenSession, sessionScreen, stationFacts } from './desk-screen.ts'
import { EmergencyFile } from './emergency-file.ts'
import { Enrollment } from './enrollment.ts'
import { RefusedCalls } from './hourly-counts.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import { LogWork } from './log-work.ts'
import { needsId } from './login-answer.ts'
import { disownSignIn } from './not-me.ts'
import { endOverdueOffers } from './offer-changes.ts'
import { endOffer, plainOffer } from './offers.ts'
import { isSetUp, type Opened } from './open-station.ts'
import { OwnWays } from './own-ways.ts'
import { rolesOf } from './people.ts'
import { isUnconfirmed } from './people-confirmation.ts'
import { readPolicy, settingsFor } from './policy.ts'
import { activeSet } from './recovery-codes.ts'
import { endLeftSessions, endSession, isRevoked, type SessionEnd } from './sessions.ts'
import { changeSetUp } from './set-up.ts'
import { stationNumber } from './signing.ts'
import { endOverdueTickets } from './tickets.ts'
import { Workstation } from './workstation.ts'

type Notice = Extract<ScreenState, { kind: 'locked' }>['notice']
const notNow = { ok: false, reason: 'not-now' } as const
const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** What could not be recorded while another process wrote. */
const catchUpEveryMs = 1000
/** At the end, for the same: then the session counts as ended by a crash at the next start. */
const catchUpLimitMs = 3000
const spaceEveryMs = 5 * minuteMs

export class OpenDesk {
  readonly administration: Administration
  readonly approvals: DeskApprovals
  readonly logins: DeskLogins
  readonly own: OwnWays
  readonly #enrollment: Enrollment
  readonly #workstation: Workstation
  readonly #opened: Opened
  readonly #options: DeskOptions
  readonly #show: (state: ScreenState) => void
  readonly #fail: (error: unknown) => void
  readonly #board: ChallengeBoard
  readonly #keeper: CheckpointKeeper
  readonly #refusedCalls: RefusedCalls
  readonly #logWork: LogWork
  #session: OpenSession | null = null
  #notice: Notice = 'none'
  #logState: 'checking' | 'complete' = 'checking'
  #timers: NodeJS.Timeout[] = []
  #sessionTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor(
    opened: Opened,
    options: DeskOptions,
    show: (state: ScreenState) => void,
    fail: (error: unknown) => void,
  ) {
    this.#opened = opened
    this.#options = options
    this.#show = show
    this.#fail = (error) => {
      if (!this.#closed) fail(error)
    }
    this.#board = new ChallengeBoard(options.clock, options.phoneHost)
    this.#refusedCalls = new RefusedCalls(opened.ledger)
    this.#keeper = new CheckpointKeeper(opened, options.keychain, (error) => this.#fail(error))
    opened.ledger.onCommit(() => this.#keeper.soon())
    this.#enrollment = new Enrollment(opened, options.clock, options.phoneHost, {
      settings: (roles) => this.#settings(roles),
      guarded: (work) => this.#guarded(work),
      changed: () => this.refresh(),
      bound: (personId, credentialId) => this.#livesOn(personId, credentialId),
      finished: (personId, newPhone) => this.#enrolled(personId, newPhone),
    })
    this.#logWork = new LogWork(options, opened, (error) => this.#fail(error))
    this.logins = new DeskLogins(opened, options.clock, {
      board: this.#board,
      phoneHost: options.phoneHost,
      stationNumber: () => this.#number(),
      acceptsLogin: () => this.#acceptsLogin(),
      settings: (roles) => this.#settings(roles),
      session: () => this.#current(),
      opened: (session, person) => this.#begin(session, person),
      continued: (session) => {
        this.#session = session
        this.refresh()
      },
      offerByTicket: (staffId, issuedBy) => this.#enrollment.offerTo(staffId, issuedBy, plainOffer, true),
      waits: (timeOver) => {
        if (timeOver) this.#notice = 'pin-time-over'
        this.refresh()
      },
    })
    this.own = new OwnWays(opened, this.#enrollment, this.logins, {
      actor: () => this.#actor(),
      changed: () => this.refresh(),
    })
    this.#workstation = new Workstation(opened, options, {
      checking: () => this.#logState === 'checking',
      clockIsClosed: () => this.logins.clockIsClosed(),
    })
    this.administration = new Administration(
      opened,
      this.#enrollment,
      () => this.#actor(),
      () => this.refresh(),
      {
        options,
        logWork: this.#logWork,
        workstation: this.#workstation,
        emergency: new EmergencyFile(options.dataFolder, options.sqliteBinding),
      },
    )
    this.approvals = new DeskApprovals(this.logins, {
      session: () => this.#current(),
      enrollment: this.#enrollment,
      second: () => this.administration.second,
    })
    this.#every(catchUpEveryMs, () => void opened.ledger.catchUp())
    this.#every(spaceEveryMs, () => this.#workstation.noteSpace())
    this.#every(challengeRule.rotatesMs, () => this.#rotate())
    this.#every(hourMs, () => this.#recordCounts())
    this.#every(minuteMs, () => endOverdueTickets(this.#opened.ledger, this.#options.clock.nowMs()))
    this.#every(minuteMs, () => endOverdueOffers(opened.ledger, options.clock.nowMs()))
    this.#checkLog()
  }

  /** After a start on an existing store: what a crash left open is ended first. */
  begin(): void {
    const { ledger, behind, anchor } = this.#opened
    const nowMs = this.#options.clock.nowMs()
    ledger.record((recorder) => {
      if (behind > 0 && anchor) recorder.event({ type: 'log-caught-up', details: { events: behind } })
      for (const offer of recorder.find('offer', "status = 'open'")) endOffer(recorder, offer, 'station-stopped')
      recorder.event({ type: 'station-started' })
    })
    endLeftSessions(ledger, nowMs)
    endOverdueOffers(ledger, nowMs)
    this.#workstation.noteSpace()
    endOverdueTickets(ledger, nowMs)
    if (this.#isSetUp()) this.#board.wake(this.#number())
    this.refresh()
  }

  checkpoint(): Promise<void> {
    return this.#keeper.now()
  }

  /** The enrollment under way, if the session that began it is not over by now. */
  enrollment(): Enrollment {
    this.#tick()
    return this.#enrollment
  }

  /** In first run nobody is signed in; in a session it is a change like making the offer was. */
  renewOffer(): Output<'renewOffer'> {
    const enrollment = this.enrollment()
    if (!this.#session || enrollment.stage.kind !== 'offer') return enrollment.renew()
    return this.administration.renew(enrollment.isMove, () => enrollment.renew())
  }

  renewBinding(): Output<'renewBinding'> {
    const enrollment = this.enrollment()
    const { stage } = enrollment
    if (!this.#session || stage.kind !== 'offer' || stage.view.kind !== 'phone') return notNow
    const isOwn = this.#opened.ledger.get('person', this.#session.personId)?.staff_id === stage.view.staffId
    return this.administration.renew(isOwn, () =>
      enrollment.binding.offerTo(stage.view.staffId, stage.actor ?? '', stage.plan),
    )
  }

  /** Set-up once more, until a first code has confirmed an administrator. */
  setUpAgain(input: Parameters<Handlers['setUpStation']>[0]): Output<'setUpStation'> {
    if (this.#isSetUp() || this.#session || this.#enrollment.stage.kind !== 'none') return notNow
    changeSetUp(this.#opened, input)
    return this.#enrollment.offerTo(input.administratorStaffId, undefined)
  }

  /** A first PIN: in an enrollment, or after a right code at the lock screen. */
  setNewPin(pin: string, again: string): Promise<Output<'setNewPin'>> {
    const enrolling = this.enrollment().stage.kind === 'pin'
    return enrolling ? this.#enrollment.setNewPin(pin, again) : this.logins.setNewPin(pin, again)
  }

  wakeChallenge(): void {
    if (this.#session || !this.#isSetUp() || this.#board.view().state === 'shown') return
    this.#board.wake(this.#number())
    this.refresh()
  }

  reportActivity(): void {
    const session = this.#current()
    if (!session) return
    const settings = this.#settings(this.#rolesIn(session))
    this.#session = { ...session, times: postponed(session.times, this.#moment(), settings) }
    this.refresh()
  }

  lock(reason: LockReason): void {
    if (!this.#session) this.#leave()
    this.#end(reason, 'none')
  }

  /** One of the sign-ins on their screen was not theirs: their way in is closed before anything is said. */
  reportNotMe(event: number): Output<'reportNotMe'> {
    const session = this.#current()
    if (!session) return notNow
    const signIn = session.lastSignIns.find(({ number }) => number === event)
    if (!signIn) return { ok: false, reason: 'no-such-sign-in' }
    const { ledger, keys } = this.#opened
    const disowned = { event, atMs: signIn.atMs, method: signIn.method }
    const isLast = ledger.record((recorder) =>
      disownSignIn(recorder, keys, session, disowned, this.#options.clock.nowMs()),
    )
    this.#end('not-me', isLast ? 'reported-last' : 'reported')
    return { ok: true }
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
      this.#end('quit', 'none')
      this.#enrollment.drop()
      this.#recordCounts()
      this.#opened.ledger.recordSoon((recorder) => recorder.event({ type: 'station-stopped' }))
      this.#stop()
      await this.#catchUpAtLast()
      await this.#keeper.now()
    } finally {
      this.#stop()
      this.#opened.db.close()
    }
  }

  async #catchUpAtLast(): Promise<void> {
    for (let waitedMs = 0; !this.#opened.ledger.catchUp() && waitedMs < catchUpLimitMs; waitedMs += 100)
      await delay(100)
  }

  /** After a fault: nothing more is written. */
  abort(): void {
    this.#stop()
    this.#opened.db.close()
  }

  refresh(): void {
    if (!this.#closed) this.#show(this.#screen())
  }

  #screen(): ScreenState {
    const { stage } = this.#enrollment
    const version = this.#options.appVersion
    const log = { events: this.#opened.ledger.frontier().size, state: this.#logState }
    if (this.#session) {
      const warningMs = this.#settings(this.#rolesIn(this.#session)).idleWarningMs
      return sessionScreen(this.#opened, this.#session, {
        stage,
        warningMs,
        log,
        version,
        scans: this.#options.phoneHost !== null,
      })
    }
    if (stage.kind === 'pin') return { kind: 'new-pin', personName: stage.personName }
    const station = stationFacts(this.#opened)
    if (stage.kind === 'codes') return { kind: 'recovery-codes', personName: stage.personName, station }
    if (stage.kind === 'offer') return { kind: 'offer', offer: stage.view }
    if (!this.#isSetUp()) return firstRunScreen(this.#opened)
    return {
      kind: 'locked',
      station,
      challenge: this.#board.view(),
      codeLength: readPolicy(this.#opened.ledger).totp.digits,
      log,
      unconfirmed: isUnconfirmed(this.#opened.ledger),
      notice: this.#notice,
      answers: { idNeeded: needsId(this.#opened.ledger) },
      pin: this.logins.secondFactor.current()?.kind ?? null,
      ...brandRevision(this.#opened.ledger),
      version,
    }
  }

  #begin(session: OpenSession, person: Row<'person'>): void {
    this.#session = session
    this.#notice = 'none'
    this.#board.clear()
    this.#sessionTimer = setInterval(() => this.#tick(), 250)
    // Not after a ticket: help for once must not become codes that work for good.
    if (session.method !== 'ticket' && !activeSet(this.#opened.ledger, person.id))
      this.#enrollment.askToStore(person.id, person.display_name)
    this.refresh()
  }

  /** The session, if it is not over by now: after a sleep a call may come before the timer. */
  #current(): OpenSession | null {
    this.#tick()
    return this.#session
  }

  #tick(): void {
    const session = this.#session
    if (!session) return
    this.#guarded(() => {
      const { stage } = this.#enrollment
      const storesOwn = this.#enrollment.isStoring() && 'personId' in stage && stage.personId === session.personId
      const revoked = isRevoked(this.#opened.ledger, session, storesOwn)
      const reason = revoked ? 'revoked' : sessionEnd(session.times, this.#moment())
      if (reason) this.#end(reason, `session-ended-${reason}`)
    })
  }

  #end(reason: SessionEnd, notice: Notice): void {
    const session = this.#session
    if (!session) return
    clearInterval(this.#sessionTimer)
    // Out of the session first: whatever fails below, nobody is in.
    this.#session = null
    this.administration.second.forget()
    this.#enrollment.drop()
    endSession(this.#opened.ledger, session.id, reason, this.#options.clock.nowMs())
    void this.#keeper.now()
    this.#notice = notice
    this.#board.wake(this.#number())
    this.refresh()
    this.#logWork.end()
  }

  /** By the phone that was bound in it, where that took the place of what signed in: the welcome is still to be scanned. */
  #livesOn(personId: string, credentialId: string): void {
    const session = this.#session
    if (session?.personId === personId && isRevoked(this.#opened.ledger, session, false))
      this.#session = { ...session, credentialId }
  }

  #enrolled(personId: string, newPhone: boolean): void {
    const session = this.#session
    if (session?.personId === personId) {
      // What the session lives by has just been replaced: by a phone, which signs in from now on, or by codes alone.
      if (newPhone) this.#end('enrolled', 'wait-for-next-code')
      else if (session.method === 'recovery')
        this.#session = { ...session, credentialId: activeSet(this.#opened.ledger, personId)?.id ?? null }
    }
    if (!session) {
      this.#notice = 'wait-for-next-code'
      this.#board.wake(this.#number())
    }
    this.refresh()
  }

  #rotate(): void {
    if (this.#session || !this.#isSetUp()) return
    this.#board.rotate(this.#number())
    this.refresh()
  }

  #recordCounts(): void {
    this.#refusedCalls.flush()
    const shown = this.#board.takeCount()
    if (shown > 0)
      this.#opened.ledger.recordSoon((recorder) => recorder.event({ type: 'challenges-shown', details: { shown } }))
  }

  /** The whole log and every row, in turns beside the work; the station locks where something is wrong. */
  #checkLog(): void {
    const { keys, anchor } = this.#opened
    runInTurns(this.#options, keys, anchor ? [anchor.checkpoint] : [], () => this.#closed)
      .then((finding) => {
        if (this.#closed) return
        if (finding) throw finding
        this.#logState = 'complete'
        this.refresh()
      })
      .catch((error) => {
        if (!isBusy(error)) return this.#fail(error)
        const again = setTimeout(() => this.#checkLog(), minuteMs)
        this.#timers.push(again)
      })
  }

  #acceptsLogin(): boolean {
    return !this.#closed && !this.#session && this.#enrollment.stage.kind === 'none' && this.#isSetUp()
  }

  #isSetUp(): boolean {
    return isSetUp(this.#opened.ledger)
  }

  /** Not while somebody's own new recovery codes wait to be stored. */
  #actor(): Actor | null {
    const session = this.#current()
    const person = session ? this.#opened.ledger.get('person', session.personId) : null
    if (!session || person?.status !== 'active' || this.#enrollment.isStoring()) return null
    const roles = rolesOf(person)
    const policy = readPolicy(this.#opened.ledger)
    return {
      personId: person.id,
      roles,
      sessionId: session.id,
      may: (action) => mayDo(policy.grants, roles, action),
      // A ticket is no proof of one's own: changes ask for a code first.
      isFreshFor: (action) =>
        (session.method !== 'ticket' || session.byPhone) &&
        isFresh(session.times, this.#moment(), freshnessFor(policy, this.#settings(roles), action)),
      byPhone: session.byPhone,
      newPhone: newPhone(session, allowedActions(policy.grants, roles), policy),
    }
  }

  #settings(roles: readonly Role[]): PolicySettings {
    return settingsFor(this.#opened.ledger, roles, this.#options.clock.nowMs())
  }

  #rolesIn(session: OpenSession): Role[] {
    const person = this.#opened.ledger.get('person', session.personId)
    if (!person) throw new DamageError('data-edited', `person/${session.personId}`)
    return rolesOf(person)
  }

  #moment(): Moment {
    const { clock } = this.#options
    return { nowMs: clock.nowMs(), runningMs: clock.runningMs() }
  }

  #numberHex(): string {
    return stationNumber(this.#opened.station.signing_public)
  }

  #number(): Uint8Array {
    return Buffer.from(this.#numberHex(), 'hex')
  }

  #every(ms: number, work: () => void): void {
    this.#timers.push(setInterval(() => this.#guarded(work), ms))
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      // Another process writes: whatever a timer does, it does at its next turn.
      if (isBusy(error)) this.#options.log.warn('store busy')
      else this.#fail(error)
    }
  }

  #stop(): void {
    this.#closed = true
    this.#session = null
    clearInterval(this.#sessionTimer)
    for (const timer of this.#timers) clearInterval(timer)
    this.#enrollment.stop()
    this.logins.secondFactor.clear()
    this.#logWork.end()
    this.#workstation.stop()
    this.#keeper.stop()
  }
}
