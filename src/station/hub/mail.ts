// What phones and this station have the hub carry: answers and parts as they come, boxes for offers, welcomes.
import { openBoxRequest, sentWelcome } from '../../contracts/hub/bindings.ts'
import { isBusy } from '../database.ts'
import type { SyncParts } from './exchange.ts'
import type { HubAddress, HubFailure, Prover } from './port.ts'

/** One request at a time, in turn with all others of the station. */
type Ask = <R>(work: (prover: Prover) => Promise<R>) => Promise<R>
type Kind = 'answers' | 'parts'

export class HubMail {
  readonly #parts: SyncParts
  readonly #ask: Ask
  readonly #fail: (error: unknown) => void
  readonly #fetching = new Set<Kind>()
  #stopped = false

  /** @param fail for what is damage, or can't be. */
  constructor(parts: SyncParts, ask: Ask, fail: (error: unknown) => void) {
    this.#parts = parts
    this.#ask = ask
    this.#fail = fail
  }

  stop(): void {
    this.#stopped = true
  }

  /** Beside what is under way: somebody stands at the screen. Whatever the hub hands out, the phone's own signature counts. */
  fetchAnswers(at: HubAddress): void {
    const { hub, sent } = this.#parts
    this.#fetch('answers', async () => {
      const got = await this.#ask((prover) => hub.answers(at, prover))
      if (got.ok && !this.#stopped) for (const answer of got.answers) sent(Buffer.from(answer, 'base64url'))
    })
  }

  fetchParts(at: HubAddress): void {
    const { hub, part } = this.#parts
    this.#fetch('parts', async () => {
      const got = await this.#ask((prover) => hub.parts(at, prover))
      if (got.ok && !this.#stopped) for (const each of got.parts) part(Buffer.from(each, 'base64url'))
    })
  }

  openBox(at: HubAddress, box: Uint8Array, livesMs: number): void {
    const body = openBoxRequest.parse({ box: text(box), livesMs })
    this.#send('box', (prover) => this.#parts.hub.openBox(at, prover, body))
  }

  sendWelcome(at: HubAddress, box: Uint8Array, part: Uint8Array, welcome: Uint8Array): void {
    const body = sentWelcome.parse({ box: text(box), part: text(part), welcome: text(welcome) })
    this.#send('welcome', (prover) => this.#parts.hub.sendWelcome(at, prover, body))
  }

  #fetch(kind: Kind, work: () => Promise<void>): void {
    if (this.#stopped || this.#fetching.has(kind)) return
    this.#fetching.add(kind)
    work()
      .catch((error) => this.#failed(error))
      .finally(() => this.#fetching.delete(kind))
  }

  /** Once: where it does not get there, the phone shows its part, and scans the code on the screen. */
  #send(what: string, work: (prover: Prover) => Promise<{ readonly ok: true } | HubFailure>): void {
    if (this.#stopped) return
    this.#ask(work)
      .then((said) => {
        if (!said.ok) this.#parts.log.warn('not sent to the hub', { what, reason: said.reason })
      })
      .catch((error) => this.#failed(error))
  }

  #failed(error: unknown): void {
    // Another process writes: the phone still shows the digits.
    if (!isBusy(error)) this.#fail(error)
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
