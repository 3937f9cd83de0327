// The floor of time: what two people's codes have confirmed, plus the running time since.
import type { Ledger, Recorder } from './ledger.ts'
import type { Clock } from './ports.ts'

const floorRow = 'floor'
const confirmsWithinMs = 2 * 60_000
/** How far below the floor the clock may be before typed codes close. */
export const floorToleranceMs = 90_000

/** Counts the running time since the floor was last read from disk; a restart begins at the floor kept there. */
export class ClockFloor {
  readonly #clock: Clock
  #sinceMs: number
  #floorMs = 0
  /** What was put, and when: the running time counts from then, if it was committed. */
  #put = { floorMs: 0, runningMs: 0 }

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sinceMs = clock.runningMs()
  }

  nowMs(source: Ledger | Recorder): number {
    const kept = source.get('clock_floor', floorRow)?.floor_ms ?? 0
    if (kept > this.#floorMs) {
      this.#floorMs = kept
      this.#sinceMs = kept === this.#put.floorMs ? this.#put.runningMs : this.#clock.runningMs()
    }
    return this.#floorMs === 0 ? 0 : this.#floorMs + (this.#clock.runningMs() - this.#sinceMs)
  }

  isClosed(source: Ledger | Recorder): boolean {
    return this.#clock.nowMs() < this.nowMs(source) - floorToleranceMs
  }

  /** Puts the row; the caller's event records it. A second person within two minutes confirms the time. */
  noteAccepted(recorder: Recorder, person: string, stepStartMs: number): void {
    const row = recorder.get('clock_floor', floorRow)
    const nowMs = this.#clock.nowMs()
    const confirmed =
      row?.last_person !== null && row?.last_person !== undefined && row.last_person !== person
        ? Math.abs(nowMs - row.last_at_ms) <= confirmsWithinMs
        : false
    const floor = this.nowMs(recorder)
    const floorMs = Math.floor(confirmed ? Math.max(floor, stepStartMs) : floor)
    this.#put = { floorMs, runningMs: this.#clock.runningMs() }
    recorder.put('clock_floor', floorRow, {
      floor_ms: floorMs,
      last_person: person,
      last_at_ms: nowMs,
    })
  }

  /** An administrator's recovery code says that the clock is right after all. */
  lower(recorder: Recorder, person: string): void {
    this.#floorMs = 0
    recorder.put('clock_floor', floorRow, { floor_ms: 0, last_person: null, last_at_ms: this.#clock.nowMs() })
    recorder.event({ type: 'clock-floor-lowered', person })
  }
}
