// Keeps station and hub together while the hub can be reached: when to talk, when to try again, and when it is over.
import type { HubFacts } from '../../contracts/screen.ts'
import { isBusy } from '../database.ts'
import { HubExchange, type SyncParts } from './exchange.ts'
import { linkRow, readLink, readProgress } from './link.ts'
import { HubMail } from './mail.ts'
import type { HubAddress } from './port.ts'

export type HubState = HubFacts['state']

const pollEveryMs = 30_000
/** New events of this station, also those that the command line wrote. */
const lookEveryMs = 1000
const soonMs = 50
const retryFromMs = 1000
const retryAtMostMs = 60_000
const closing = ['station-suspended', 'station-held', 'station-removed']

export class HubSync {
  readonly #parts: SyncParts
  readonly #changed: () => void
  readonly #fail: (error: unknown) => void
  readonly #exchange: HubExchange
  readonly #mail: HubMail
  #state: HubState = 'none'
  #timer: NodeJS.Timeout | undefined
  #look: NodeJS.Timeout | undefined
  #running: Promise<void> | null = null
  #again = false
  #failures = 0
  #stopListening: (() => void) | null = null
  #stopped = false

  /** @param fail for what is damage, or can't be: a hub that can't be reached is none of it. */
  constructor(parts: SyncParts, changed: () => void, fail: (error: unknown) => void) {
    this.#parts = parts
    this.#changed = changed
    this.#fail = fail
    this.#exchange = new HubExchange(parts, changed)
    this.#mail = new HubMail(parts, (work) => this.#exchange.ask(work), fail)
  }

  get state(): HubState {
    return this.#state
  }

  start(): void {
    this.#look = setInterval(() => this.#lookForMore(), lookEveryMs)
    this.#lookForMore()
  }

  /** Something happened here, or may have happened there. */
  soon(): void {
    if (this.#stopped || this.#state === 'none' || this.#state === 'closed') return
    if (this.#running) {
      this.#again = true
      return
    }
    // While it is not there, the next try comes by itself.
    if (this.#state === 'offline') return
    this.#in(soonMs)
  }

  openBox(box: Uint8Array, livesMs: number): void {
    const at = this.#address()
    if (at) this.#mail.openBox(at, box, livesMs)
  }

  sendWelcome(box: Uint8Array, part: Uint8Array, welcome: Uint8Array): void {
    const at = this.#address()
    if (at) this.#mail.sendWelcome(at, box, part, welcome)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#exchange.stop()
    this.#mail.stop()
    clearInterval(this.#look)
    clearTimeout(this.#timer)
    this.#stopListening?.()
    await this.#running
  }

  /** Joined just now, from wherever; or events that the hub has not. */
  #lookForMore(): void {
    if (this.#stopped || this.#running) return
    try {
      if (this.#state === 'none') {
        if (!readLink(this.#parts.ledger)) return
        this.#become('connecting')
        this.#in(0)
        return
      }
      const progress = readProgress(this.#parts.db, this.#parts.keys)
      if (progress && this.#parts.ledger.frontier().size > progress.acknowledged) this.soon()
    } catch (error) {
      if (!isBusy(error)) this.#fail(error)
    }
  }

  #in(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#running = this.#round()
        .catch((error) => {
          // Another process writes, such as an import: nothing is wrong, and what was not kept comes again.
          if (isBusy(error)) this.#in(retryFromMs)
          else this.#fail(error)
        })
        .finally(() => {
          this.#running = null
        })
    }, ms)
  }

  async #round(): Promise<void> {
    this.#again = false
    const before = this.#reached()
    const reason = await this.#exchange.run()
    if (this.#stopped) return
    // Cut off in the middle of a long log, it came on all the same: what makes it wait longer is rounds that bring nothing.
    if (this.#reached() > before) this.#failures = 0
    if (reason === null) {
      this.#failures = 0
      this.#become('online')
      this.#listen()
      this.#in(this.#again ? soonMs : pollEveryMs * (0.8 + Math.random() * 0.4))
      return
    }
    if (closing.includes(reason)) return this.#close(reason)
    if (this.#state !== 'offline') this.#parts.log.warn('hub not reached', { reason })
    this.#become('offline')
    const backoff = Math.min(retryFromMs * 2 ** this.#failures, retryAtMostMs)
    this.#failures++
    this.#in(backoff * (0.5 + Math.random()))
  }

  /** How far both ways together: it only grows, save where the hub has lost something. */
  #reached(): number {
    const progress = readProgress(this.#parts.db, this.#parts.keys)
    return progress ? progress.cursor + progress.acknowledged : 0
  }

  #listen(): void {
    if (this.#stopListening || this.#stopped) return
    const at = this.#address()
    if (!at) return
    this.#stopListening = this.#parts.hub.listen(
      at,
      this.#exchange.prover(),
      (what) => {
        if (what === 'answers') this.#mail.fetchAnswers(at)
        else if (what === 'bindings') this.#mail.fetchParts(at)
        else this.soon()
      },
      () => {
        this.#stopListening = null
        // The next round listens again.
        if (!this.#stopped && this.#state === 'online') this.#in(retryFromMs * (0.5 + Math.random()))
      },
    )
  }

  #address(): HubAddress | null {
    const link = readLink(this.#parts.ledger)
    return link && { url: link.url, organisation: link.organisation_slug }
  }

  /** On record, once: from now on nothing comes, and the lease runs out. */
  #close(reason: string): void {
    this.#stopListening?.()
    const { ledger } = this.#parts
    if (readLink(ledger)?.closed !== reason)
      ledger.record((recorder) => {
        const link = readLink(recorder)
        if (!link) return
        const { id: _, event_number: __, ...content } = link
        recorder.put('hub_link', linkRow, { ...content, closed: reason })
        recorder.event({ type: 'hub-closed', reason })
      })
    this.#become('closed')
    // An administrator may let it back in.
    this.#in(retryAtMostMs * (0.8 + Math.random() * 0.4))
  }

  #become(state: HubState): void {
    if (state === this.#state) return
    this.#state = state
    this.#changed()
  }
}
