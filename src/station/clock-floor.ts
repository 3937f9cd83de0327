// The floor of time: what two people's codes have confirmed, plus the running time since.
import type { Ledger, Recorder, Row } from './ledger.ts'
import type { Clock } from './ports.ts'

const floorRow = 'floor'
const confirmsWithinMs = 2 * 60_000
/** How far below the floor the clock may be before typed codes close. */
export const floorToleranceMs = 90_000

/** The row says from when on the running time counts, to this process and to any other. */
export class ClockFloor {
  readonly #clock: Clock
  /** The event that put a row before the computer was started again, where only the running time says so. */
  #beforeStart = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** 0 for none. */
  nowMs(source: Ledger | Recorder): number {
    const row = source.get('clock_floor', floorRow)
    return row && row.floor_ms > 0 ? row.floor_ms + this.#runSince(row) : 0
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
    recorder.put('clock_floor', floorRow, {
      floor_ms: Math.floor(confirmed ? Math.max(floor, stepStartMs) : floor),
      last_person: person,
      last_at_ms: nowMs,
      running_ms: Math.ceil(this.#clock.runningMs()),
      boot: this.#clock.boot ?? null,
    })
  }

  /** An administrator's recovery code says that the clock is right after all. */
  lower(recorder: Recorder, person: string): void {
    const nothing = { last_person: null, running_ms: null, boot: null }
    recorder.put('clock_floor', floorRow, { floor_ms: 0, last_at_ms: this.#clock.nowMs(), ...nothing })
    recorder.event({ type: 'clock-floor-lowered', person })
  }

  /**
   * Milliseconds that have passed at the least since the row was put: never more than have, or a right clock would be
   * taken for a wrong one. After another start of this computer as many as it has run since that start.
   */
  #runSince({ running_ms, boot, event_number }: Row<'clock_floor'>): number {
    const nowMs = this.#clock.runningMs()
    const here = this.#clock.boot ?? null
    if (running_ms === null || (boot === null) !== (here === null)) return 0
    // The row rounds it up.
    if (nowMs < running_ms - 1) this.#beforeStart = event_number
    const sameStart = boot === here && event_number !== this.#beforeStart
    return sameStart ? Math.max(nowMs - running_ms, 0) : nowMs
  }
}
