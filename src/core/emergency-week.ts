// What policy says of emergency access through a week, so that it can be asked where the policy itself can't be read.
import type { PolicyDocument } from '../contracts/policy.ts'
import { evaluatePolicy } from './policy.ts'

export interface EmergencyRule {
  readonly allowed: boolean
  readonly sessionMs: number
}
export interface EmergencyPeriod extends EmergencyRule {
  /** Minutes since Sunday 0:00 at the station; it holds until the next period. */
  readonly fromMinute: number
}

const dayMinutes = 24 * 60

/** Nobody has proved a role yet: rules that name one don't count. The first period begins at 0. */
export function emergencyWeek(policy: PolicyDocument, group: string | null): EmergencyPeriod[] {
  const times = policy.rules.flatMap(({ when: { hours } }) => (hours ? [hours.from, hours.to % dayMinutes] : []))
  const minutes = [...new Set([0, ...times])].toSorted((a, b) => a - b)
  const periods = [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) =>
    minutes.map((minuteOfDay) => {
      const { settings } = evaluatePolicy(policy, { roles: [], group, weekday, minuteOfDay })
      const fromMinute = weekday * dayMinutes + minuteOfDay
      return { fromMinute, allowed: settings.breakGlass, sessionMs: settings.breakGlassMs }
    }),
  )
  return periods.filter((period, at) => {
    const before = periods[at - 1]
    return before?.allowed !== period.allowed || before.sessionMs !== period.sessionMs
  })
}

/** @param weekday 0 is Sunday. An empty week allows nothing. */
export function emergencyAt(week: readonly EmergencyPeriod[], weekday: number, minuteOfDay: number): EmergencyRule {
  const minute = weekday * dayMinutes + minuteOfDay
  return week.findLast(({ fromMinute }) => fromMinute <= minute) ?? { allowed: false, sessionMs: 0 }
}
