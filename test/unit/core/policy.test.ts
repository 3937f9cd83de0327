// The evaluator: which rule decides each setting, for whom, where and when.
import { describe, expect, it } from 'vitest'
import {
  defaultPolicy,
  defaultSettings,
  type PolicyDocument,
  type PolicyRule,
  policyDocument,
  policyRule,
} from '../../../src/contracts/policy.ts'
import { type Circumstances, evaluatePolicy, freshnessFor, matches, throttleFor } from '../../../src/core/policy.ts'
import { throttleRule } from '../../../src/core/throttle.ts'
import { fc } from '../support/properties.ts'

const minute = 60_000
const [sunday, monday, tuesday, saturday] = [0, 1, 2, 6]
const at = (parts: Partial<Circumstances> = {}): Circumstances => ({
  roles: ['staff'],
  group: null,
  weekday: monday,
  minuteOfDay: 12 * 60,
  ...parts,
})
const rule = (name: string, when: PolicyRule['when'], set: PolicyRule['set']): PolicyRule => ({ name, when, set })
const policyOf = (...rules: PolicyRule[]): PolicyDocument => policyDocument.parse({ rules })
const night = (days: number[]) => ({ hours: { days, from: 22 * 60, to: 6 * 60 } })

describe('a rule matches', () => {
  it.each<[string, PolicyRule['when'], Partial<Circumstances>, boolean]>([
    ['everybody where it names nothing', {}, {}, true],
    ['one of its roles', { roles: ['staff', 'auditor'] }, {}, true],
    ['a person with one of its roles among others', { roles: ['auditor'] }, { roles: ['staff', 'auditor'] }, true],
    ['nobody of other roles', { roles: ['auditor'] }, {}, false],
    ['nobody without a role', { roles: ['staff'] }, { roles: [] }, false],
    ['one of its groups', { groups: ['ICU', 'ER'] }, { group: 'ER' }, true],
    ['no other group', { groups: ['ICU'] }, { group: 'ER' }, false],
    ['no station without a group', { groups: ['ICU'] }, {}, false],
    ['every part of it or not at all', { roles: ['staff'], groups: ['ICU'] }, {}, false],
  ])('%s', (_, when, parts, expected) => expect(matches(rule('r', when, {}), at(parts))).toBe(expected))

  it.each<[string, number, number, boolean]>([
    ['the minute before it begins', monday, 22 * 60 - 1, false],
    ['the minute it begins', monday, 22 * 60, true],
    ['midnight, which is the next day', tuesday, 0, true],
    ['its last minute', tuesday, 6 * 60 - 1, true],
    ['the minute it is over', tuesday, 6 * 60, false],
    ['the evening after, which no night of its days begins', tuesday, 22 * 60, false],
    ['the early morning of its own first day', monday, 3 * 60, false],
  ])('a night over midnight at %s', (_, weekday, minuteOfDay, expected) =>
    expect(matches(rule('r', night([monday]), {}), at({ weekday, minuteOfDay }))).toBe(expected),
  )

  it('a night from Saturday into Sunday', () => {
    const saturdays = rule('r', night([saturday]), {})
    expect(matches(saturdays, at({ weekday: sunday, minuteOfDay: 60 }))).toBe(true)
    expect(matches(saturdays, at({ weekday: saturday, minuteOfDay: 60 }))).toBe(false)
  })

  it.each([
    [0, 1440],
    [0, 0],
  ])('the whole day from %i to %i', (from, to) => {
    const mondays = rule('r', { hours: { days: [monday], from, to } }, {})
    for (const minuteOfDay of [0, 720, 1439]) {
      expect(matches(mondays, at({ weekday: monday, minuteOfDay }))).toBe(true)
      expect(matches(mondays, at({ weekday: tuesday, minuteOfDay }))).toBe(false)
    }
  })
})

describe('a decision', () => {
  const policy = policyOf(
    rule('Nights', { roles: ['staff'], ...night([monday]) }, { idleMs: minute }),
    rule('Staff', { roles: ['staff'] }, { idleMs: 2 * minute, sessionMs: 60 * minute }),
    rule('Everybody', {}, { sessionMs: 120 * minute, totpWindowSteps: 0 }),
  )

  it('takes each setting from the first rule that matches and names it, and says which', () => {
    const { settings, because } = evaluatePolicy(policy, at({ minuteOfDay: 23 * 60 }))
    expect(settings).toEqual({ ...defaultSettings, idleMs: minute, sessionMs: 60 * minute, totpWindowSteps: 0 })
    expect(because).toMatchObject({
      idleMs: 'Nights',
      sessionMs: 'Staff',
      totpWindowSteps: 'Everybody',
      idleWarningMs: null,
      factors: null,
    })
  })

  it('falls to the next rule by day, and to the policy itself for others', () => {
    expect(evaluatePolicy(policy, at()).because).toMatchObject({ idleMs: 'Staff' })
    expect(evaluatePolicy(policy, at({ roles: ['auditor'] })).because).toMatchObject({
      idleMs: null,
      sessionMs: 'Everybody',
    })
  })

  it('keeps a zero that a rule sets', () => {
    expect(evaluatePolicy(policy, at()).settings.totpWindowSteps).toBe(0)
  })

  it('is fresh for an action as the document says, and as its settings say for the others', () => {
    const own = policyDocument.parse({ freshFor: { 'change-policy': 60_000 } })
    expect(freshnessFor(own, defaultSettings, 'change-policy')).toBe(60_000)
    expect(freshnessFor(own, defaultSettings, 'enroll')).toBe(defaultSettings.freshMs)
  })
})

describe('the throttle', () => {
  it('is that of the protocol where nothing is set', () => {
    expect(throttleFor(defaultPolicy, at())).toEqual(throttleRule)
  })

  it('goes by group and time, and never by who somebody is', () => {
    const policy = policyOf(
      rule('By role', { roles: ['staff'] }, { throttleDelayFrom: 1, throttleSuspendsAt: 20 }),
      rule('Ward', { groups: ['ICU'] }, { throttleClosesAfter: 5 }),
    )
    expect(throttleFor(policy, at({ group: 'ICU' }))).toEqual({ ...throttleRule, closesEvery: 5 })
    // A document from elsewhere may say it; it still counts for nobody.
    expect(evaluatePolicy(policy, at()).settings).toEqual(defaultSettings)
  })
})

const role = fc.constantFrom('staff' as const, 'supervisor' as const, 'administrator' as const, 'auditor' as const)
const anyRule = fc
  .record(
    {
      roles: fc.uniqueArray(role, { minLength: 1 }),
      groups: fc.uniqueArray(fc.constantFrom('ICU', 'ER'), { minLength: 1 }),
      hours: fc.record({
        days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        from: fc.integer({ min: 0, max: 1439 }),
        to: fc.integer({ min: 0, max: 1440 }),
      }),
    },
    { requiredKeys: [] },
  )
  .chain((when) =>
    fc
      .record(
        { idleMs: fc.integer({ min: 5_000, max: 3_600_000 }), totpWindowSteps: fc.integer({ min: 0, max: 2 }) },
        { requiredKeys: [] },
      )
      .map((set) => policyRule.parse({ name: 'r', when, set })),
  )
const anyMoment = fc.record({
  roles: fc.uniqueArray(role),
  group: fc.constantFrom(null, 'ICU', 'OR'),
  weekday: fc.integer({ min: 0, max: 6 }),
  minuteOfDay: fc.integer({ min: 0, max: 1439 }),
})

describe('whatever the policy', () => {
  it('a rule that does not match changes nothing, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), anyRule, fc.nat(), anyMoment, (rules, other, place, moment) => {
        fc.pre(!matches(other, moment))
        const more = rules.toSpliced(place % (rules.length + 1), 0, other)
        expect(evaluatePolicy(policyOf(...more), moment)).toEqual(evaluatePolicy(policyOf(...rules), moment))
      }),
    )
  })

  it('every value comes from where the decision says', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), anyMoment, (rules, moment) => {
        const named = rules.map((each, place) => ({ ...each, name: `rule ${place}` }))
        const { settings, because } = evaluatePolicy(policyOf(...named), moment)
        for (const name of ['idleMs', 'totpWindowSteps'] as const) {
          const source = named.find((each) => each.name === because[name])
          expect(settings[name]).toBe(source ? source.set[name] : defaultSettings[name])
          if (source) expect(matches(source, moment)).toBe(true)
        }
      }),
    )
  })
})
