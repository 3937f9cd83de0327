// A sign-in that waits for its PIN: in memory only, for a minute, bound to the person and the credential that was proved.
import type { Moment } from '../core/session.ts'
import type { FirstFactor } from './login.ts'
import type { Clock } from './ports.ts'

export const secondFactorMs = 60_000

export interface Pending {
  readonly first: FirstFactor['first']
  /** 'asked': they have a PIN; 'new': they choose their first. */
  readonly kind: 'asked' | 'new'
  readonly until: Moment
}

export class SecondFactor {
  readonly #clock: Clock
  readonly #over: (timeOver: boolean) => void
  #pending: Pending | null = null
  #timer: NodeJS.Timeout | undefined

  /** @param over what waited is gone, because its time was over or somebody gave up; not where it led to a session. */
  constructor(clock: Clock, over: (timeOver: boolean) => void) {
    this.#clock = clock
    this.#over = over
  }

  begin({ first, reason }: FirstFactor): void {
    this.clear()
    const until = { nowMs: this.#clock.nowMs() + secondFactorMs, runningMs: this.#clock.runningMs() + secondFactorMs }
    this.#pending = { first, kind: reason === 'pin-needed' ? 'asked' : 'new', until }
    this.#timer = setTimeout(() => this.end(true), secondFactorMs)
  }

  /** By either clock: one that is set back prolongs nothing. */
  current(): Pending | null {
    const pending = this.#pending
    if (!pending) return null
    const { nowMs, runningMs } = pending.until
    if (this.#clock.nowMs() < nowMs && this.#clock.runningMs() < runningMs) return pending
    this.end(true)
    return null
  }

  end(timeOver: boolean): void {
    if (!this.#pending) return
    this.clear()
    this.#over(timeOver)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#pending = null
  }
}
