// A policy as somebody types it: every field as text until all of it is right, and what is wrong with each.
import type { PolicyDocument, PolicyRule, PolicySettings } from '../../contracts/policy.ts'
import type { Action, Role } from '../../contracts/roles.ts'
import { type NumberSetting, policyBounds } from '../../core/policy-bounds.ts'

export type Setting = keyof PolicySettings
export const isSwitch = (name: Setting): name is 'breakGlass' => name === 'breakGlass'
export const isNumber = (name: Setting): name is NumberSetting => Object.hasOwn(policyBounds, name)

/** What a number is typed in; ms or none where it is a count. */
export function unitMs(name: NumberSetting): number {
  if (!name.endsWith('Ms')) return 1
  return name === 'idleWarningMs' ? 1000 : 60_000
}

export interface DraftRule {
  /** Its own as long as it is edited, whatever its name. */
  readonly key: number
  readonly name: string
  readonly roles: readonly Role[]
  readonly groups: string
  readonly timed: boolean
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
  readonly set: Readonly<Partial<Record<Setting, string>>>
}
export interface Draft {
  readonly settings: Readonly<Record<Setting, string>>
  readonly rules: readonly DraftRule[]
  readonly grants: PolicyDocument['grants']
  /** Minutes; empty for none. */
  readonly fresh: Readonly<Partial<Record<Action, string>>>
  readonly approvals: PolicyDocument['approvals']
  readonly totp: PolicyDocument['totp']
}

/** By the path of the field. */
export type Wrong = Readonly<Record<string, { readonly key: string; readonly least?: number; readonly most?: number }>>

const textOf = (name: Setting, value: PolicySettings[Setting]): string =>
  isNumber(name) ? String(Number((Number(value) / unitMs(name)).toFixed(3))) : String(value)
const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const texts = (set: Partial<PolicySettings>) =>
  Object.fromEntries(Object.entries(set).map(([name, value]) => [name, textOf(name as Setting, value)]))

export function draftOf(policy: PolicyDocument): Draft {
  const fresh = Object.entries(policy.freshFor).map(([name, ms]) => [name, textOf('freshMs', ms)])
  return {
    settings: texts(policy.settings) as Draft['settings'],
    rules: policy.rules.map((rule, key) => draftRule(rule, key)),
    grants: policy.grants,
    fresh: Object.fromEntries(fresh),
    approvals: policy.approvals,
    totp: policy.totp,
  }
}

export function draftRule({ name, when, set }: PolicyRule, key: number): DraftRule {
  const { days = [1, 2, 3, 4, 5, 6, 0], from = 22 * 60, to = 6 * 60 } = when.hours ?? {}
  return {
    key,
    name,
    roles: when.roles ?? [],
    groups: (when.groups ?? []).join(', '),
    timed: when.hours !== undefined,
    days,
    from: clockText(from),
    to: clockText(to),
    // Zod leaves what is not set undefined, and so do we.
    set: texts(JSON.parse(JSON.stringify(set)) as Partial<PolicySettings>),
  }
}

/** @param base keeps the parts that the editor has no fields for. */
export function documentOf(draft: Draft, base: PolicyDocument): { document: PolicyDocument } | { wrong: Wrong } {
  const wrong: Record<string, Wrong[string]> = {}
  const settings = readAll('settings', draft.settings, wrong) as PolicySettings
  const rules = draft.rules.map((rule) => ruleOf(rule, wrong))
  const freshFor: PolicyDocument['freshFor'] = {}
  for (const [name, text] of Object.entries(draft.fresh)) {
    if (text.trim() === '') continue
    const value = readValue('freshMs', text)
    if (typeof value === 'number') freshFor[name as Action] = value
    else if (typeof value === 'object') wrong[`fresh.${name}`] = value
  }
  if (Object.keys(wrong).length > 0) return { wrong }
  const { grants, approvals, totp } = draft
  return { document: { ...base, settings, rules, grants, freshFor, approvals, totp } }
}

function readAll(path: string, typed: Partial<Record<Setting, string>>, wrong: Record<string, Wrong[string]>) {
  const read: Record<string, string | number | boolean> = {}
  for (const [name, text] of Object.entries(typed)) {
    const value = readValue(name as Setting, text)
    if (typeof value === 'object') wrong[`${path}.${name}`] = value
    else read[name] = value
  }
  return read as Partial<PolicySettings>
}

function readValue(name: Setting, text: string): string | number | boolean | Wrong[string] {
  if (isSwitch(name)) return text === 'true'
  if (!isNumber(name)) return text
  const unit = unitMs(name)
  const [least, most] = policyBounds[name]
  const typed = text.trim().replace(',', '.')
  const value = /^\d+(\.\d+)?$/.test(typed) ? Math.round(Number(typed) * unit) : Number.NaN
  const isGood = value >= least && value <= most && (unit > 1 || Number.isInteger(Number(typed)))
  return isGood ? value : { key: 'number', ...boundsOf(name) }
}

/** In the unit that it is typed in, such as 0.083 to 60 minutes. */
export function boundsOf(name: NumberSetting): { least: number; most: number } {
  const [least, most] = policyBounds[name].map((bound) => Math.ceil((bound / unitMs(name)) * 100) / 100)
  return { least: least ?? 0, most: most ?? 0 }
}

function ruleOf(rule: DraftRule, wrong: Record<string, Wrong[string]>): PolicyRule {
  const at = (field: string) => `rules.${rule.key}.${field}`
  const name = rule.name.trim()
  if (name === '' || name.length > 80) wrong[at('name')] = { key: 'name' }
  const groups = rule.groups
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (groups.length > 50 || groups.some((each) => each.length > 100)) wrong[at('groups')] = { key: 'groups' }
  const [from, to] = [minuteOf(rule.from, 1439), minuteOf(rule.to, 1440)]
  if (rule.timed && from === null) wrong[at('from')] = { key: 'time' }
  if (rule.timed && to === null) wrong[at('to')] = { key: 'time' }
  if (rule.timed && rule.days.length === 0) wrong[at('days')] = { key: 'days' }
  return {
    name,
    when: {
      ...(rule.roles.length > 0 ? { roles: [...rule.roles] } : {}),
      ...(groups.length > 0 ? { groups } : {}),
      ...(rule.timed ? { hours: { days: [...rule.days], from: from ?? 0, to: to ?? 0 } } : {}),
    },
    set: readAll(at('set'), rule.set, wrong),
  }
}

/** Minutes since midnight of a text such as 22:00; null where it is none. */
export function minuteOf(text: string, most: number): number | null {
  const found = /^([0-9]{1,2})[:.]?([0-5][0-9])$/.exec(text.trim())
  if (!found) return null
  const minute = Number(found[1]) * 60 + Number(found[2])
  return minute <= most ? minute : null
}
