// When a session ends: idle and absolute limits, each by wall time and by running time, whichever comes first.

export interface SessionLimits {
  readonly idleMs: number
  readonly sessionMs: number
}
/** Both clocks at one moment: wall time, ms since 1970; running time, ms since an arbitrary start. */
export interface Moment {
  readonly nowMs: number
  readonly runningMs: number
}
export interface SessionTimes {
  readonly since: Moment
  readonly limitAt: Moment
  readonly idleAt: Moment
  /** When they last proved who they are. */
  readonly provedAt: Moment
}

const later = (moment: Moment, ms: number): Moment => ({
  nowMs: moment.nowMs + ms,
  runningMs: moment.runningMs + ms,
})
/** By either clock: one that is set back prolongs nothing. */
const isPast = (moment: Moment, now: Moment): boolean => now.nowMs >= moment.nowMs || now.runningMs >= moment.runningMs

export const beginSession = (now: Moment, limits: SessionLimits): SessionTimes => ({
  since: now,
  limitAt: later(now, limits.sessionMs),
  idleAt: later(now, limits.idleMs),
  provedAt: now,
})

/** A step-up: a fresh code within the session. */
export const proved = (times: SessionTimes, now: Moment): SessionTimes => ({ ...times, provedAt: now })

/** @param freshMs how old the last proof may be for what is asked. */
export const isFresh = (times: SessionTimes, now: Moment, freshMs: number): boolean =>
  !isPast(later(times.provedAt, freshMs), now)

/** Somebody is there: the idle limit starts anew, the absolute one does not. */
export const postponed = (times: SessionTimes, now: Moment, limits: SessionLimits): SessionTimes => ({
  ...times,
  idleAt: later(now, limits.idleMs),
})

/** Why the session is over, or null while it goes on. */
export function sessionEnd(times: SessionTimes, now: Moment): 'limit' | 'idle' | null {
  if (isPast(times.limitAt, now)) return 'limit'
  return isPast(times.idleAt, now) ? 'idle' : null
}
