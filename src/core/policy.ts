// Evaluates a policy: which settings hold for these roles, at this station, at this time, and which rule says so.
import type { PolicyDocument, PolicyRule, PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'

export interface Circumstances {
  readonly roles: readonly Role[]
  /** The station's; null where it is in none. */
  readonly group: string | null
  /** 0 is Sunday. */
  readonly weekday: number
  /** Minutes since midnight at the station, 0 to 1439. */
  readonly minuteOfDay: number
}

export interface PolicyDecision {
  readonly settings: PolicySettings
  /** The name of the rule that decided each setting; null where the policy's own settings did. */
  readonly because: Readonly<Record<keyof PolicySettings, string | null>>
}

export function evaluatePolicy(policy: PolicyDocument, circumstances: Circumstances): PolicyDecision {
  const matching = policy.rules.filter((rule) => matches(rule, circumstances))
  const names = Object.keys(policy.settings) as (keyof PolicySettings)[]
  const deciding = names.map((name) => [name, matching.find((rule) => rule.set[name] !== undefined)] as const)
  return {
    settings: Object.fromEntries(
      deciding.map(([name, rule]) => [name, rule?.set[name] ?? policy.settings[name]]),
    ) as PolicySettings,
    because: Object.fromEntries(
      deciding.map(([name, rule]) => [name, rule?.name ?? null]),
    ) as PolicyDecision['because'],
  }
}

function matches({ when }: PolicyRule, at: Circumstances): boolean {
  const { roles, groups, hours } = when
  if (roles && !roles.some((role) => at.roles.includes(role))) return false
  if (groups && (at.group === null || !groups.includes(at.group))) return false
  return !hours || isWithin(hours, at)
}

/** A night that begins on a day of the rule belongs to it until its end, on the day after. */
function isWithin({ days, from, to }: NonNullable<PolicyRule['when']['hours']>, at: Circumstances): boolean {
  const { weekday, minuteOfDay } = at
  const dayBefore = (weekday + 6) % 7
  if (from < to) return days.includes(weekday) && minuteOfDay >= from && minuteOfDay < to
  return (days.includes(weekday) && minuteOfDay >= from) || (days.includes(dayBefore) && minuteOfDay < to)
}
