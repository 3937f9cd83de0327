// Evaluates a policy: which settings hold for these roles, at this station, at this time, and which rule says so.
import type { PolicyDocument, PolicyRule, PolicySettings } from '../contracts/policy.ts'
import type { Action, Role } from '../contracts/roles.ts'
import { throttleSettings } from './policy-bounds.ts'
import { isWithin, type WeekMoment } from './policy-hours.ts'
import { type ThrottleRule, throttleRule } from './throttle.ts'

export interface Surroundings extends WeekMoment {
  /** The station's; null where it is in none. */
  readonly group: string | null
}
export interface Circumstances extends Surroundings {
  readonly roles: readonly Role[]
}

export interface PolicyDecision {
  readonly settings: PolicySettings
  /** The name of the rule that decided each setting; null where the policy's own settings did. */
  readonly because: Readonly<Record<keyof PolicySettings, string | null>>
}

/** Throttling, and emergency access, at which nobody has proved a role. */
const ofTheStation: ReadonlySet<string> = new Set([...throttleSettings, 'breakGlass', 'breakGlassMs'])

export function evaluatePolicy(policy: PolicyDocument, circumstances: Circumstances): PolicyDecision {
  const matching = policy.rules.filter((rule) => matches(rule, circumstances))
  const names = Object.keys(policy.settings) as (keyof PolicySettings)[]
  const deciding = names.map((name) => {
    const decides = (rule: PolicyRule) =>
      rule.set[name] !== undefined && !(ofTheStation.has(name) && rule.when.roles !== undefined)
    return [name, matching.find(decides)] as const
  })
  return {
    settings: Object.fromEntries(
      deciding.map(([name, rule]) => [name, rule?.set[name] ?? policy.settings[name]]),
    ) as PolicySettings,
    because: Object.fromEntries(
      deciding.map(([name, rule]) => [name, rule?.name ?? null]),
    ) as PolicyDecision['because'],
  }
}

/** How this station slows what is typed: by its group and the time, and the same for everybody, known or not. */
export function throttleFor(policy: PolicyDocument, around: Surroundings): ThrottleRule {
  const { settings } = evaluatePolicy(policy, { ...around, roles: [] })
  return {
    ...throttleRule,
    delayFrom: settings.throttleDelayFrom,
    closesEvery: settings.throttleClosesAfter,
    closedMs: settings.throttleClosedMs,
    suspendsAt: settings.throttleSuspendsAt,
  }
}

/** How old a proof may be for this action, ms. */
export const freshnessFor = (policy: PolicyDocument, settings: PolicySettings, action: Action): number =>
  policy.freshFor[action] ?? settings.freshMs

export function matches({ when }: PolicyRule, at: Circumstances): boolean {
  const { roles, groups, hours } = when
  if (roles && !roles.some((role) => at.roles.includes(role))) return false
  if (groups && (at.group === null || !groups.includes(at.group))) return false
  return !hours || isWithin(hours, at)
}

/** Does this action take a second person's code as well? */
export const wantsTwo = ({ approvals }: PolicyDocument, action: Action): boolean =>
  approvals.some((each) => each === action)
