// The hub as an open desk has it: nothing of it is loaded before the station has joined one.
import type { WorkstationFacts } from '../../contracts/commands/workstation.ts'
import type { HubFacts } from '../../contracts/screen.ts'
import type { BindingMail } from '../binding-mail.ts'
import { isBusy } from '../database.ts'
import type { DeskOptions } from '../desk.ts'
import type { Opened } from '../open-station.ts'
import { readPolicy } from '../policy.ts'
import type { JoinOutcome } from './joining.ts'
import { ageMs } from './lease.ts'
import { readLink, readProgress } from './link.ts'
import type { HubState, HubSync } from './sync.ts'

const lookEveryMs = 1000
/** From this part of the lease on the screen warns. */
const nearPart = 0.75

/** Each try is an event: more than anybody taps, and a hub that makes them up fills no log. */
const answersAMinute = 60

export interface DeskHubHost {
  changed(): void
  fail(error: unknown): void
  /** An answer that came by way of the hub. */
  sent(answer: Uint8Array): Promise<void>
  /** A phone's part that did. */
  part(part: Uint8Array): void
}

export class DeskHub implements BindingMail {
  readonly #opened: Opened
  readonly #options: DeskOptions
  readonly #changed: () => void
  readonly #fail: (error: unknown) => void
  readonly #sent: DeskHubHost['sent']
  readonly #part: DeskHubHost['part']
  #minute = { number: 0, answers: 0 }
  #timer: NodeJS.Timeout | undefined
  #sync: HubSync | null = null
  #starting = false
  #joining = false
  #stopped = false
  #shown = ''

  constructor(opened: Opened, options: DeskOptions, host: DeskHubHost) {
    this.#opened = opened
    this.#options = options
    this.#changed = host.changed
    this.#fail = host.fail
    this.#sent = host.sent
    this.#part = host.part
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), lookEveryMs)
  }

  /** @param text the link as somebody typed or scanned it. @param actor a person's id; undefined at first run. */
  async join(text: string, actor: string | undefined, second?: string): Promise<JoinOutcome> {
    const [{ joinHub, parseJoinLink }, { createHttpHub }] = await Promise.all([
      import('./joining.ts'),
      import('./http.ts'),
    ])
    const link = parseJoinLink(text)
    if (!link) return { ok: false, reason: 'not-a-link' }
    // The link works once: two at a time, and the second would spoil what the first brought.
    if (this.#joining || this.#stopped) return { ok: false, reason: 'joined-before' }
    this.#joining = true
    try {
      const { clock, appVersion } = this.#options
      const joining = { hub: createHttpHub(), link, appVersion, nowMs: clock.nowMs(), actor, second }
      return await joinHub(this.#opened, joining)
    } finally {
      this.#joining = false
      this.#look()
    }
  }

  /** Something was recorded here. */
  soon(): void {
    this.#sync?.soon()
  }

  /** Of bindings: only while the hub answers, or the code on the screen would be larger for nothing. */
  organisation(): string | null {
    return this.#sync?.state === 'online' ? (readLink(this.#opened.ledger)?.organisation_slug ?? null) : null
  }

  open(box: Uint8Array, livesMs: number): void {
    this.#sync?.openBox(box, livesMs)
  }

  answer(box: Uint8Array, part: Uint8Array, welcome: Uint8Array): void {
    this.#sync?.sendWelcome(box, part, welcome)
  }

  /** null where the station has joined none. */
  facts(): HubFacts | null {
    const { ledger } = this.#opened
    const link = readLink(ledger)
    if (!link) return null
    const age = ageMs(ledger, this.#options.clock) ?? 0
    const { leaseMs } = readPolicy(ledger).settings
    const lease = age > leaseMs ? 'over' : age > leaseMs * nearPart ? 'near' : 'holds'
    const state: HubState = link.closed === null ? (this.#sync?.state ?? 'connecting') : 'closed'
    return { organisation: link.organisation_name, state, confirmedAtMs: link.confirmed_at_ms, lease }
  }

  /** For administrators: where it is, and how much of this station's log is kept there. */
  details(): WorkstationFacts['hub'] {
    const facts = this.facts()
    const link = readLink(this.#opened.ledger)
    if (!facts || !link) return null
    const { organisation, state, confirmedAtMs } = facts
    const acknowledged = readProgress(this.#opened.db, this.#opened.keys)?.acknowledged ?? 0
    return { organisation, url: link.url, state, confirmedAtMs, acknowledged }
  }

  stop(): void {
    this.#stopped = true
    clearInterval(this.#timer)
    void this.#sync?.stop()
  }

  #look(): void {
    try {
      const facts = this.facts()
      if (facts && !this.#sync && !this.#starting) this.#begin()
      // The age alone changes all the time; a lease that is over changes what the screen says.
      const shown = facts ? `${facts.state} ${facts.lease}` : ''
      if (shown === this.#shown) return
      this.#shown = shown
      this.#changed()
    } catch (error) {
      if (!isBusy(error)) this.#fail(error)
    }
  }

  #take(answer: Uint8Array): void {
    const number = Math.floor(this.#options.clock.runningMs() / 60_000)
    const answers = this.#minute.number === number ? this.#minute.answers + 1 : 1
    this.#minute = { number, answers }
    if (answers > answersAMinute) return
    this.#sent(answer).catch((error) => {
      // Another process writes: the phone still shows the digits.
      if (!isBusy(error)) this.#fail(error)
    })
  }

  #takePart(part: Uint8Array): void {
    try {
      this.#part(part)
    } catch (error) {
      // Another process writes: the phone shows its part as well.
      if (!isBusy(error)) this.#fail(error)
    }
  }

  #begin(): void {
    this.#starting = true
    Promise.all([import('./sync.ts'), import('./http.ts')])
      .then(([{ HubSync }, { createHttpHub }]) => {
        if (this.#stopped) return
        const { clock, log, appVersion } = this.#options
        const sent = (answer: Uint8Array) => this.#take(answer)
        const part = (bytes: Uint8Array) => this.#takePart(bytes)
        const parts = { ...this.#opened, clock, log, appVersion, sent, part, hub: createHttpHub() }
        this.#sync = new HubSync(parts, this.#changed, this.#fail)
        this.#sync.start()
      })
      .catch(this.#fail)
  }
}
