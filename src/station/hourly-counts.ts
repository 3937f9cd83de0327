// What is too frequent to record one by one: counted, and put on record by the hour.
import type { Ledger } from './ledger.ts'

const refusalsRecordedAnHour = 20

/** Refused calls of the window: the first of an hour each with its own event, the rest as a number, so that no flood fills the disk. */
export class RefusedCalls {
  readonly #ledger: Ledger
  #refused = 0

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  note(command: string, reason: string): void {
    this.#refused++
    if (this.#refused > refusalsRecordedAnHour) return
    this.#ledger.recordSoon((recorder) => recorder.event({ type: 'call-refused', reason, details: { command } }))
  }

  flush(): void {
    const further = this.#refused - refusalsRecordedAnHour
    this.#refused = 0
    if (further > 0)
      this.#ledger.recordSoon((recorder) => recorder.event({ type: 'calls-refused', details: { further } }))
  }
}
