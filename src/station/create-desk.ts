// The desk itself: which screen is shown, what each command does there, and what ends a session.
import type { CameraUse } from '../contracts/commands/camera.ts'
import {
  type AdministrationCommand,
  administrationCommands,
  type Handlers,
  type Output,
  type Parsed,
} from '../contracts/ipc.ts'
import type { FailureCode, ScreenState } from '../contracts/screen.ts'
import type { AdministrationHandlers } from './administration.ts'
import { shownBrand } from './brand-administration.ts'
import { CommandGuard, refusalOf } from './command-guard.ts'
import { undoCutShortRestore } from './cut-short-restore.ts'
import { folderProblem, holdsStation, keepToAccount, probeFolder } from './data-folder.ts'
import { ownFolder } from './database.ts'
import type { Desk, DeskOptions, LockReason } from './desk.ts'
import { EmergencyDesk } from './emergency-desk.ts'
import { heldBack } from './emergency-gate.ts'
import { FirstRestore } from './first-restore.ts'
import { LateStart } from './late-start.ts'
import { OpenDesk } from './open-desk.ts'
import { createStation, failureOf, type Opened, openStation } from './open-station.ts'
import { asksFor } from './scan-screens.ts'
import { type Beginning, beginningOf, changeSetUp, setUp } from './set-up.ts'

const notNow = { ok: false, reason: 'not-now' } as const
const noPrinter = { ok: false, reason: 'no-printer' } as const
const notAllowed = { ok: false, reason: 'not-allowed' } as const
const done = { ok: true } as const
const nothingTyped = { name: '', location: '', administratorName: '', administratorStaffId: '' }

export function createDesk(options: DeskOptions): Desk {
  return new StationDesk(options)
}

class StationDesk implements Desk {
  readonly #options: DeskOptions
  readonly #listeners = new Set<(state: ScreenState) => void>()
  #state: ScreenState = { kind: 'starting' }
  #letGo: (() => void) | null = null
  #open: OpenDesk | null = null
  /** What the camera is open for. */
  #cameraUse: CameraUse | null = null
  readonly #guard: CommandGuard<OpenDesk>
  readonly #emergency: EmergencyDesk
  readonly #restore: FirstRestore
  readonly #late: LateStart
  readonly handlers: Handlers

  constructor(options: DeskOptions) {
    this.#options = options
    this.#guard = new CommandGuard({
      log: options.log,
      desk: () => this.#open,
      fail: (error) => this.#failWith(error),
    })
    this.#emergency = new EmergencyDesk(options, {
      station: () => this.#open?.administration.station ?? null,
      accepts: () => this.#acceptsEmergency(),
      changed: () => this.#show(this.#state),
      fault: (error) => this.#failWith(error),
    })
    this.#restore = new FirstRestore(options, {
      isNew: () => this.#letGo !== null && this.#state.kind === 'first-run' && this.#state.restorable,
      restored: () => this.start(),
    })
    this.#late = new LateStart(options, {
      waits: () => this.#letGo !== null && this.#state.kind === 'failed' && this.#state.code === 'data-busy',
      heldBack: () => this.#emergency.isOpen(),
      start: () => this.start(),
    })
    this.handlers = heldBack(this.#commands, () => this.#emergency.isOpen())
  }

  /** An emergency session lies over whatever the station would show. */
  screen(): ScreenState {
    return this.#emergency.screen() ?? this.#state
  }

  onScreen(listener: (state: ScreenState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<void> {
    try {
      this.#show({ kind: 'starting' })
      keepToAccount(this.#options.dataFolder)
      const unwritable = probeFolder(this.#options.dataFolder)
      if (unwritable) return this.#fail(unwritable)
      this.#letGo ??= ownFolder(this.#options.dataFolder, this.#options.sqliteBinding)
      if (!this.#letGo) return this.#fail('second-instance')
      // First: it needs no keychain, which may be what is gone.
      this.#emergency.settle()
      await undoCutShortRestore(this.#options.dataFolder, this.#options.keychain)
      const result = await openStation(this.#options, true)
      if (result.kind === 'failed') return this.#fail(result.code)
      if (result.kind === 'new') {
        const restorable = this.#options.openFile !== undefined && !holdsStation(this.#options.dataFolder)
        return this.#show({ kind: 'first-run', ...nothingTyped, restorable, hub: null })
      }
      const open = this.#openDesk(result.opened)
      this.#open = open
      // First: what it finds in the emergency record decides what the first screen offers.
      this.#emergency.join()
      if (this.#open === open) open.begin()
    } catch (error) {
      this.#failWith(error)
    }
  }

  lock(reason: LockReason): void {
    this.#emergency.lock(reason)
    this.#guard.run(undefined, () => this.#open?.lock(reason))
  }

  recordRefusedCall(command: string, reason: string): void {
    this.#options.log.warn('call refused', { reason })
    const known = /^[A-Za-z]{1,40}$/.test(command) ? command : 'unknown'
    this.#guard.run(undefined, () => this.#open?.recordRefusedCall(known, reason))
  }

  async close(): Promise<void> {
    this.#emergency.lock('quit')
    this.#emergency.leave()
    this.#late.stop()
    await this.#restore.stop()
    const open = this.#open
    this.#open = null
    try {
      await open?.close()
    } catch (error) {
      this.#options.log.error('closing failed', { code: failureOf(error) })
    }
    this.#letGo?.()
    this.#letGo = null
  }

  readonly #commands: Handlers = {
    readScreen: () => this.screen(),
    retryStart: async () => {
      if (this.#state.kind === 'failed') await this.start()
      return done
    },
    setUpStation: (input) => this.#guard.whenFree(notNow, () => this.#setUp(input)),
    joinAtFirstRun: (input) => this.#guard.whenFree(notNow, () => this.#joinFirst(input)),
    chooseBackup: () => this.#guard.whenFree(notNow, () => this.#restore.choose()),
    restoreBackup: ({ passphrase }) => this.#guard.whenFree(notNow, () => this.#restore.run(passphrase)),
    readRestore: () => this.#restore.read(),
    stopRestore: () => this.#restore.stopNow(),
    renewOffer: () => this.#guard.run(notNow, () => this.#open?.enrollments.renewOffer() ?? notNow),
    abandonOffer: () => this.#told((desk) => desk.enrollments.current().abandon()),
    confirmOffer: ({ code }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.enrollments.current().confirm(code)) ?? notNow),
    acknowledgeRecoveryCodes: () =>
      this.#guard.whenFree(notNow, () => this.#open?.enrollments.current().secrets.acknowledge() ?? notNow),
    renewRecoveryCodes: () =>
      this.#guard.whenFree(
        notNow,
        async () => (await this.#open?.enrollments.current().secrets.renewRecoveryCodes()) ?? notNow,
      ),
    readPrinter: async () => ((await this.#options.printer.isReady()) ? done : noPrinter),
    printRecoveryCodes: () => this.#guard.whenFree(notNow, () => this.#printRecoveryCodes()),
    submitPhonePart: ({ text }) =>
      this.#guard.run(notNow, () => this.#open?.enrollments.current().binding.submitPart(text) ?? notNow),
    submitTypedPart: ({ part }) =>
      this.#guard.run(notNow, () => this.#open?.enrollments.current().binding.submitTypedPart(part) ?? notNow),
    confirmBinding: ({ digits }) =>
      this.#guard.run(notNow, () => this.#open?.enrollments.current().binding.confirm(digits) ?? notNow),
    renewBinding: () => this.#guard.run(notNow, () => this.#open?.enrollments.renewBinding() ?? notNow),
    finishWelcome: () =>
      this.#guard.whenFree(
        notNow,
        async () => (await this.#open?.enrollments.current().binding.finishWelcome()) ?? notNow,
      ),
    submitAnswer: ({ staffId, digits }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.logins.submitAnswer(staffId, digits)) ?? notNow),
    submitShownAnswer: ({ text }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.logins.submitShownAnswer(text)) ?? notNow),
    submitPin: ({ pin }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.logins.submitPin(pin)) ?? notNow),
    setNewPin: ({ pin, again }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.enrollments.setNewPin(pin, again)) ?? notNow),
    cancelSignIn: () => this.#told((desk) => desk.logins.secondFactor.end(false)),
    submitTicket: ({ staffId, code }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.logins.submitTicket(staffId, code)) ?? notNow),
    submitCode: ({ staffId, code }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.logins.submitCode(staffId, code)) ?? notNow),
    submitRecoveryCode: ({ staffId, code }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.logins.submitRecoveryCode(staffId, code)) ?? notNow),
    wakeChallenge: () => this.#told((desk) => desk.wakeChallenge()),
    reportActivity: () => this.#told((desk) => desk.session.reportActivity()),
    lockNow: () => {
      this.lock('lock-button')
      return done
    },
    reportNotMe: ({ event }) => this.#guard.run(notNow, () => this.#open?.session.reportNotMe(event) ?? notNow),
    stepUp: ({ code }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.approvals.stepUp(code)) ?? notNow),
    showQuestion: ({ about }) => this.#guard.run(notNow, () => this.#open?.questions.show(about) ?? notNow),
    hideQuestion: () => this.#told((desk) => desk.questions.hide()),
    answerQuestion: ({ staffId, digits }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.questions.answer(staffId, digits)) ?? notNow),
    showAnswerToQuestion: ({ text }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.questions.answerShown(text)) ?? notNow),
    openCamera: ({ use }) => {
      if (!asksFor(use, this.screen())) return notNow
      this.#cameraUse = use
      this.#options.camera?.allow(true)
      return done
    },
    closeCamera: () => {
      this.#closeCamera()
      return done
    },
    readBrand: () =>
      this.#guard.run(notNow, () => (this.#open ? shownBrand(this.#open.administration.station.ledger) : notNow)),
    openEmergency: (input) => this.#guard.whenFree(notNow, () => this.#emergency.open(input)),
    changeOwnPin: (input) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.own.handlers.changeOwnPin(input)) ?? notNow),
    makeOwnRecoveryCodes: (input) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.own.handlers.makeOwnRecoveryCodes(input)) ?? notNow),
    bindOwnPhone: (input) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.own.handlers.bindOwnPhone(input)) ?? notNow),
    enrollOwnPhone: (input) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.own.handlers.enrollOwnPhone(input)) ?? notNow),
    approveAsSecond: ({ staffId, code }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.approvals.approveAsSecond(staffId, code)) ?? notNow),
    moveToNewPhone: ({ code }) =>
      this.#guard.whenFree(notNow, async () => (await this.#open?.approvals.moveToNewPhone(code)) ?? notNow),
    ...this.#administrationHandlers(),
    // A slow hash: one at a time.
    issueTicket: (input) =>
      this.#guard.whenFree(
        notNow,
        async () => (await this.#open?.administration.handlers.issueTicket(input)) ?? notAllowed,
      ),
  }

  /** What always succeeds, also where there is nothing to do. */
  #told(work: (desk: OpenDesk) => void) {
    this.#guard.run<unknown>(null, () => this.#open && work(this.#open))
    return done
  }

  /** Only what is on the screen as recovery codes ever goes to a printer. */
  async #printRecoveryCodes() {
    const enrollment = this.#open?.enrollments.current()
    if (!enrollment?.secrets.showsCodes()) return notNow
    const printed = await this.#options.printer.printWindow()
    if (!printed) return noPrinter
    enrollment.secrets.recordPrint()
    return done
  }

  /** One for each command of Administration: the open desk's own, refused where none is open. */
  #administrationHandlers(): AdministrationHandlers {
    const names = Object.keys(administrationCommands) as AdministrationCommand[]
    const handlers = names.map((name) => {
      const busy = refusalOf(name)
      const handle = (input: unknown): unknown => {
        const own = this.#open?.administration.handlers[name] as ((input: unknown) => unknown) | undefined
        return own ? own(input) : notAllowed
      }
      return [name, (input: unknown) => this.#guard.run<unknown>(notAllowed, () => handle(input), busy)]
    })
    return Object.fromEntries(handlers) as AdministrationHandlers
  }

  /** The station, its first administrator and their offer; again and again until a first code confirms one. */
  async #setUp(input: Parsed<'setUpStation'>) {
    if (this.#open) return this.#open.enrollments.setUpAgain(input)
    const open = await this.#begin(beginningOf(input))
    return open?.enrollments.current().offerTo(input.administratorStaffId, undefined) ?? notNow
  }

  /** The station without an administrator of its own: what a refused link leaves is the first screen, as it was. */
  async #joinFirst({ name, location, link }: Parsed<'joinAtFirstRun'>): Promise<Output<'joinAtFirstRun'>> {
    const beginning = { name, location, administrator: null }
    if (this.#open && !this.#open.enrollments.beginsAgain()) return notNow
    if (this.#open) changeSetUp(this.#open.administration.station, beginning)
    const open = this.#open ?? (await this.#begin(beginning))
    if (!open) return notNow
    const joined = await open.hub.join(link, undefined)
    if (this.#open === open) open.refresh()
    return joined
  }

  /** A new store with the station's own row. null where there is one already, or the keychain failed just then. */
  async #begin(beginning: Beginning): Promise<OpenDesk | null> {
    if (this.#state.kind !== 'first-run') return null
    const made = await createStation(this.#options)
    try {
      this.#open = this.#openDesk({ ...made, station: setUp(made, beginning), behind: 0, anchor: null })
    } catch (error) {
      made.db.close()
      throw error
    }
    await this.#open.checkpoint()
    // A keychain that failed closed the desk.
    if (!this.#open) return null
    this.#emergency.join()
    return this.#open
  }

  #openDesk(opened: Opened): OpenDesk {
    return new OpenDesk(
      opened,
      this.#options,
      (state) => this.#show(state),
      (error) => this.#failWith(error),
    )
  }

  #show(state: ScreenState): void {
    this.#emergency.keepUp()
    this.#state = state
    this.#state = this.#emergency.offeredIn(state)
    const seen = this.screen()
    if (!this.#cameraUse || !asksFor(this.#cameraUse, seen)) this.#closeCamera()
    for (const listener of this.#listeners) listener(seen)
  }

  #closeCamera(): void {
    this.#cameraUse = null
    this.#options.camera?.allow(false)
  }

  #acceptsEmergency(): boolean {
    const { kind } = this.#state
    return this.#letGo !== null && !this.#emergency.screen() && (kind === 'locked' || kind === 'failed')
  }

  #fail(code: FailureCode): void {
    this.#options.log.error('station closed', { code })
    this.#open?.abort()
    this.#open = null
    const canRetry = code !== 'data-newer'
    this.#show({ kind: 'failed', code, canRetry })
    if (code === 'data-busy') this.#late.wait()
  }

  #failWith(error: unknown): void {
    // The message may hold a path or a value; the name and the code are fixed words.
    this.#options.log.error('unexpected end', { name: error instanceof Error ? error.name : 'unknown' })
    const code = failureOf(error)
    // SQLite calls a write that failed an I/O error: the folder itself knows better why.
    this.#fail((code === 'data-unwritable' && folderProblem(this.#options.dataFolder)) || code)
  }
}
