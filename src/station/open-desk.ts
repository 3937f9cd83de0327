// A desk whose store and keychain are sound: locked or in a session, with the timers of both.
import { setTimeout as delay } from 'node:timers/promises'
import type { Handlers, Output } from '../contracts/ipc.ts'
import { type PolicyDocument, policyDocument } from '../contracts/policy.ts'
import type { ScreenState, SessionScreen } from '../contracts/screen.ts'
import { challengeRule } from '../core/challenge.ts'
import { defaultTotp } from '../core/otp.ts'
import { throttleRule } from '../core/throttle.ts'
import { openAlerts } from './alerts.ts'
import { parseJson } from './anchor.ts'
import { runInTurns } from './background-check.ts'
import { ChallengeBoard } from './challenge-board.ts'
import { CheckpointKeeper } from './checkpoint-keeper.ts'
import { ClockFloor } from './clock-floor.ts'
import type { DeskOptions, LockReason } from './desk.ts'
import { Enrollment } from './enrollment.ts'
import { DamageError } from './keys.ts'
import { type LoginOutcome, type LoginParts, loginByCode, loginByRecovery, recoverySalt } from './login.ts'
import { endOffer } from './offers.ts'
import type { Opened } from './open-station.ts'
import { addPerson, isAdministrator, listPeople } from './people.ts'
import { codesLeft, tagOf } from './recovery-codes.ts'
import { endLeftSessions, endSession, lastSignIns, type SessionEnd } from './sessions.ts'
import { logOrigin, stationNumber, stationRow } from './signing.ts'
import { isSlowed } from './throttle.ts'

interface Session {
  readonly id: string
  readonly personId: string
  readonly method: 'totp' | 'recovery'
  readonly sinceMs: number
  readonly limitAtMs: number
  readonly limitAtRunningMs: number
  readonly lastSignIns: SessionScreen['lastSignIns']
  idleAtMs: number
  idleAtRunningMs: number
}
type Notice = Extract<ScreenState, { kind: 'locked' }>['notice']
const notNow = { ok: false, reason: 'not-now' } as const
const notAllowed = { ok: false, reason: 'not-allowed' } as const
const challengesCountedMs = 60 * 60_000

export class OpenDesk {
  readonly enrollment: Enrollment
  readonly #opened: Opened
  readonly #options: DeskOptions
  readonly #show: (state: ScreenState) => void
  readonly #fail: (error: unknown) => void
  readonly #board: ChallengeBoard
  readonly #keeper: CheckpointKeeper
  readonly #floor: ClockFloor
  #session: Session | null = null
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
    this.#fail = fail
    this.#board = new ChallengeBoard(options.clock, options.phoneHost)
    this.#floor = new ClockFloor(options.clock)
    this.#keeper = new CheckpointKeeper(opened, options.keychain, (error) => fail(error))
    opened.ledger.onCommit(() => this.#keeper.soon())
    this.enrollment = new Enrollment(opened, options.clock, {
      offerMs: () => this.#policy().offerMs,
      windowSteps: () => this.#policy().totpWindowSteps,
      changed: () => this.refresh(),
      finished: () => this.#enrolled(),
    })
    this.#every(challengeRule.rotatesMs, () => this.#rotate())
    this.#every(challengesCountedMs, () => this.#countChallenges())
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
    if (this.#isSetUp()) this.#board.wake(this.#number())
    this.refresh()
  }

  checkpoint(): Promise<void> {
    return this.#keeper.now()
  }

  /** Set-up once more, until a first code has confirmed an administrator. */
  setUpAgain(input: Parameters<Handlers['setUpStation']>[0]): Output<'setUpStation'> {
    if (this.#isSetUp() || this.#session || this.enrollment.stage.kind !== 'none') return notNow
    const { ledger } = this.#opened
    ledger.record((recorder) => {
      const station = recorder.get('station', stationRow)
      if (!station) throw new DamageError('data-edited', 'station/this')
      const { id: _, event_number: __, ...content } = station
      recorder.put('station', stationRow, { ...content, name: input.name, location: input.location })
      for (const person of recorder.find('person', '1')) {
        const { id, event_number: ___, ...rest } = person
        recorder.put('person', id, {
          ...rest,
          display_name: input.administratorName,
          staff_id: input.administratorStaffId,
        })
      }
      recorder.event({ type: 'station-set-up', details: { name: input.name } })
    })
    ledger.identify({ stationNumber: this.#numberHex(), location: input.location })
    return this.enrollment.offerTo(input.administratorStaffId, undefined)
  }

  async submitCode(staffId: string, code: string): Promise<Output<'submitCode'>> {
    if (!this.#acceptsLogin()) return notNow
    await this.#waitWhereSlowed()
    return this.#enter(() => loginByCode(this.#parts(), this.#policy(), staffId, code), 'totp')
  }

  async submitRecoveryCode(staffId: string, code: string): Promise<Output<'submitRecoveryCode'>> {
    if (!this.#acceptsLogin()) return notNow
    await this.#waitWhereSlowed()
    const tag = await tagOf(this.#opened.keys, code, recoverySalt(this.#parts(), staffId))
    return this.#enter(() => loginByRecovery(this.#parts(), staffId, tag), 'recovery')
  }

  wakeChallenge(): void {
    if (this.#session || !this.#isSetUp() || this.#board.view().state === 'shown') return
    this.#board.wake(this.#number())
    this.refresh()
  }

  reportActivity(): void {
    const session = this.#session
    if (!session) return
    this.#postpone(session)
    this.refresh()
  }

  lock(reason: LockReason): void {
    this.#end(reason, 'none')
  }

  recordRefusedCall(command: string, reason: string): void {
    this.#opened.ledger.record((recorder) => recorder.event({ type: 'call-refused', reason, details: { command } }))
  }

  listPeople(search: string, page: number): Output<'listPeople'> {
    if (!this.#administrator()) return notAllowed
    const { db, ledger, keys } = this.#opened
    return { ok: true, ...listPeople(db, ledger, keys, search, page) }
  }

  addPerson(person: Parameters<Handlers['addPerson']>[0]): Output<'addPerson'> {
    const actor = this.#administrator()
    if (!actor) return notAllowed
    const id = this.#opened.ledger.record((recorder) => addPerson(recorder, person, actor.id))
    return id === null ? { ok: false, reason: 'staff-id-taken' } : { ok: true, personId: id }
  }

  makeOffer(personId: string): Output<'makeOffer'> {
    const actor = this.#administrator()
    if (!actor) return notAllowed
    const person = this.#opened.ledger.get('person', personId)
    return person ? this.enrollment.offerTo(person.staff_id, actor.id) : { ok: false, reason: 'no-such-person' }
  }

  async close(): Promise<void> {
    this.#end('quit', 'none')
    this.enrollment.drop()
    this.#countChallenges()
    this.#opened.ledger.record((recorder) => recorder.event({ type: 'station-stopped' }))
    this.#stop()
    await this.#keeper.now()
    this.#opened.db.close()
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
    const stage = this.enrollment.stage
    const session = this.#session
    if (stage.kind === 'codes') return { kind: 'recovery-codes', personName: stage.personName }
    if (session) return this.#sessionScreen(session)
    if (stage.kind === 'offer') return { kind: 'offer', offer: stage.view }
    const station = this.#opened.ledger.get('station', stationRow)
    if (!station) throw new DamageError('data-edited', 'station/this')
    if (!this.#isSetUp()) {
      const [person] = this.#opened.ledger.find('person', '1 LIMIT 1')
      return {
        kind: 'first-run',
        name: station.name,
        location: station.location,
        administratorName: person?.display_name ?? '',
        administratorStaffId: person?.staff_id ?? '',
      }
    }
    return {
      kind: 'locked',
      station: this.#facts(),
      challenge: this.#board.view(),
      codeLength: defaultTotp.digits,
      log: this.#log(),
      notice: this.#notice,
      version: this.#options.appVersion,
    }
  }

  #sessionScreen(session: Session): SessionScreen {
    const { ledger, keys } = this.#opened
    const person = ledger.get('person', session.personId)
    if (!person) throw new DamageError('data-edited', `person/${session.personId}`)
    const [recovery] = ledger.find('credential', "person_id = ? AND kind = 'recovery' AND status = 'active'", person.id)
    const stage = this.enrollment.stage
    return {
      kind: 'session',
      station: this.#facts(),
      person: { displayName: person.display_name, staffId: person.staff_id, administrator: isAdministrator(person) },
      sinceMs: session.sinceMs,
      method: session.method,
      recoveryCodesLeft: recovery ? codesLeft(keys, recovery) : 0,
      idleLocksAtMs: session.idleAtMs,
      limitAtMs: session.limitAtMs,
      warningMs: this.#policy().idleWarningMs,
      lastSignIns: session.lastSignIns,
      alerts: isAdministrator(person) ? openAlerts(ledger) : [],
      log: this.#log(),
      offer: stage.kind === 'offer' ? stage.view : null,
      version: this.#options.appVersion,
    }
  }

  #enter(login: () => LoginOutcome, method: 'totp' | 'recovery'): Output<'submitCode'> {
    // The desk may have changed while a slow step ran.
    if (!this.#acceptsLogin()) return notNow
    const outcome = login()
    if (!outcome.ok) return outcome
    const { ledger, db } = this.#opened
    const person = ledger.get('person', outcome.personId)
    if (!person) throw new DamageError('data-edited', `person/${outcome.personId}`)
    const { clock } = this.#options
    const nowMs = clock.nowMs()
    const { sessionMs } = this.#policy()
    this.#session = {
      id: outcome.sessionId,
      personId: outcome.personId,
      method,
      sinceMs: nowMs,
      limitAtMs: nowMs + sessionMs,
      limitAtRunningMs: clock.runningMs() + sessionMs,
      lastSignIns: lastSignIns(db, ledger, person.id, outcome.sessionId),
      idleAtMs: 0,
      idleAtRunningMs: 0,
    }
    this.#postpone(this.#session)
    this.#notice = 'none'
    this.#board.clear()
    this.#sessionTimer = setInterval(() => this.#tick(), 250)
    const sets = ledger.find('credential', "person_id = ? AND kind = 'recovery' AND status = 'active'", person.id)
    if (sets.length === 0) this.enrollment.askToStore(person.id, person.display_name)
    this.refresh()
    return { ok: true, displayName: person.display_name }
  }

  #postpone(session: Session): void {
    const { idleMs } = this.#policy()
    session.idleAtMs = this.#options.clock.nowMs() + idleMs
    session.idleAtRunningMs = this.#options.clock.runningMs() + idleMs
  }

  /** By wall time or by running time, whichever ends first: a clock set back prolongs nothing. */
  #tick(): void {
    const session = this.#session
    if (!session) return
    const nowMs = this.#options.clock.nowMs()
    const runningMs = this.#options.clock.runningMs()
    this.#guarded(() => {
      if (nowMs >= session.limitAtMs || runningMs >= session.limitAtRunningMs) this.#end('limit', 'session-ended-limit')
      else if (nowMs >= session.idleAtMs || runningMs >= session.idleAtRunningMs)
        this.#end('idle', 'session-ended-idle')
    })
  }

  #end(reason: SessionEnd, notice: Notice): void {
    const session = this.#session
    if (!session) return
    clearInterval(this.#sessionTimer)
    // Out of the session first: whatever fails below, nobody is in.
    this.#session = null
    this.enrollment.drop()
    endSession(this.#opened.ledger, session.id, reason, this.#options.clock.nowMs())
    void this.#keeper.now()
    this.#notice = notice
    this.#board.wake(this.#number())
    this.refresh()
  }

  #enrolled(): void {
    if (!this.#session) {
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

  #countChallenges(): void {
    const shown = this.#board.takeCount()
    if (shown > 0)
      this.#opened.ledger.record((recorder) => recorder.event({ type: 'challenges-shown', details: { shown } }))
  }

  /** The whole log and every row, in turns beside the work; the station locks where something is wrong. */
  #checkLog(): void {
    const { keys, anchor } = this.#opened
    const anchors = anchor ? [{ size: anchor.frontier.size, ...this.#anchorRoot(anchor.note) }] : []
    runInTurns(this.#options, keys, anchors, () => this.#closed)
      .then((finding) => {
        if (this.#closed) return
        if (finding) throw finding
        this.#logState = 'complete'
        this.refresh()
      })
      .catch((error) => this.#fail(error))
  }

  #anchorRoot(note: string): { origin: string; root: string } {
    return { origin: logOrigin(this.#numberHex()), root: note.split('\n')[2] ?? '' }
  }

  async #waitWhereSlowed(): Promise<void> {
    if (isSlowed(this.#opened.ledger, this.#options.clock.nowMs())) await delay(throttleRule.stationDelayMs)
  }

  #acceptsLogin(): boolean {
    return !this.#closed && !this.#session && this.enrollment.stage.kind === 'none' && this.#isSetUp()
  }

  #isSetUp(): boolean {
    return this.#opened.ledger.find('credential', "kind = 'totp' AND status != 'pending' LIMIT 1").length > 0
  }

  #administrator() {
    const person = this.#session ? this.#opened.ledger.get('person', this.#session.personId) : null
    return person?.status === 'active' && isAdministrator(person) && this.enrollment.stage.kind !== 'codes'
      ? person
      : null
  }

  #policy(): PolicyDocument {
    const row = this.#opened.ledger.get('policy', 'current')
    const parsed = policyDocument.safeParse(row ? parseJson(row.document) : undefined)
    if (!parsed.success) throw new DamageError('data-edited', 'policy/current')
    return parsed.data
  }

  #parts(): LoginParts {
    const { db, ledger, keys } = this.#opened
    return { db, ledger, keys, clock: this.#options.clock, floor: this.#floor }
  }

  #facts() {
    const station = this.#opened.ledger.get('station', stationRow)
    return { name: station?.name ?? '', location: station?.location ?? '', number: this.#numberHex() }
  }

  #log() {
    return { events: this.#opened.ledger.frontier().size, state: this.#logState }
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
      this.#fail(error)
    }
  }

  #stop(): void {
    this.#closed = true
    this.#session = null
    clearInterval(this.#sessionTimer)
    for (const timer of this.#timers) clearInterval(timer)
    this.enrollment.stop()
    this.#keeper.stop()
  }
}
