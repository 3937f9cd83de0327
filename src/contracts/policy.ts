// The policy document: what a station asks of whom, how long things last, and who may do what.
import { z } from 'zod'
import { action, role } from './roles.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const between = (least: number, most: number) => z.number().int().min(least).max(most)

/** Settings that a rule may set for some people, at some stations, at some times. Durations in ms. */
const fields = {
  /** What a sign-in takes. */
  factors: z.enum(['code', 'code-and-pin']),
  /** Steps before the current one that are accepted (RFC 6238, 5.2); 0 for work of high risk. */
  totpWindowSteps: between(0, 2),
  idleMs: between(5 * second, hour),
  idleWarningMs: between(second, 5 * minute),
  sessionMs: between(10 * second, 24 * hour),
  /** How long a proof is fresh enough for Administration. */
  freshMs: between(minute, hour),
  offerMs: between(minute, hour),
  /** Phones whose codes sign a person in. */
  phonesPerPerson: between(1, 2),
}
export const policySettings = z.strictObject({
  factors: fields.factors.default('code'),
  totpWindowSteps: fields.totpWindowSteps.default(1),
  idleMs: fields.idleMs.default(5 * minute),
  idleWarningMs: fields.idleWarningMs.default(30 * second),
  sessionMs: fields.sessionMs.default(12 * hour),
  freshMs: fields.freshMs.default(5 * minute),
  offerMs: fields.offerMs.default(5 * minute),
  phonesPerPerson: fields.phonesPerPerson.default(1),
})
export type PolicySettings = z.infer<typeof policySettings>
export const defaultSettings: PolicySettings = policySettings.parse({})

/** Minutes since midnight, by the station's own time zone; `to` before `from` runs over midnight. */
const minuteOfDay = between(0, 24 * 60)
/** 0 is Sunday, as in ECMAScript. */
const weekday = between(0, 6)

export const policyRule = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** Each part that is given must match; within a part one is enough. */
  when: z.strictObject({
    roles: z.array(role).min(1).max(4).optional(),
    groups: z.array(z.string().trim().min(1).max(100)).min(1).max(50).optional(),
    hours: z.strictObject({ days: z.array(weekday).min(1).max(7), from: minuteOfDay, to: minuteOfDay }).optional(),
  }),
  set: z.strictObject(fields).partial(),
})
export type PolicyRule = z.infer<typeof policyRule>

const anyone = z.array(role).max(4)
const grants = z.strictObject({
  'see-people': anyone.default(['supervisor', 'administrator', 'auditor']),
  'see-credentials': anyone.default(['supervisor', 'administrator', 'auditor']),
  'change-people': anyone.default(['administrator']),
  enroll: anyone.default(['supervisor', 'administrator']),
  revoke: anyone.default(['administrator']),
  'acknowledge-alerts': anyone.default(['administrator']),
} satisfies Record<z.infer<typeof action>, unknown>)

export const policyDocument = z.strictObject({
  format: z.literal(1).default(1),
  /** What holds where no rule says otherwise. */
  settings: policySettings.default(defaultSettings),
  /** In order: the first that matches and names a setting decides it. */
  rules: z.array(policyRule).max(100).default([]),
  grants: grants.default(grants.parse({})),
  /** What takes a second person's code as well. */
  approvals: z.array(action).max(20).default([]),
})
export type PolicyDocument = z.infer<typeof policyDocument>
export const defaultPolicy: PolicyDocument = policyDocument.parse({})
