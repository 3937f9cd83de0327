// What this process has seen of the log: from one look to the next it only grows, whatever is done to the file meanwhile.
import type { Statement } from 'better-sqlite3'
import type { StationDatabase } from './database.ts'
import { DamageError, sameBytes } from './keys.ts'

/**
 * A whole older file that is put back under a running station has true MACs throughout, so only a memory of what came
 * after it tells; without one, its head would be signed over the newer one in the keychain.
 */
export class SeenLog {
  readonly #leafOf: Statement
  #size = 0
  #leaf: Buffer | null = null

  constructor(db: StationDatabase) {
    this.#leafOf = db.prepare('SELECT leaf FROM event WHERE number = ?').pluck()
  }

  /**
   * @param size events that the head claims.
   * Throws DamageError where the log is shorter than it was, or its last event that we saw is another one.
   */
  check(size: number): void {
    if (size < this.#size) throw new DamageError('log-cut', 'log_head')
    if (!this.#leaf) return
    const leaf = this.#leafOf.get(this.#size) as Buffer | undefined
    if (!leaf || !sameBytes(leaf, this.#leaf)) throw new DamageError('log-changed', `event/${this.#size}`)
  }

  /** Of what is committed: a change that was rolled back must not be missed later. */
  keep(size: number): void {
    if (size === this.#size) return
    this.#size = size
    this.#leaf = (this.#leafOf.get(size) as Buffer | undefined) ?? null
  }
}
