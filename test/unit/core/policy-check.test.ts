// The check of a policy: what it refuses, what it warns of, and that the one a station begins with is clean.
import { describe, expect, it } from 'vitest'
import { defaultPolicy, type PolicyDocument, type PolicyRule, policyDocument } from '../../../src/contracts/policy.ts'
import type { Keeper, PolicyFacts } from '../../../src/contracts/policy-findings.ts'
import { evaluatePolicy } from '../../../src/core/policy.ts'
import { checkPolicy } from '../../../src/core/policy-check.ts'
import { fc } from '../support/properties.ts'

const minute = 60_000
const keeper = (parts: Partial<Keeper> = {}): Keeper => ({
  roles: ['administrator'],
  provesCode: true,
  provesPin: false,
  provesPhone: false,
  provesSigned: false,
  provesVerified: false,
  ...parts,
})
const factsOf = (...keepers: Keeper[]): PolicyFacts => ({
  group: 'ICU',
  keepers,
  able: [{ roles: ['administrator'], count: 2 }],
  longestCode: 6,
})
const facts = factsOf(keeper())
const typing = factsOf(keeper({ provesCode: false, provesPhone: true }))
const signing = factsOf(keeper({ provesCode: false, provesPhone: true, provesSigned: true }))
const rule = (name: string, when: PolicyRule['when'], set: PolicyRule['set']): PolicyRule => ({ name, when, set })
const policyOf = (...rules: PolicyRule[]): PolicyDocument => policyDocument.parse({ rules })
const nights = { hours: { days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 6 * 60 } }
const always = { hours: { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1440 } }
const problems = (policy: PolicyDocument, by = facts) => checkPolicy(policy, by).problems
const warnings = (policy: PolicyDocument, by = facts) => checkPolicy(policy, by).warnings

it('finds nothing in the policy that a station begins with', () => {
  expect(checkPolicy(defaultPolicy, facts)).toEqual({ problems: [], warnings: [] })
})

describe('an action that takes two people', () => {
  const twoFor = (...approvals: PolicyDocument['approvals']) => policyDocument.parse({ approvals })
  const able = (...people: PolicyFacts['able']) => ({ ...facts, able: people })
  const one = { roles: ['administrator'], count: 1 } as const
  const found = (...actions: string[]) => actions.map((action) => ({ code: 'nobody-to-approve', action }))

  it.each<[string, PolicyDocument, PolicyFacts, object[]]>([
    ['one administrator alone', twoFor('change-people', 'revoke'), able(one), found('change-people', 'revoke')],
    ['two administrators', twoFor('change-people'), able({ ...one, count: 2 }), []],
    [
      'an administrator and somebody who may not',
      twoFor('revoke'),
      able(one, { roles: ['staff'], count: 2 }),
      found('revoke'),
    ],
    [
      'an administrator and a supervisor who may enroll',
      twoFor('enroll'),
      able(one, { roles: ['supervisor'], count: 1 }),
      [],
    ],
    ['nobody at all', twoFor('enroll'), able(), found('enroll')],
    ['one administrator, and no such policy', defaultPolicy, able(one), []],
  ])('%s', (_, policy, by, expected) => expect(checkPolicy(policy, by)).toEqual({ problems: [], warnings: expected }))
})

describe('the last administrator', () => {
  const pins = { factors: 'code-and-pin' } as const
  const lockOut = [{ code: 'locks-out-administrators' }]
  const atTimes = [{ code: 'locks-out-administrators-at-times' }]

  it.each<[string, PolicyDocument, PolicyFacts, object[]]>([
    ['has no PIN, and the policy asks one of all', policyDocument.parse({ settings: pins }), facts, lockOut],
    ['has no PIN, and a rule asks one of all', policyOf(rule('r', {}, pins)), facts, lockOut],
    [
      'has no PIN, and two rules together ask one at all hours',
      policyOf(rule('a', nights, pins), rule('b', { hours: { ...nights.hours, from: 6 * 60, to: 22 * 60 } }, pins)),
      facts,
      lockOut,
    ],
    ['has a PIN', policyOf(rule('r', {}, pins)), factsOf(keeper({ provesPin: true })), []],
    [
      'is asked none, since an earlier rule says so',
      policyOf(rule('a', { roles: ['administrator'] }, { factors: 'code' }), rule('b', {}, pins)),
      facts,
      [],
    ],
    ['is not the one the rule is for', policyOf(rule('r', { roles: ['staff'] }, pins)), facts, []],
    [
      'is staff, too, and so the rule is for them',
      policyOf(rule('r', { roles: ['staff'] }, pins)),
      factsOf(keeper({ roles: ['administrator', 'staff'] })),
      lockOut,
    ],
    ['is at a station of another group', policyOf(rule('r', { groups: ['ER'] }, pins)), facts, []],
    [
      'has a code, and the policy asks a phone that scans',
      policyOf(rule('r', {}, { factors: 'phone' })),
      facts,
      lockOut,
    ],
    ['has a phone that scans', policyOf(rule('r', {}, { factors: 'phone' })), typing, []],
    ['has a phone that scans, and no app', defaultPolicy, typing, []],
    [
      'has a phone that can only be typed from, where typed answers are refused',
      policyOf(rule('r', {}, { factors: 'phone' }), rule('s', {}, { phoneAnswers: 'shown-or-sent' })),
      typing,
      lockOut,
    ],
    [
      'has a phone that signs, where typed answers are refused',
      policyOf(rule('r', {}, { factors: 'phone', phoneAnswers: 'shown-or-sent' })),
      signing,
      [],
    ],
    [
      'has a phone that signs, where each answer has to say where the phone is',
      policyOf(rule('r', {}, { factors: 'phone', phoneLocation: 'required' })),
      signing,
      lockOut,
    ],
    [
      'has a code as well, where each answer has to say where the phone is',
      policyOf(rule('r', {}, { phoneLocation: 'required' })),
      facts,
      [],
    ],
    [
      'has no passkey, and the policy asks for one',
      policyOf(rule('r', {}, { factors: 'verified-phone' })),
      signing,
      lockOut,
    ],
    [
      'has a passkey, and so needs no PIN',
      policyOf(rule('r', {}, pins)),
      factsOf(keeper({ provesPhone: true, provesSigned: true, provesVerified: true })),
      [],
    ],
    ['has no phone', defaultPolicy, factsOf(keeper({ provesCode: false })), lockOut],
    ['is not there', defaultPolicy, factsOf(), lockOut],
    [
      'is one of two, of whom the other gets in',
      policyOf(rule('r', {}, pins)),
      factsOf(keeper(), keeper({ provesPin: true })),
      [],
    ],
  ])('%s', (_, policy, by, found) => {
    expect(problems(policy, by)).toEqual(found)
  })

  it('is locked out at some hours only: said, and not refused', () => {
    const policy = policyOf(rule('r', nights, pins))
    expect(checkPolicy(policy, facts)).toEqual({ problems: [], warnings: atTimes })
    expect(problems(policyOf(rule('r', always, pins)))).toEqual(lockOut)
  })

  it('keeps the right to see and to change the policy', () => {
    const grants = (parts: object) => policyDocument.parse({ grants: parts })
    for (const action of ['change-policy', 'see-policy']) {
      const found = problems(grants({ [action]: [] }))
      expect(found).toContainEqual({ code: 'administrators-keep-policy', action })
    }
    expect(problems(grants({ 'change-policy': ['supervisor'] }))).not.toEqual([])
    expect(problems(grants({ 'change-policy': ['administrator', 'supervisor'] }))).toEqual([
      { code: 'change-without-seeing' },
    ])
  })
})

describe('what contradicts itself is refused', () => {
  it.each<[string, PolicyDocument, object]>([
    [
      'a warning as long as the idle limit',
      policyDocument.parse({ settings: { idleMs: 30_000 } }),
      { code: 'warning-not-before-idle' },
    ],
    [
      'a rule whose idle limit is shorter than the warning',
      policyOf(rule('r', {}, { idleMs: 20_000 })),
      { code: 'warning-not-before-idle', rule: 'r' },
    ],
    [
      'two rules of one name',
      policyOf(rule('r', {}, { idleMs: minute }), rule('r', nights, { sessionMs: minute })),
      { code: 'name-twice', rule: 'r' },
    ],
    [
      'a throttle by role',
      policyOf(rule('r', { roles: ['staff'] }, { throttleSuspendsAt: 20 })),
      { code: 'throttle-by-role', rule: 'r' },
    ],
  ])('%s', (_, policy, found) => expect(problems(policy)).toEqual([found]))

  it('a throttle by group and time is not', () => {
    expect(problems(policyOf(rule('r', { groups: ['ICU'], ...nights }, { throttleSuspendsAt: 20 })))).toEqual([])
  })
})

describe('what may be meant otherwise is said', () => {
  it.each<[string, PolicyDocument, object]>([
    ['a rule that sets nothing', policyOf(rule('r', {}, {})), { code: 'rule-sets-nothing', rule: 'r' }],
    [
      'a rule for other groups',
      policyOf(rule('r', { groups: ['ER'] }, { idleMs: minute })),
      { code: 'rule-not-here', rule: 'r' },
    ],
    [
      'a rule behind one that decides all it names',
      policyOf(rule('a', {}, { idleMs: minute }), rule('b', { roles: ['staff'], ...nights }, { idleMs: 2 * minute })),
      { code: 'rule-never-decides', rule: 'b', other: 'a' },
    ],
    [
      'a night within longer hours before it',
      policyOf(rule('a', always, { idleMs: minute }), rule('b', nights, { idleMs: 2 * minute })),
      { code: 'rule-never-decides', rule: 'b', other: 'a' },
    ],
    [
      'a session shorter than its idle limit',
      policyOf(rule('r', {}, { sessionMs: 2 * minute })),
      { code: 'idle-after-session', rule: 'r' },
    ],
    [
      'a warning of one rule that is longer than the idle limit of another',
      policyOf(rule('a', {}, { idleMs: minute }), rule('b', nights, { idleWarningMs: 2 * minute })),
      { code: 'warning-may-not-come', rule: 'a', other: 'b' },
    ],
    ['what nobody may do', policyDocument.parse({ grants: { revoke: [] } }), { code: 'nobody-may', action: 'revoke' }],
    [
      'what staff may change',
      policyDocument.parse({ grants: { enroll: ['staff'] } }),
      { code: 'staff-may', action: 'enroll' },
    ],
    ['codes that some apps get wrong', policyDocument.parse({ totp: { digits: 8 } }), { code: 'apps-ignore-codes' }],
  ])('%s', (_, policy, found) => expect(checkPolicy(policy, facts)).toEqual({ problems: [], warnings: [found] }))

  it('codes longer than policy wants of new phones', () => {
    expect(warnings(defaultPolicy, { ...facts, longestCode: 8 })).toEqual([{ code: 'longer-codes-enrolled' }])
    expect(warnings(defaultPolicy, { ...facts, longestCode: 0 })).toEqual([])
  })

  it.each<[string, PolicyRule, PolicyRule]>([
    ['other people', rule('a', { roles: ['staff'] }, { idleMs: minute }), rule('b', {}, { idleMs: 2 * minute })],
    ['other hours', rule('a', nights, { idleMs: minute }), rule('b', {}, { idleMs: 2 * minute })],
    ['another setting', rule('a', {}, { totpWindowSteps: 0 }), rule('b', {}, { idleMs: 2 * minute })],
    [
      'only one of its settings',
      rule('a', {}, { idleMs: minute }),
      rule('b', {}, { idleMs: 2 * minute, totpWindowSteps: 0 }),
    ],
  ])('not a rule behind one for %s', (_, first, second) => expect(warnings(policyOf(first, second))).toEqual([]))
})

it('never calls a rule idle that decides something at some moment', () => {
  const hours = fc.record({
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 23 }).map((each) => each * 60),
    to: fc.integer({ min: 0, max: 24 }).map((each) => each * 60),
  })
  const roles = fc.uniqueArray(fc.constantFrom('staff' as const, 'auditor' as const), { minLength: 1 })
  const when = fc.record({ roles, hours }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(when, { minLength: 2, maxLength: 4 }), (whens) => {
      const policy = policyDocument.parse({
        rules: whens.map((each, place) => ({ name: `${place}`, when: each, set: { idleMs: minute + place } })),
      })
      const idle = warnings(policy).filter(({ code }) => code === 'rule-never-decides')
      for (let at = 0; at < 7 * 24; at++)
        for (const who of [['staff'], ['auditor'], ['staff', 'auditor']] as const) {
          const moment = { roles: who, group: null, weekday: Math.floor(at / 24), minuteOfDay: (at % 24) * 60 }
          const { because } = evaluatePolicy(policy, moment)
          expect(idle.map((each) => each.rule)).not.toContain(because.idleMs)
        }
    }),
    { numRuns: 30 },
  )
})
