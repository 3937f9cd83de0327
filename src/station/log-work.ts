// Verifying the log, or taking a copy of it out, beside everything else: one at a time, in turns, on a connection of its own.
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LogWorkView } from '../contracts/commands/audit.ts'
import { type Anchor, readAnchor } from './anchor.ts'
import { type AuditFinding, verifyStore } from './audit-verify.ts'
import { errorOf } from './background-check.ts'
import { indexesAreSound, openDatabase, type StationDatabase } from './database.ts'
import type { DeskOptions } from './desk.ts'
import { DamageError } from './keys.ts'
import { Ledger } from './ledger.ts'
import { type CopyFormat, copyPieces, writeCopy } from './log-copy.ts'
import type { Opened } from './open-station.ts'
import { accessTables } from './schema.ts'

type Finding = NonNullable<LogWorkView['finding']>

export class LogWork {
  readonly #options: DeskOptions
  readonly #opened: Opened
  readonly #onFault: (error: unknown) => void
  #view: LogWorkView | null = null
  #run = 0
  #fault: Error | null = null

  /** @param onFault closes the station: the log or a row is not what it should be. */
  constructor(options: DeskOptions, opened: Opened, onFault: (error: unknown) => void) {
    this.#options = options
    this.#opened = opened
    this.#onFault = onFault
  }

  get view(): LogWorkView | null {
    return this.#view
  }

  get isBusy(): boolean {
    return this.#view?.state === 'running'
  }

  /** For whoever is signed in; the answer is in the view. */
  verify(actor: string): void {
    const run = this.#begin('verify')
    void this.#snapshot(run, async (db) => {
      const { station } = this.#opened
      const kept = await this.#options.keychain.read('checkpoint')
      const anchor = kept === null ? null : readAnchor(kept, station.signing_public)
      db.exec('BEGIN')
      const report = await this.#verifyAll(run, db, anchor)
      if (report === undefined || this.#run !== run) return
      this.#fault = report && errorOf(report)
      const events = this.#view?.total ?? 0
      const anchored = anchor !== null
      this.#opened.ledger.recordSoon((recorder) =>
        recorder.event({
          type: 'log-verified',
          actor,
          outcome: report ? 'refused' : 'accepted',
          details: { events, anchored },
        }),
      )
      this.#show(run, { state: 'done', finding: report && viewOf(report), anchored })
    })
  }

  /** Once somebody has chosen the file. The event comes first: nothing leaves unrecorded. */
  copy(actor: string, format: CopyFormat, file: string): void {
    const { ledger } = this.#opened
    const events = ledger.frontier().size + 1
    ledger.record((recorder) => recorder.event({ type: 'log-exported', actor, details: { format, events } }))
    const run = this.#begin('export')
    void this.#snapshot(run, async (db) => {
      db.exec('BEGIN')
      const { keys, station } = this.#opened
      const own = new Ledger(db, keys, this.#options.clock, this.#options.appVersion)
      this.#show(run, { total: events, file: path.basename(file) })
      const pieces = copyPieces({ db, keys, ledger: own, station }, format, events)
      const isWhole = await writeCopy(
        file,
        pieces,
        () => this.#run !== run || this.#view?.state !== 'running',
        (written) => this.#show(run, { events: Math.min(written, events) }),
      )
      if (isWhole) this.#show(run, { state: 'done', events })
    })
  }

  cancel(): void {
    if (this.isBusy) this.#show(this.#run, { state: 'cancelled' })
  }

  /** With the session: nobody is there to see more of it. What was found wrong closes the station then. */
  end(): void {
    this.#run++
    this.#view = null
    const fault = this.#fault
    this.#fault = null
    if (fault) this.#onFault(fault)
  }

  #begin(kind: LogWorkView['kind']): number {
    const total = this.#opened.ledger.frontier().size
    this.#view = { kind, state: 'running', events: 0, total, finding: null, anchored: false, file: null }
    return ++this.#run
  }

  #show(run: number, change: Partial<LogWorkView>): void {
    if (this.#run === run && this.#view) this.#view = { ...this.#view, ...change }
  }

  /** null: nothing is wrong. undefined: it was stopped. */
  async #verifyAll(
    run: number,
    db: StationDatabase,
    anchor: Anchor | null,
  ): Promise<AuditFinding | { kind: 'index' } | null | undefined> {
    if (!indexesAreSound(db, [...accessTables, 'session', 'alert'])) return { kind: 'index' }
    const steps = verifyStore(db, this.#opened.keys, anchor ? [anchor.checkpoint] : [])
    for (;;) {
      const step = steps.next()
      if (step.done) {
        this.#show(run, { events: step.value.events, total: step.value.events })
        return step.value.finding
      }
      this.#show(run, { events: step.value })
      await nextTurn()
      if (this.#run !== run || !this.isBusy) return undefined
    }
  }

  async #snapshot(run: number, work: (db: StationDatabase) => Promise<void>): Promise<void> {
    let db: StationDatabase | undefined
    try {
      const { dataFolder, sqliteBinding } = this.#options
      db = openDatabase(dataFolder, { binding: sqliteBinding, readonly: true })
      await work(db)
    } catch (error) {
      this.#options.log.warn('work on the log failed', {
        code: String((error as { code?: unknown }).code ?? 'unknown'),
      })
      if (error instanceof DamageError) this.#onFault(error)
      this.#show(run, { state: 'failed' })
    } finally {
      db?.close()
    }
  }
}

const viewOf = (finding: AuditFinding | { kind: 'index' }): Finding => {
  const none = { event: null, problem: null, row: null, known: null }
  switch (finding.kind) {
    case 'index':
      return { ...none, kind: 'index' }
    case 'event':
      return { ...none, kind: 'event', event: finding.number, problem: finding.problem }
    case 'cut':
      return { ...none, kind: 'cut', event: finding.size + 1, known: finding.known }
    case 'rewritten':
      return { ...none, kind: 'rewritten', known: finding.known }
    case 'row':
      return { ...none, kind: 'row', row: finding.row }
  }
}
