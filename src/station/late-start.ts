// A start that met another process's long write, such as an import: it looks again until that is done, and then goes on by itself.
import { isFree } from './database.ts'
import type { DeskOptions } from './desk.ts'

interface LateStartHost {
  /** Does the station still stand there because another process writes? */
  waits(): boolean
  /** Is somebody in by emergency access just now? Nothing starts under them. */
  heldBack(): boolean
  start(): Promise<void>
}
const looksEveryMs = 500

export class LateStart {
  readonly #options: DeskOptions
  readonly #host: LateStartHost
  #timer: NodeJS.Timeout | undefined

  constructor(options: DeskOptions, host: LateStartHost) {
    this.#options = options
    this.#host = host
  }

  wait(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#look(), looksEveryMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #look(): void {
    if (!this.#host.waits()) return
    // A start waits for the lock itself, and would hold up the window meanwhile.
    if (this.#host.heldBack() || this.#isHeld()) this.wait()
    else void this.#host.start()
  }

  #isHeld(): boolean {
    try {
      return !isFree(this.#options.dataFolder, this.#options.sqliteBinding)
    } catch {
      // Whatever else is wrong, a start names it.
      return false
    }
  }
}
