// What differs between two policies, one change at a time, in the order of the document.
import type { PolicyDocument, PolicyRule, PolicySettings } from '../contracts/policy.ts'
import type { Action, Role } from '../contracts/roles.ts'

type Totp = PolicyDocument['totp']
type Approvals = readonly PolicyDocument['approvals'][number][]
export type PolicyChange =
  | { [N in keyof PolicySettings]: Setting<N> }[keyof PolicySettings]
  | { readonly kind: 'rule-added' | 'rule-removed'; readonly rule: PolicyRule }
  | { readonly kind: 'rule-changed'; readonly before: PolicyRule; readonly after: PolicyRule }
  | { readonly kind: 'rules-reordered'; readonly before: readonly string[]; readonly after: readonly string[] }
  | {
      readonly kind: 'grant'
      readonly action: Action
      readonly before: readonly Role[]
      readonly after: readonly Role[]
    }
  /** null: as `freshMs` says. */
  | { readonly kind: 'fresh'; readonly action: Action; readonly before: number | null; readonly after: number | null }
  /** What takes a second person. */
  | { readonly kind: 'approvals'; readonly before: Approvals; readonly after: Approvals }
  | { readonly kind: 'totp'; readonly before: Totp; readonly after: Totp }
  /** Any other part of the document, as JSON. */
  | { readonly kind: 'part'; readonly name: string; readonly before: string; readonly after: string }

interface Setting<N extends keyof PolicySettings> {
  readonly kind: 'setting'
  readonly name: N
  readonly before: PolicySettings[N]
  readonly after: PolicySettings[N]
}

const compared: ReadonlySet<string> = new Set([
  '$schema',
  'settings',
  'rules',
  'grants',
  'freshFor',
  'approvals',
  'totp',
])
const same = (a: unknown, b: unknown): boolean => sortedJson(a) === sortedJson(b)
/** The order of an object's keys, and of roles, days and groups in their lists, says nothing. */
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    if (Array.isArray(part)) return [...part].sort()
    return part && typeof part === 'object' ? Object.fromEntries(Object.entries(part).sort()) : part
  })

export function policyChanges(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  const changes: PolicyChange[] = []
  for (const name of Object.keys(after.settings) as (keyof PolicySettings)[])
    if (before.settings[name] !== after.settings[name])
      changes.push({
        kind: 'setting',
        name,
        before: before.settings[name],
        after: after.settings[name],
      } as PolicyChange)
  changes.push(...ruleChanges(before.rules, after.rules))
  for (const action of Object.keys(after.grants) as Action[]) {
    const [old, now] = [before.grants[action], after.grants[action]]
    if (!same(old, now)) changes.push({ kind: 'grant', action, before: old, after: now })
  }
  for (const action of Object.keys(after.grants) as Action[]) {
    const [old, now] = [before.freshFor[action] ?? null, after.freshFor[action] ?? null]
    if (old !== now) changes.push({ kind: 'fresh', action, before: old, after: now })
  }
  if (!same(before.approvals, after.approvals))
    changes.push({ kind: 'approvals', before: before.approvals, after: after.approvals })
  if (!same(before.totp, after.totp)) changes.push({ kind: 'totp', before: before.totp, after: after.totp })
  for (const name of Object.keys(after) as (keyof PolicyDocument)[])
    if (!compared.has(name) && !same(before[name], after[name]))
      changes.push({ kind: 'part', name, before: JSON.stringify(before[name]), after: JSON.stringify(after[name]) })
  return changes
}

/** Rules are known by their names. */
function ruleChanges(before: readonly PolicyRule[], after: readonly PolicyRule[]): PolicyChange[] {
  const changes: PolicyChange[] = []
  const named = (rules: readonly PolicyRule[], name: string) => rules.find((rule) => rule.name === name)
  for (const rule of before) if (!named(after, rule.name)) changes.push({ kind: 'rule-removed', rule })
  for (const rule of after) {
    const old = named(before, rule.name)
    if (!old) changes.push({ kind: 'rule-added', rule })
    else if (!same(old, rule)) changes.push({ kind: 'rule-changed', before: old, after: rule })
  }
  const kept = (rules: readonly PolicyRule[], others: readonly PolicyRule[]) =>
    rules.map(({ name }) => name).filter((name) => named(others, name))
  const [old, now] = [kept(before, after), kept(after, before)]
  if (old.join('\n') !== now.join('\n'))
    changes.push({
      kind: 'rules-reordered',
      before: before.map(({ name }) => name),
      after: after.map(({ name }) => name),
    })
  return changes
}

/** One line for the log, no longer than `most` characters. */
export function summaryOf(changes: readonly PolicyChange[], most: number): string {
  const parts = changes.map(shortly)
  for (let kept = parts.length; kept > 0; kept--) {
    const rest = parts.length - kept
    const line = [...parts.slice(0, kept), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
    if (line.length <= most) return line
  }
  return `${parts.length} changes`
}

function shortly(change: PolicyChange): string {
  switch (change.kind) {
    case 'setting':
      return `${change.name} ${change.before} to ${change.after}`
    case 'rule-added':
    case 'rule-removed':
      return `${change.kind} ${JSON.stringify(change.rule.name)}`
    case 'rule-changed':
      return `rule-changed ${JSON.stringify(change.after.name)}`
    case 'rules-reordered':
      return 'rules-reordered'
    case 'grant':
      return `${change.action} ${change.before.join('+') || 'nobody'} to ${change.after.join('+') || 'nobody'}`
    case 'fresh':
      return `fresh for ${change.action} ${change.before ?? 'as set'} to ${change.after ?? 'as set'}`
    case 'approvals':
      return `two people for ${change.before.join('+') || 'nothing'} to ${change.after.join('+') || 'nothing'}`
    case 'totp':
      return `codes ${Object.values(change.before).join('/')} to ${Object.values(change.after).join('/')}`
    case 'part':
      return `${change.name} ${change.before} to ${change.after}`
  }
}
