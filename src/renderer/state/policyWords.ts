// A policy in words of the language on the screen: its values, its rules, and what differs from another.
import type { TFunction } from 'i18next'
import type { PolicyRule, PolicySettings } from '../../contracts/policy.ts'
import type { Action, Role } from '../../contracts/roles.ts'
import type { PolicyChange } from '../../core/policy-changes.ts'
import { currentLanguage } from '../../ui/i18n.ts'
import { languages } from '../../ui/messages/languages.ts'
import type { Setting } from './policyDraft.ts'

export const weekOrder = [1, 2, 3, 4, 5, 6, 0] as const

/** The largest unit that needs no fraction. */
export function durationWords(ms: number, t: TFunction): string {
  if (ms % 3_600_000 === 0) return t('policy.hours', { count: ms / 3_600_000 })
  if (ms % 60_000 === 0) return t('policy.minutes', { count: ms / 60_000 })
  return t('policy.seconds', { count: ms / 1000 })
}

export function valueWords(name: Setting, value: PolicySettings[Setting] | undefined, t: TFunction): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return t(value ? 'policy.on' : 'policy.off')
  if (typeof value === 'string') return t(`policy.factor.${value}`)
  return name.endsWith('Ms') ? durationWords(value, t) : String(value)
}

/** "Mon" or "Monday"; 4 January 1970 was a Sunday. */
export function dayName(day: number, width: 'short' | 'long'): string {
  const { locale } = languages[currentLanguage()]
  return new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' }).format((day + 3) * 86_400_000)
}

const clockWords = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export const rolesWords = (roles: readonly Role[], t: TFunction): string =>
  roles.map((role) => t(`people.roleName.${role}`)).join(', ') || t('policy.nobody')

export const approvalsWords = (actions: readonly Action[], t: TFunction): string =>
  actions.map((action) => t(`policy.actionName.${action}`)).join(', ') || t('policy.nothing')

const eitherOf = (names: readonly string[]): string =>
  new Intl.ListFormat(languages[currentLanguage()].locale, { type: 'disjunction' }).format(names)

/** For whom, where and when, in one line. */
export function whenWords({ roles, groups, hours }: PolicyRule['when'], t: TFunction): string {
  const who = roles ? eitherOf(roles.map((role) => t(`people.roleName.${role}`))) : t('policy.everybody')
  const where = groups ? eitherOf(groups) : t('policy.anywhere')
  const when = hours
    ? t('policy.hoursLine', {
        days: weekOrder
          .filter((day) => hours.days.includes(day))
          .map((day) => dayName(day, 'short'))
          .join(' '),
        from: clockWords(hours.from),
        to: clockWords(hours.to),
      })
    : t('policy.always')
  return [who, where, when].join(' · ')
}

export const setWords = (set: PolicyRule['set'], t: TFunction): string =>
  Object.entries(set)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${t(`policy.setting.${name}`)}: ${valueWords(name as Setting, value, t)}`)
    .join('; ') || t('policy.setsNothing')

export interface ChangeWords {
  readonly what: string
  readonly was: string
  readonly becomes: string
}
export function changeWords(change: PolicyChange, t: TFunction): ChangeWords {
  const ruleWords = ({ when, set }: PolicyRule) => `${whenWords(when, t)}: ${setWords(set, t)}`
  switch (change.kind) {
    case 'setting':
      return {
        what: t(`policy.setting.${change.name}`),
        was: valueWords(change.name, change.before, t),
        becomes: valueWords(change.name, change.after, t),
      }
    case 'rule-added':
      return {
        what: t('policy.change.rule-added', { name: change.rule.name }),
        was: t('policy.change.none'),
        becomes: ruleWords(change.rule),
      }
    case 'rule-removed':
      return {
        what: t('policy.change.rule-removed', { name: change.rule.name }),
        was: ruleWords(change.rule),
        becomes: t('policy.change.gone'),
      }
    case 'rule-changed':
      return {
        what: t('policy.change.rule-changed', { name: change.after.name }),
        was: ruleWords(change.before),
        becomes: ruleWords(change.after),
      }
    case 'rules-reordered':
      return {
        what: t('policy.change.rules-reordered'),
        was: change.before.join(', '),
        becomes: change.after.join(', '),
      }
    case 'grant':
      return {
        what: t(`policy.actionName.${change.action}`),
        was: rolesWords(change.before, t),
        becomes: rolesWords(change.after, t),
      }
    case 'fresh': {
      const words = (ms: number | null) => (ms === null ? t('policy.asSettings') : durationWords(ms, t))
      const name = t(`policy.actionName.${change.action}`)
      return { what: t('policy.change.fresh', { name }), was: words(change.before), becomes: words(change.after) }
    }
    case 'approvals':
      return {
        what: t('policy.approvals'),
        was: approvalsWords(change.before, t),
        becomes: approvalsWords(change.after, t),
      }
    case 'totp':
      return { what: t('policy.codes'), was: codesWords(change.before, t), becomes: codesWords(change.after, t) }
    case 'part':
      return { what: change.name, was: change.before, becomes: change.after }
  }
}

export const codesWords = (
  { algorithm, digits, periodSeconds }: { algorithm: string; digits: number; periodSeconds: number },
  t: TFunction,
): string => t('policy.codesLine', { algorithm, digits, seconds: periodSeconds })
