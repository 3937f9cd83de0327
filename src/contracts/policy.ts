// The policy document: what a station asks of whom, how long things last, and who may do what.
import { z } from 'zod'
import { action, role } from './roles.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const between = (least: number, most: number) => z.number().int().min(least).max(most)

/** Settings that a rule may set for some people, at some stations, at some times. Durations in ms. */
const fields = {
  /**
   * What a sign-in takes. 'code': a one-time code or a phone's answer. 'phone': a phone's answer alone. 'verified-phone': one
   * with a passkey that has seen its owner.
   */
  factors: z.enum(['code', 'code-and-pin', 'phone', 'verified-phone']),
  /** Typed answers of a phone can be passed on by whoever is talked into it; the others carry what the phone vouches for. */
  phoneAnswers: z.enum(['any', 'shown-or-sent', 'shown']),
  /** Whether a phone has to say where it is; its owner decides whether it does. Typed answers have no room for it. */
  phoneLocation: z.enum(['optional', 'required']),
  /** How somebody without a phone gets their first: with somebody signed in beside them, or alone by a ticket. */
  firstSignIn: z.enum(['administrator', 'ticket']),
  /** Steps before the current one that are accepted (RFC 6238, 5.2); 0 for work of high risk. */
  totpWindowSteps: between(0, 2),
  idleMs: between(5 * second, hour),
  idleWarningMs: between(second, 5 * minute),
  sessionMs: between(10 * second, 24 * hour),
  /** How long a proof is fresh enough for an action, where `freshFor` does not say otherwise. */
  freshMs: between(minute, hour),
  offerMs: between(minute, hour),
  /** How long what came from a hub holds while the hub can't be reached. What was made at the station has no such end. */
  leaseMs: between(hour, 30 * 24 * hour),
  /** Emergency access: the station's own setting, so rules that name a role don't count for it. */
  breakGlass: z.boolean(),
  breakGlassMs: between(minute, hour),
  /** Phones whose codes sign a person in. */
  phonesPerPerson: between(1, 2),
}
/**
 * Of the station alone, by its group and the time, never by who somebody is: an ID that nobody has must be slowed like
 * any other. Each may be stricter than the rule in docs/protocol.md, none looser.
 */
const throttleFields = {
  /** The failure in a row from which each next try waits. */
  throttleDelayFrom: between(1, 3),
  /** As many in a row close typed codes, each time. */
  throttleClosesAfter: between(5, 10),
  throttleClosedMs: between(30 * minute, 24 * hour),
  /** As many in a row suspend the authenticator app's credential; at most 100 by NIST SP 800-63B-4, 3.2.2. */
  throttleSuspendsAt: between(20, 100),
}

export const policySettings = z.strictObject({
  factors: fields.factors.default('code'),
  phoneAnswers: fields.phoneAnswers.default('any'),
  phoneLocation: fields.phoneLocation.default('optional'),
  firstSignIn: fields.firstSignIn.default('administrator'),
  totpWindowSteps: fields.totpWindowSteps.default(1),
  idleMs: fields.idleMs.default(5 * minute),
  idleWarningMs: fields.idleWarningMs.default(30 * second),
  sessionMs: fields.sessionMs.default(12 * hour),
  freshMs: fields.freshMs.default(5 * minute),
  offerMs: fields.offerMs.default(5 * minute),
  leaseMs: fields.leaseMs.default(72 * hour),
  phonesPerPerson: fields.phonesPerPerson.default(1),
  throttleDelayFrom: throttleFields.throttleDelayFrom.default(3),
  throttleClosesAfter: throttleFields.throttleClosesAfter.default(10),
  throttleClosedMs: throttleFields.throttleClosedMs.default(30 * minute),
  throttleSuspendsAt: throttleFields.throttleSuspendsAt.default(100),
  breakGlass: fields.breakGlass.default(false),
  breakGlassMs: fields.breakGlassMs.default(15 * minute),
})
export type PolicySettings = z.infer<typeof policySettings>
export const defaultSettings: PolicySettings = policySettings.parse({})

/** Minutes since midnight, by the station's own time zone; `to` at or before `from` runs over midnight. */
const hours = z.strictObject({
  /** 0 is Sunday, as in ECMAScript. */
  days: z.array(between(0, 6)).min(1).max(7),
  from: between(0, 24 * 60 - 1),
  to: between(0, 24 * 60),
})

export const policyRule = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** Each part that is given must match; within a part one is enough. */
  when: z.strictObject({
    roles: z.array(role).min(1).max(4).optional(),
    groups: z.array(z.string().trim().min(1).max(100)).min(1).max(50).optional(),
    hours: hours.optional(),
  }),
  set: z.strictObject({ ...fields, ...throttleFields }).partial(),
})
export type PolicyRule = z.infer<typeof policyRule>

/** What authenticator apps are told at a new enrollment, at this station; what is enrolled keeps its own. */
const totp = z.strictObject({
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']).default('SHA1'),
  digits: z.union([z.literal(6), z.literal(8)]).default(6),
  periodSeconds: z.union([z.literal(30), z.literal(60)]).default(30),
})

const anyone = z.array(role).max(4)
const grants = z.strictObject({
  'see-people': anyone.default(['supervisor', 'administrator', 'auditor']),
  'see-credentials': anyone.default(['supervisor', 'administrator', 'auditor']),
  'change-people': anyone.default(['administrator']),
  enroll: anyone.default(['supervisor', 'administrator']),
  revoke: anyone.default(['administrator']),
  'acknowledge-alerts': anyone.default(['administrator']),
  'run-station': anyone.default(['administrator']),
  'issue-tickets': anyone.default(['supervisor', 'administrator']),
  'change-own': anyone.default(['staff', 'supervisor', 'administrator', 'auditor']),
  'enroll-self': anyone.default(['supervisor', 'administrator']),
  'see-policy': anyone.default(['administrator', 'auditor']),
  'change-policy': anyone.default(['administrator']),
  'read-log': anyone.default(['administrator', 'auditor']),
  'make-emergency-codes': anyone.default(['administrator']),
  'review-emergency': anyone.default(['administrator']),
} satisfies Record<z.infer<typeof action>, unknown>)

/** Not the policy itself: a station with one administrator could never take it back. */
const approvable = action.extract(['change-people', 'enroll', 'revoke'])

export const policyDocument = z.strictObject({
  /** For editors of files: where the JSON Schema of this format is. */
  $schema: z.string().max(500).optional(),
  format: z.literal(1).default(1),
  /** What holds where no rule says otherwise. */
  settings: policySettings.default(defaultSettings),
  /** In order: the first that matches and names a setting decides it. */
  rules: z.array(policyRule).max(100).default([]),
  grants: grants.default(grants.parse({})),
  /** What takes a second person's code as well. */
  approvals: z.array(approvable).max(3).default([]),
  /** Actions that want a fresher proof than `freshMs`, or are content with an older one; in ms. */
  freshFor: z.partialRecord(action, fields.freshMs).default({}),
  totp: totp.default(totp.parse({})),
})
export type PolicyDocument = z.infer<typeof policyDocument>
export const defaultPolicy: PolicyDocument = policyDocument.parse({})
