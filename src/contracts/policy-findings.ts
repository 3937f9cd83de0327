// What is wrong with a policy, or worth a second look, before it is applied; and how it differs from another.
import { z } from 'zod'
import { action, type role } from './roles.ts'

/** Each refuses the policy. */
export const policyProblem = z.enum([
  'administrators-keep-policy',
  'locks-out-administrators',
  'change-without-seeing',
  'warning-not-before-idle',
  'name-twice',
  'throttle-by-role',
])
/** Each is said, and no more. */
export const policyWarning = z.enum([
  'locks-out-administrators-at-times',
  'rule-sets-nothing',
  'rule-never-decides',
  'rule-not-here',
  'warning-may-not-come',
  'idle-after-session',
  'nobody-may',
  'staff-may',
  'nobody-to-approve',
  'apps-ignore-codes',
  'longer-codes-enrolled',
])
const name = z.string().max(80)
const about = {
  /** Names of the rules it is about; `other` is the one that stands in its way. */
  rule: name.optional(),
  other: name.optional(),
  action: action.optional(),
}
export const policyReport = z.strictObject({
  problems: z.array(z.strictObject({ code: policyProblem, ...about })).max(500),
  warnings: z.array(z.strictObject({ code: policyWarning, ...about })).max(500),
})
export type PolicyReport = z.infer<typeof policyReport>
export type PolicyProblem = PolicyReport['problems'][number]
export type PolicyWarning = PolicyReport['warnings'][number]

/** What a person who may change the policy could prove now, for the check that one of them still gets in. */
export interface Keeper {
  readonly roles: readonly z.infer<typeof role>[]
  readonly provesCode: boolean
  readonly provesPin: boolean
  /** By a bound phone; by one that signs, and is not bound by what was typed alone; by one with a passkey. */
  readonly provesPhone: boolean
  readonly provesSigned: boolean
  readonly provesVerified: boolean
}
/** What the check has to know of the station. */
export interface PolicyFacts {
  readonly group: string | null
  /** Active administrators; those who are alike may stand here once. */
  readonly keepers: readonly Keeper[]
  /** Active people with a phone, by their roles. Of many who are alike it is enough to know that they are two. */
  readonly able: readonly { readonly roles: readonly z.infer<typeof role>[]; readonly count: number }[]
  /** Digits of the longest code that is enrolled; 0 for none. */
  readonly longestCode: number
}
