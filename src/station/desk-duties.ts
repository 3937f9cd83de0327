// What an open desk does by itself, whoever is there: at intervals, and the check of the whole log after a start.
import { setTimeout as delay } from 'node:timers/promises'
import type { LogFacts } from '../contracts/screen.ts'
import { runInTurns } from './background-check.ts'
import { isBusy } from './database.ts'
import type { DeskOptions } from './desk.ts'
import { carryLease } from './hub/lease.ts'
import { endOverdueOffers } from './offer-changes.ts'
import { endOffer } from './offers.ts'
import type { Opened } from './open-station.ts'
import { endLeftSessions } from './sessions.ts'
import { endOverdueTickets } from './tickets.ts'

const minuteMs = 60_000
/** What could not be recorded while another process wrote. */
const catchUpEveryMs = 1000
/** Until the check of the log is tried again where another process held the store. */
const checkAgainMs = minuteMs
/** At the end, for what could not be recorded yet: then the session counts as ended by a crash at the next start. */
const catchUpLimitMs = 3000

export class DeskDuties {
  readonly #opened: Opened
  readonly #options: DeskOptions
  readonly #fail: (error: unknown) => void
  #logState: LogFacts['state'] = 'checking'
  #timers: NodeJS.Timeout[] = []
  #closed = false

  constructor(opened: Opened, options: DeskOptions, fail: (error: unknown) => void) {
    this.#opened = opened
    this.#options = options
    this.#fail = fail
  }

  get isClosed(): boolean {
    return this.#closed
  }

  get logState(): LogFacts['state'] {
    return this.#logState
  }

  /** Of a desk that is closed nothing more can fail. */
  fail(error: unknown): void {
    if (!this.#closed) this.#fail(error)
  }

  /** On an existing store: what a crash left open is ended first. */
  start(): void {
    const { db, ledger, behind, anchor } = this.#opened
    ledger.record((recorder) => {
      if (behind > 0 && anchor) recorder.event({ type: 'log-caught-up', details: { events: behind } })
      for (const offer of recorder.find('offer', "status = 'open'")) endOffer(recorder, offer, 'station-stopped')
      carryLease(recorder, db, this.#options.clock)
      recorder.event({ type: 'station-started' })
    })
    endLeftSessions(ledger, this.#options.clock.nowMs())
    this.#endOverdue()
  }

  /** @param complete called once the whole log was found complete and unchanged. */
  takeUp(complete: () => void): void {
    this.every(catchUpEveryMs, () => void this.#opened.ledger.catchUp())
    this.every(minuteMs, () => this.#endOverdue())
    this.#checkLog(complete)
  }

  /** What nobody used in its time. */
  #endOverdue(): void {
    const { ledger } = this.#opened
    const nowMs = this.#options.clock.nowMs()
    endOverdueTickets(ledger, nowMs)
    endOverdueOffers(ledger, nowMs)
  }

  every(ms: number, work: () => void): void {
    this.#timers.push(setInterval(() => this.guarded(work), ms))
  }

  guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      // Another process writes: whatever a timer does, it does at its next turn.
      if (isBusy(error)) this.#options.log.warn('store busy')
      else this.fail(error)
    }
  }

  /** The whole log and every row, in turns beside the work; the station locks where something is wrong. */
  #checkLog(complete: () => void): void {
    const { keys, anchor } = this.#opened
    runInTurns(this.#options, keys, anchor ? [anchor.checkpoint] : [], () => this.#closed)
      .then((finding) => {
        if (this.#closed) return
        if (finding) throw finding
        this.#logState = 'complete'
        complete()
      })
      .catch((error) => {
        if (!isBusy(error)) return this.fail(error)
        this.#timers.push(setTimeout(() => this.#checkLog(complete), checkAgainMs))
      })
  }

  async catchUpAtLast(): Promise<void> {
    for (let waitedMs = 0; !this.#opened.ledger.catchUp() && waitedMs < catchUpLimitMs; waitedMs += 100)
      await delay(100)
  }

  stop(): void {
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
  }
}
