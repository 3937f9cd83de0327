// What becomes of a command that fails: a busy store refuses it and changes nothing; anything else closes the station.
import { type CommandName, commands } from '../contracts/ipc.ts'
import { isBusy } from './database.ts'
import { failureOf } from './open-station.ts'
import type { Log } from './ports.ts'

/** In this order: the first that a command's own contract has is its answer. */
const refusals = [{ ok: false, reason: 'not-now' }, { ok: false, reason: 'not-allowed' }, { ok: true }]
/** What a command answers with where it can't do anything just now. */
export const refusalOf = (name: CommandName) => refusals.find((each) => commands[name].output.safeParse(each).success)

interface Host<D> {
  readonly log: Log
  /** The open desk; null where there is none. */
  desk(): D | null
  /** Closes the station. */
  fail(error: unknown): void
}

export class CommandGuard<D> {
  readonly #host: Host<D>
  #running = false

  constructor(host: Host<D>) {
    this.#host = host
  }

  /**
   * A fault closes the station; the caller gets the refusal. A late fault of a desk that is closed by now says nothing.
   * @param busy the answer while another process writes.
   */
  run<T>(refusal: T, work: () => T, busy = refusal): T {
    const desk = this.#host.desk()
    const answerTo = (error: unknown) => (this.#isFault(desk, error) ? refusal : busy)
    try {
      const answer = work()
      return answer instanceof Promise ? (answer.catch(answerTo) as T) : answer
    } catch (error) {
      return answerTo(error)
    }
  }

  /** One slow command at a time: what comes meanwhile is refused, not queued. */
  async whenFree<T, R>(refusal: R, work: () => Promise<T> | T): Promise<T | R> {
    if (this.#running) return refusal
    this.#running = true
    const desk = this.#host.desk()
    try {
      return await work()
    } catch (error) {
      this.#isFault(desk, error)
      return refusal
    } finally {
      this.#running = false
    }
  }

  #isFault(desk: D | null, error: unknown): boolean {
    const { log } = this.#host
    if (desk !== null && isBusy(error)) {
      log.warn('store busy')
      return false
    }
    if (desk === null || desk === this.#host.desk()) this.#host.fail(error)
    else log.warn('late fault of a closed desk', { code: failureOf(error) })
    return true
  }
}
