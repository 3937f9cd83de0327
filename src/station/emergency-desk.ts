// Emergency access at the desk, whether the station is well or not: offered, opened, ended, and taken into the log when it can be.
import type { EmergencyAnswer } from '../contracts/commands/emergency.ts'
import type { EmergencyFacts } from '../contracts/emergency.ts'
import type { Parsed } from '../contracts/ipc.ts'
import type { EmergencyScreen, ScreenState } from '../contracts/screen.ts'
import { emergencyCodeBytesOf } from '../core/emergency-code.ts'
import type { EmergencyRule } from '../core/emergency-week.ts'
import type { Moment } from '../core/session.ts'
import { isBusy, StoreError } from './database.ts'
import type { DeskOptions, LockReason } from './desk.ts'
import { openEntry, readEmergencyState, tryCode } from './emergency-attempt.ts'
import { appendEntry } from './emergency-chain.ts'
import { emergencyTag } from './emergency-codes.ts'
import { currentFacts, factsVersion, readFacts, ruleNow, writeFacts } from './emergency-facts.ts'
import { EmergencyFile } from './emergency-file.ts'
import { beginEmergency, type EmergencySession, emergencyScreen, isOver } from './emergency-session.ts'
import { takeIn } from './emergency-take-in.ts'
import type { OpenStation } from './open-station.ts'
import { settingsFor } from './policy.ts'

interface Around {
  /** The station, while it is well. */
  station(): OpenStation | null
  /** May somebody come in now: locked, or closed for a fault in a folder that is ours? */
  accepts(): boolean
  /** The session began or ended. */
  changed(): void
  /** The station itself failed. */
  fault(error: unknown): void
}
const refused = (reason: Extract<EmergencyAnswer, { ok: false }>['reason']) => ({ ok: false, reason }) as const
const looksAgainMs = 5_000

export class EmergencyDesk {
  readonly #file: EmergencyFile
  readonly #options: DeskOptions
  readonly #around: Around
  #session: EmergencySession | null = null
  #recordedIn: EmergencyScreen['record'] = 'emergency-record'
  #told = ''
  /** The log does not know yet what emergency.db recorded: another process was writing. */
  #owes = false
  #sessionTimer: NodeJS.Timeout | undefined
  #factsTimer: NodeJS.Timeout | undefined

  constructor(options: DeskOptions, around: Around) {
    this.#file = new EmergencyFile(options.dataFolder, options.sqliteBinding)
    this.#options = options
    this.#around = around
  }

  /** Once the folder is ours: a crash may have left a session open. */
  settle(): void {
    if (this.#session || !this.#file.exists()) return
    this.#tryFile(() =>
      this.#file.change((db) => {
        const opened = openEntry(db)
        if (opened !== null) appendEntry(db, { atMs: this.#nowMs(), what: 'closed', reason: 'crash', opened })
      }),
    )
  }

  /** The station is well: it hears what happened while it was not, and from now on emergency.db hears what it says. */
  join(): void {
    this.#takeIn()
    this.#told = ''
    this.keepUp()
    this.#factsTimer ??= setInterval(() => {
      if (this.#owes) this.#takeIn()
      this.#guarded(() => this.keepUp())
    }, looksAgainMs)
  }

  /** Tells emergency.db what policy and station say, at the moment they change; by another process within seconds. */
  keepUp(): void {
    const station = this.#around.station()
    if (!station || !this.#file.exists()) return
    const version = factsVersion(station)
    if (version === this.#told) return
    const facts = currentFacts(station)
    const text = JSON.stringify(facts)
    this.#tryFile(() => {
      if (JSON.stringify(this.#file.read(readFacts)) !== text) this.#file.change((db) => writeFacts(db, facts))
      this.#told = version
    })
  }

  /** The screen with the way in, where it is open just now. */
  offeredIn(state: ScreenState): ScreenState {
    if (state.kind !== 'locked' && state.kind !== 'failed') return state
    const { emergency: _, ...rest } = state
    return this.#around.accepts() && this.#isOffered() ? { ...rest, emergency: true } : rest
  }

  /** null while there is no session. */
  screen(): EmergencyScreen | null {
    if (!this.#session) return null
    return emergencyScreen(this.#session, this.#recordedIn, this.#options.appVersion)
  }

  /** After a sleep a call may come before the timer. */
  isOpen(): boolean {
    if (this.#session && isOver(this.#session, this.#moment())) this.#guarded(() => this.#end('limit'))
    return this.#session !== null
  }

  async open({ code, name, reason }: Parsed<'openEmergency'>): Promise<EmergencyAnswer> {
    if (!this.#around.accepts()) return refused('not-now')
    const bytes = emergencyCodeBytesOf(code)
    if (!bytes) return refused('mistyped')
    // A well station says first whether these codes are its own.
    this.#takeIn()
    if (this.#owes) return refused('not-now')
    const state = this.#readState()
    const rule = state && this.#ruleNow(state.facts)
    if (!state || !rule?.allowed) return refused('not-allowed')
    if (state.waitMs > 0) return { ...refused('throttled'), waitMs: state.waitMs }
    const tag = await emergencyTag(bytes, state.salt)
    if (!this.#around.accepts()) return refused('not-now')
    const { setDigest, facts } = state
    const attempt = { tag, setDigest, name, reason, limitMs: rule.sessionMs }
    const outcome = this.#tryFile(() => this.#file.change((db) => tryCode(db, attempt, this.#nowMs())))
    if (outcome === null) return refused('not-recorded')
    this.#takeIn()
    if (!outcome.ok) return outcome
    this.#session = { entry: outcome.entry, name, facts, times: beginEmergency(this.#moment(), rule.sessionMs) }
    this.#recordedIn = this.#around.station() && !this.#owes ? 'log' : 'emergency-record'
    this.#sessionTimer = setInterval(() => this.isOpen(), 250)
    this.#around.changed()
    return { ok: true }
  }

  lock(reason: LockReason): void {
    this.#guarded(() => this.#end(reason))
  }

  /** The station is going, or has gone: nothing more is told to emergency.db. */
  leave(): void {
    clearInterval(this.#factsTimer)
    this.#factsTimer = undefined
  }

  #end(reason: LockReason | 'limit'): void {
    const session = this.#session
    if (!session) return
    clearInterval(this.#sessionTimer)
    // Out of the session first: whatever fails below, nobody is in.
    this.#session = null
    const { entry } = session
    this.#tryFile(() =>
      this.#file.change((db) => appendEntry(db, { atMs: this.#nowMs(), what: 'closed', reason, opened: entry })),
    )
    this.#takeIn()
    this.#around.changed()
  }

  #isOffered(): boolean {
    const state = this.#readState()
    return state !== null && state.left > 0 && this.#ruleNow(state.facts).allowed
  }

  /** A well station is asked itself; what emergency.db was told could have been edited. */
  #ruleNow(told: EmergencyFacts): EmergencyRule {
    const station = this.#around.station()
    if (!station) return ruleNow(told, this.#nowMs())
    const { breakGlass, breakGlassMs } = settingsFor(station.ledger, [], this.#nowMs())
    return { allowed: breakGlass, sessionMs: breakGlassMs }
  }

  #readState() {
    if (!this.#file.exists()) return null
    return this.#tryFile(() => this.#file.read((db) => readEmergencyState(db, this.#nowMs())))
  }

  #takeIn(): void {
    const station = this.#around.station()
    if (!station) return
    this.#owes = true
    this.#guarded(() => {
      const finding = this.#tryFile(() => takeIn(station, this.#file, this.#nowMs()))
      this.#owes = false
      if (finding) this.#options.log.error('emergency record broken', { finding })
    })
  }

  /** null where emergency.db can't be used: then nobody comes in by it, and that is all that follows. */
  #tryFile<R>(work: () => R): R | null {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      this.#options.log.warn('emergency record unusable', { code: error.code })
      return null
    }
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (isBusy(error)) this.#options.log.warn('store busy')
      else this.#around.fault(error)
    }
  }

  #nowMs(): number {
    return this.#options.clock.nowMs()
  }

  #moment(): Moment {
    const { clock } = this.#options
    return { nowMs: clock.nowMs(), runningMs: clock.runningMs() }
  }
}
