// Checks a policy beyond its schema: what would lock people out, contradict itself or never come to bear.
import type { PolicyDocument, PolicyRule } from '../contracts/policy.ts'
import type { PolicyFacts, PolicyProblem, PolicyReport, PolicyWarning } from '../contracts/policy-findings.ts'
import type { Action } from '../contracts/roles.ts'
import { defaultTotp } from './otp.ts'
import { mayDo } from './permissions.ts'
import { throttleSettings } from './policy-bounds.ts'
import { contains } from './policy-hours.ts'
import { lockedOut } from './policy-lock-out.ts'

const most = 500

export function checkPolicy(policy: PolicyDocument, facts: PolicyFacts): PolicyReport {
  const lockOut = lockedOut(policy, facts)
  return {
    problems: [
      ...grantProblems(policy),
      ...(lockOut === 'always' ? [{ code: 'locks-out-administrators' } as const] : []),
      ...idleProblems(policy),
      ...ruleProblems(policy.rules),
    ].slice(0, most),
    warnings: [
      ...(lockOut === 'at-times' ? [{ code: 'locks-out-administrators-at-times' } as const] : []),
      ...ruleWarnings(policy.rules, facts.group),
      ...timeWarnings(policy),
      ...grantWarnings(policy),
      ...approvalWarnings(policy, facts),
      ...codeWarnings(policy, facts),
    ].slice(0, most),
  }
}

function* grantProblems({ grants }: PolicyDocument): Generator<PolicyProblem> {
  for (const action of ['see-policy', 'change-policy'] as const)
    if (!grants[action].includes('administrator')) yield { code: 'administrators-keep-policy', action }
  if (grants['change-policy'].some((role) => !grants['see-policy'].includes(role)))
    yield { code: 'change-without-seeing' }
}

/** The warning has to come before the lock: by the policy's own settings, and by each rule over them. */
function* idleProblems({ settings, rules }: PolicyDocument): Generator<PolicyProblem> {
  const code = 'warning-not-before-idle'
  if (settings.idleWarningMs >= settings.idleMs) yield { code }
  for (const { name, set } of rules) {
    if (set.idleMs === undefined && set.idleWarningMs === undefined) continue
    const { idleMs = settings.idleMs, idleWarningMs = settings.idleWarningMs } = set
    if (idleWarningMs >= idleMs) yield { code, rule: name }
  }
}

function* ruleProblems(rules: readonly PolicyRule[]): Generator<PolicyProblem> {
  const seen = new Set<string>()
  for (const { name, when, set } of rules) {
    if (seen.has(name)) yield { code: 'name-twice', rule: name }
    seen.add(name)
    if (when.roles && throttleSettings.some((each) => set[each] !== undefined))
      yield { code: 'throttle-by-role', rule: name }
  }
}

function* ruleWarnings(rules: readonly PolicyRule[], group: string | null): Generator<PolicyWarning> {
  for (const [place, rule] of rules.entries()) {
    const names = Object.keys(rule.set) as (keyof PolicyRule['set'])[]
    const { name, when } = rule
    if (names.length === 0) yield { code: 'rule-sets-nothing', rule: name }
    if (when.groups && (group === null || !when.groups.includes(group))) yield { code: 'rule-not-here', rule: name }
    const before = rules.slice(0, place).filter((each) => covers(each.when, when))
    const hides = (setting: keyof PolicyRule['set']) => before.find(({ set }) => set[setting] !== undefined)
    const first = names[0] && hides(names[0])
    if (first && names.every(hides)) yield { code: 'rule-never-decides', rule: name, other: first.name }
  }
}

/** Whether all that the second matches is matched by the first. */
function covers(first: PolicyRule['when'], second: PolicyRule['when']): boolean {
  const within = <T>(outer?: readonly T[], inner?: readonly T[]) =>
    !outer || (inner?.every((each) => outer.includes(each)) ?? false)
  return within(first.roles, second.roles) && within(first.groups, second.groups) && contains(first.hours, second.hours)
}

/** What only some rules together bring about is said, and not refused: they may never meet. */
function* timeWarnings({ settings, rules }: PolicyDocument): Generator<PolicyWarning> {
  if (settings.idleMs > settings.sessionMs) yield { code: 'idle-after-session' }
  for (const { name, set } of rules) {
    if (set.idleMs === undefined && set.sessionMs === undefined) continue
    const { idleMs = settings.idleMs, sessionMs = settings.sessionMs } = set
    if (idleMs > sessionMs) yield { code: 'idle-after-session', rule: name }
  }
  for (const idle of rules)
    for (const warning of rules)
      if (idle !== warning && (warning.set.idleWarningMs ?? 0) >= (idle.set.idleMs ?? Number.POSITIVE_INFINITY))
        yield { code: 'warning-may-not-come', rule: idle.name, other: warning.name }
}

const changing: readonly Action[] = ['change-people', 'enroll', 'revoke', 'change-policy']
function* grantWarnings({ grants }: PolicyDocument): Generator<PolicyWarning> {
  for (const action of Object.keys(grants) as Action[]) {
    if (grants[action].length === 0) yield { code: 'nobody-may', action }
    if (changing.includes(action) && grants[action].includes('staff')) yield { code: 'staff-may', action }
  }
}

/** It takes one who does it and another one who approves: where there are not two, nobody ever can. */
function* approvalWarnings({ approvals, grants }: PolicyDocument, { able }: PolicyFacts): Generator<PolicyWarning> {
  for (const action of approvals) {
    const those = able.filter(({ roles }) => mayDo(grants, roles, action))
    if (those.reduce((sum, { count }) => sum + count, 0) < 2) yield { code: 'nobody-to-approve', action }
  }
}

function* codeWarnings({ totp }: PolicyDocument, { longestCode }: PolicyFacts): Generator<PolicyWarning> {
  const { algorithm, digits, periodSeconds } = defaultTotp
  if (totp.algorithm !== algorithm || totp.digits !== digits || totp.periodSeconds !== periodSeconds)
    yield { code: 'apps-ignore-codes' }
  if (longestCode > totp.digits) yield { code: 'longer-codes-enrolled' }
}
