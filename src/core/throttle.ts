// How failures slow down and close what is typed, per staff ID and per station (NIST SP 800-63B-4, 3.2.2).

export interface ThrottleState {
  /** Failures in a row. */
  readonly failures: number
  /** Wall time, ms, before which nothing is tried. */
  readonly waitsUntilMs: number
}
export const freshThrottle: ThrottleState = { failures: 0, waitsUntilMs: 0 }

export const throttleRule = {
  delayFrom: 3,
  /** A PIN is asked for only after a right code, and forgotten more often. */
  pinDelayFrom: 5,
  longestDelayMs: 60_000,
  closesEvery: 10,
  closedMs: 30 * 60_000,
  suspendsAt: 100,
  stationFailures: 20,
  stationWindowMs: 10 * 60_000,
  stationDelayMs: 5_000,
} as const

/** Milliseconds still to wait, 0 for none. */
export const remainingWaitMs = (state: ThrottleState, nowMs: number): number => Math.max(state.waitsUntilMs - nowMs, 0)

/** A wait longer than the rule ever gives comes of a clock set back: it starts anew, so that no door closes for ever. */
export function reanchored(
  state: ThrottleState,
  nowMs: number,
  delayFrom: number = throttleRule.delayFrom,
): ThrottleState {
  const longestMs = delayAfter(state.failures, delayFrom)
  return remainingWaitMs(state, nowMs) > longestMs ? { ...state, waitsUntilMs: nowMs + longestMs } : state
}

export function afterFailure(
  state: ThrottleState,
  nowMs: number,
  delayFrom: number = throttleRule.delayFrom,
): ThrottleState {
  const failures = state.failures + 1
  return { failures, waitsUntilMs: nowMs + delayAfter(failures, delayFrom) }
}

/** 2 s from the failure that brings the first wait, doubling to a minute; half an hour at each tenth. */
function delayAfter(failures: number, delayFrom: number): number {
  if (failures % throttleRule.closesEvery === 0) return throttleRule.closedMs
  if (failures < delayFrom) return 0
  return Math.min(2 ** (failures - delayFrom + 1) * 1000, throttleRule.longestDelayMs)
}

/** Wall times of the newest failures at a station, oldest first, with one more. */
export function withStationFailure(timesMs: readonly number[], nowMs: number): number[] {
  return [...timesMs.filter((time) => nowMs - time < throttleRule.stationWindowMs && time <= nowMs), nowMs].slice(
    -throttleRule.stationFailures,
  )
}

export function stationIsSlowed(timesMs: readonly number[], nowMs: number): boolean {
  const recent = timesMs.filter((time) => nowMs - time < throttleRule.stationWindowMs && time <= nowMs)
  return recent.length >= throttleRule.stationFailures
}
