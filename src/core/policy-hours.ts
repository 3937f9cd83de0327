// The hours of a policy's rule: which moments of the week they hold, and whether some lie within others.
import type { PolicyRule } from '../contracts/policy.ts'

export type Hours = NonNullable<PolicyRule['when']['hours']>
export interface WeekMoment {
  /** 0 is Sunday. */
  readonly weekday: number
  /** Minutes since midnight at the station, 0 to 1439. */
  readonly minuteOfDay: number
}

/** A night that begins on a day of the rule belongs to it until its end, on the day after. */
export function isWithin({ days, from, to }: Hours, { weekday, minuteOfDay }: WeekMoment): boolean {
  const dayBefore = (weekday + 6) % 7
  if (from < to) return days.includes(weekday) && minuteOfDay >= from && minuteOfDay < to
  return (days.includes(weekday) && minuteOfDay >= from) || (days.includes(dayBefore) && minuteOfDay < to)
}

/** A moment in each stretch of the week in which the same of these hours hold. */
export function momentsOf(all: readonly Hours[]): WeekMoment[] {
  const minutes = [...new Set([0, ...all.flatMap(({ from, to }) => [from, to % 1440])])].sort((a, b) => a - b)
  return [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => minutes.map((minuteOfDay) => ({ weekday, minuteOfDay })))
}

/** Whether every moment of `inner` is one of `outer`; undefined is always. */
export function contains(outer: Hours | undefined, inner: Hours | undefined): boolean {
  if (!outer) return true
  const within = (hours: Hours | undefined, moment: WeekMoment) => !hours || isWithin(hours, moment)
  return momentsOf(inner ? [outer, inner] : [outer]).every(
    (moment) => !within(inner, moment) || isWithin(outer, moment),
  )
}
