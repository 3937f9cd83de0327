// A policy, its differences and what its check finds, in lines of plain English.
import type { PolicyDocument, PolicyRule, PolicySettings } from '../contracts/policy.ts'
import type { PolicyProblem, PolicyWarning } from '../contracts/policy-findings.ts'
import type { PolicyChange } from '../core/policy-changes.ts'
import { quoted } from './lines.ts'

type Setting = keyof PolicySettings
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** "5 min", "30 s", "12 h": the largest unit that needs no fraction. */
export function duration(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`
}
const shown = (name: Setting, value: PolicySettings[Setting] | undefined): string =>
  typeof value === 'number' && name.endsWith('Ms') ? duration(value) : String(value)

const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export function ruleLine({ name, when, set }: PolicyRule): string {
  const { roles, groups, hours } = when
  const parts = [
    ...(roles ? [roles.join(' or ')] : []),
    ...(groups ? [`group ${groups.map(quoted).join(' or ')}`] : []),
    ...(hours ? [`${hours.days.map((day) => days[day]).join(' ')} ${clockOf(hours.from)}-${clockOf(hours.to)}`] : []),
  ]
  const sets = Object.entries(set).map(([key, value]) => `${key} ${shown(key as Setting, value)}`)
  return `${quoted(name)} for ${parts.join(', ') || 'everybody, always'}: ${sets.join(', ') || 'nothing'}`
}

export function policyLines({ settings, rules, grants, freshFor, totp, ...rest }: PolicyDocument): string[] {
  const { $schema: _, format: __, ...others } = rest
  return [
    'settings',
    ...Object.entries(settings).map(([name, value]) => `  ${name.padEnd(20)} ${shown(name as Setting, value)}`),
    'rules, the first that matches decides',
    ...(rules.length > 0 ? rules.map((rule, place) => `  ${place + 1}. ${ruleLine(rule)}`) : ['  none']),
    'who may',
    ...Object.entries(grants).map(([name, roles]) => `  ${name.padEnd(20)} ${roles.join(', ') || 'nobody'}`),
    ...Object.entries(freshFor).map(([name, ms]) => `  ${name.padEnd(20)} with a code not older than ${duration(ms)}`),
    `codes of new phones: ${totp.algorithm}, ${totp.digits} digits, a new one every ${totp.periodSeconds} s`,
    ...Object.entries(others).map(([name, part]) => `${name}: ${JSON.stringify(part)}`),
  ]
}

export function changeLine(change: PolicyChange): string {
  switch (change.kind) {
    case 'setting':
      return `${change.name}: ${shown(change.name, change.before)} -> ${shown(change.name, change.after)}`
    case 'rule-added':
      return `+ rule ${ruleLine(change.rule)}`
    case 'rule-removed':
      return `- rule ${ruleLine(change.rule)}`
    case 'rule-changed':
      return `rule ${ruleLine(change.before)} -> ${ruleLine(change.after)}`
    case 'rules-reordered':
      return `order of rules: ${change.before.map(quoted).join(', ')} -> ${change.after.map(quoted).join(', ')}`
    case 'grant':
      return `${change.action}: ${change.before.join(', ') || 'nobody'} -> ${change.after.join(', ') || 'nobody'}`
    case 'fresh':
      return `a code for ${change.action} not older than: ${freshWords(change.before)} -> ${freshWords(change.after)}`
    case 'approvals':
      return `two people for: ${change.before.join(', ') || 'nothing'} -> ${change.after.join(', ') || 'nothing'}`
    case 'totp':
      return `codes of new phones: ${Object.values(change.before).join(', ')} -> ${Object.values(change.after).join(', ')}`
    case 'part':
      return `${change.name}: ${change.before} -> ${change.after}`
  }
}
const freshWords = (ms: number | null) => (ms === null ? 'as freshMs' : duration(ms))

const sentences: Readonly<Record<(PolicyProblem | PolicyWarning)['code'], string>> = {
  'administrators-keep-policy': 'administrators must keep this action, or nobody could put the policy right',
  'locks-out-administrators': 'no administrator could sign in any more',
  'change-without-seeing': 'whoever may change the policy must also see it',
  'warning-not-before-idle': 'the warning must be shorter than the idle limit',
  'name-twice': 'two rules have this name',
  'throttle-by-role': "throttling can't depend on a role: an ID that nobody has must be slowed like any other",
  'locks-out-administrators-at-times': 'at some hours no administrator could sign in',
  'rule-sets-nothing': 'this rule sets nothing',
  'rule-never-decides': 'this rule never decides anything',
  'rule-not-here': "this rule is for groups that this workstation isn't in",
  'warning-may-not-come': 'where both rules meet, the warning is not shorter than the idle limit',
  'idle-after-session': 'the longest session ends before the idle limit',
  'nobody-may': 'nobody may do this',
  'staff-may': 'every member of staff may do this',
  'nobody-to-approve': 'this takes two people, and there are not two here who may do it and have a phone',
  'apps-ignore-codes':
    'some authenticator apps ignore these parameters and show wrong codes, Microsoft Authenticator, Authy and older versions of Google Authenticator among them (docs/authenticator-apps.md)',
  'longer-codes-enrolled':
    'some phones show longer codes than this: whoever has one types it whole, which the lock screen takes for a wrong one; enroll them again',
}
export function findingLine({ code, rule, other, action }: PolicyProblem | PolicyWarning): string {
  const about = [
    ...(rule === undefined ? [] : [`rule ${quoted(rule)}`]),
    ...(action === undefined ? [] : [action]),
    ...(other === undefined ? [] : [`because of ${quoted(other)}`]),
  ]
  return [...about, sentences[code]].join(': ')
}
