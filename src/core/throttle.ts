// How failures slow down and close what is typed, per staff ID and per station (NIST SP 800-63B-4, 3.2.2).

export interface ThrottleState {
  /** Failures in a row. */
  readonly failures: number
  /** Wall time, ms, before which nothing is tried. */
  readonly waitsUntilMs: number
}
export const freshThrottle: ThrottleState = { failures: 0, waitsUntilMs: 0 }

export interface ThrottleRule {
  /** The failure in a row from which each next try waits. */
  readonly delayFrom: number
  readonly longestDelayMs: number
  /** As many failures in a row close what is typed for `closedMs`, each time. */
  readonly closesEvery: number
  readonly closedMs: number
  readonly suspendsAt: number
  readonly stationFailures: number
  readonly stationWindowMs: number
  readonly stationDelayMs: number
}
/** What holds where policy says nothing; it may make the first five stricter. */
export const throttleRule: ThrottleRule = {
  delayFrom: 3,
  longestDelayMs: 60_000,
  closesEvery: 10,
  closedMs: 30 * 60_000,
  suspendsAt: 100,
  stationFailures: 20,
  stationWindowMs: 10 * 60_000,
  stationDelayMs: 5_000,
}

/** Milliseconds still to wait, 0 for none. */
export const remainingWaitMs = (state: ThrottleState, nowMs: number): number => Math.max(state.waitsUntilMs - nowMs, 0)

/** A wait longer than the rule ever gives comes of a clock set back: it starts anew, so that no door closes for ever. */
export function reanchored(state: ThrottleState, nowMs: number, rule: ThrottleRule): ThrottleState {
  const longestMs = delayAfter(state.failures, rule)
  return remainingWaitMs(state, nowMs) > longestMs ? { ...state, waitsUntilMs: nowMs + longestMs } : state
}

export function afterFailure(state: ThrottleState, nowMs: number, rule: ThrottleRule): ThrottleState {
  const failures = state.failures + 1
  return { failures, waitsUntilMs: nowMs + delayAfter(failures, rule) }
}

/** By the default: 2 s from the third failure, doubling to a minute; half an hour at each tenth. */
function delayAfter(failures: number, rule: ThrottleRule): number {
  if (failures % rule.closesEvery === 0) return rule.closedMs
  if (failures < rule.delayFrom) return 0
  return Math.min(2 ** (failures - rule.delayFrom + 1) * 1000, rule.longestDelayMs)
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
