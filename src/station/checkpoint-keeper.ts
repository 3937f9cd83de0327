// Brings the log's signed head to the keychain: joined together within a second of a commit, at lock, at quit.
import { writeAnchor } from './anchor.ts'
import { isBusy } from './database.ts'
import type { Opened } from './open-station.ts'
import type { Keychain } from './ports.ts'
import { signCheckpoint } from './signing.ts'

const joinMs = 500
const roundsAtMost = 20
type Signer = Pick<Opened, 'ledger' | 'keys' | 'station'>

/**
 * The log's head as it is now, and again where it grew meanwhile: station and command line write to one keychain, and
 * what was signed first may arrive last. Throws KeychainError, and DamageError where the log fell back.
 */
export async function bringCheckpoint({ ledger, keys, station }: Signer, keychain: Keychain): Promise<void> {
  let frontier = ledger.frontier()
  for (let round = 0; round < roundsAtMost; round++) {
    await keychain.write('checkpoint', writeAnchor(signCheckpoint(station, keys, frontier), frontier))
    const now = ledger.frontier()
    if (now.size === frontier.size) return
    frontier = now
  }
}

export class CheckpointKeeper {
  readonly #opened: Signer
  readonly #keychain: Keychain
  readonly #onFailure: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(opened: Signer, keychain: Keychain, onFailure: (error: unknown) => void) {
    this.#opened = opened
    this.#keychain = keychain
    this.#onFailure = onFailure
  }

  soon(): void {
    if (!this.#stopped) this.#timer ??= setTimeout(() => void this.now(), joinMs)
  }

  /** Never rejects: a failure goes to the listener, which locks the station. */
  now(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing
      .then(() => bringCheckpoint(this.#opened, this.#keychain))
      .catch((error) => (isBusy(error) ? this.soon() : this.#onFailure(error)))
    return this.#writing
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
