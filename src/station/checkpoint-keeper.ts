// Brings the log's signed head to the keychain: joined together within a second of a commit, at lock, at quit.
import { writeAnchor } from './anchor.ts'
import type { Opened } from './open-station.ts'
import type { Keychain } from './ports.ts'
import { signCheckpoint } from './signing.ts'

const joinMs = 500

export class CheckpointKeeper {
  readonly #opened: Pick<Opened, 'ledger' | 'keys' | 'station'>
  readonly #keychain: Keychain
  readonly #onFailure: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(
    opened: Pick<Opened, 'ledger' | 'keys' | 'station'>,
    keychain: Keychain,
    onFailure: (error: unknown) => void,
  ) {
    this.#opened = opened
    this.#keychain = keychain
    this.#onFailure = onFailure
  }

  soon(): void {
    this.#timer ??= setTimeout(() => void this.now(), joinMs)
  }

  /** Never rejects: a failure goes to the listener, which locks the station. */
  now(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(async () => {
      const { ledger, keys, station } = this.#opened
      const frontier = ledger.frontier()
      await this.#keychain.write('checkpoint', writeAnchor(signCheckpoint(station, keys, frontier), frontier))
    })
    this.#writing = this.#writing.catch(this.#onFailure)
    return this.#writing
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
