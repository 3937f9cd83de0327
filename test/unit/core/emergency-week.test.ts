// Policy through a week, said in advance: at every minute it is what the policy itself says then.
import { describe, expect, it } from 'vitest'
import { type PolicyDocument, policyDocument } from '../../../src/contracts/policy.ts'
import { emergencyAt, emergencyWeek } from '../../../src/core/emergency-week.ts'
import { evaluatePolicy } from '../../../src/core/policy.ts'
import { fc } from '../support/properties.ts'

const minute = 60_000
const policy = (part: unknown): PolicyDocument => policyDocument.parse(part)

it('by default allows nothing at any time', () => {
  expect(emergencyWeek(policy({}), null)).toEqual([{ fromMinute: 0, allowed: false, sessionMs: 15 * minute }])
})

it('an empty week, as of a record that was never told, allows nothing', () => {
  expect(emergencyAt([], 3, 700)).toEqual({ allowed: false, sessionMs: 0 })
})

it('does not count a rule for a role: nobody has proved one', () => {
  const forStaff = { name: 'staff', when: { roles: ['staff', 'administrator'] }, set: { breakGlass: true } }
  expect(emergencyWeek(policy({ rules: [forStaff] }), null).some(({ allowed }) => allowed)).toBe(false)
})

it('counts a rule for the station’s group', () => {
  const rule = { name: 'icu', when: { groups: ['ICU'] }, set: { breakGlass: true } }
  expect(emergencyAt(emergencyWeek(policy({ rules: [rule] }), 'ICU'), 0, 0).allowed).toBe(true)
  expect(emergencyAt(emergencyWeek(policy({ rules: [rule] }), 'ER'), 0, 0).allowed).toBe(false)
  expect(emergencyAt(emergencyWeek(policy({ rules: [rule] }), null), 0, 0).allowed).toBe(false)
})

describe('hours', () => {
  const night = {
    name: 'nights',
    when: { hours: { days: [6], from: 22 * 60, to: 6 * 60 } },
    set: { breakGlass: true, breakGlassMs: 30 * minute },
  }
  const week = emergencyWeek(policy({ rules: [night] }), null)

  it.each([
    [6, 22 * 60 - 1, false],
    [6, 22 * 60, true],
    [0, 0, true],
    [0, 6 * 60 - 1, true],
    [0, 6 * 60, false],
    [1, 3 * 60, false],
  ])('on day %i at minute %i: %s, over midnight and the end of the week', (weekday, minuteOfDay, allowed) => {
    expect(emergencyAt(week, weekday, minuteOfDay)).toMatchObject({ allowed, sessionMs: (allowed ? 30 : 15) * minute })
  })
})

it('is what the policy says at that minute, for any policy', () => {
  const hours = fc.record({
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 0, max: 1440 }),
  })
  const rule = fc.record({
    name: fc.constant('rule'),
    when: fc.record({ hours, groups: fc.constant(['ICU']) }, { requiredKeys: [] }),
    set: fc.record(
      { breakGlass: fc.boolean(), breakGlassMs: fc.integer({ min: minute, max: 60 * minute }) },
      { requiredKeys: [] },
    ),
  })
  const moment = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1439 }))
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 6 }),
      fc.array(moment, { minLength: 5 }),
      fc.option(fc.constantFrom('ICU', 'ER')),
      (rules, moments, group) => {
        const document = policy({ rules })
        const week = emergencyWeek(document, group)
        for (const [weekday, minuteOfDay] of moments) {
          const { settings } = evaluatePolicy(document, { roles: [], group, weekday, minuteOfDay })
          expect(emergencyAt(week, weekday, minuteOfDay)).toMatchObject({
            allowed: settings.breakGlass,
            sessionMs: settings.breakGlassMs,
          })
        }
      },
    ),
  )
})
