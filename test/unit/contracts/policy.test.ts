// The policy document: its defaults, its bounds, nothing beside them.
import { describe, expect, it } from 'vitest'
import { defaultPolicy, defaultSettings, policyDocument, policySettings } from '../../../src/contracts/policy.ts'
import { policyBounds, throttleSettings } from '../../../src/core/policy-bounds.ts'
import { throttleRule } from '../../../src/core/throttle.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

it('says by default what every station starts with', () => {
  expect(defaultSettings).toEqual({
    factors: 'code',
    phoneAnswers: 'any',
    phoneLocation: 'optional',
    firstSignIn: 'administrator',
    totpWindowSteps: 1,
    idleMs: 5 * minute,
    idleWarningMs: 30 * second,
    sessionMs: 12 * hour,
    freshMs: 5 * minute,
    offerMs: 5 * minute,
    leaseMs: 72 * 60 * minute,
    phonesPerPerson: 1,
    throttleDelayFrom: 3,
    throttleClosesAfter: 10,
    throttleClosedMs: 30 * minute,
    throttleSuspendsAt: 100,
    breakGlass: false,
    breakGlassMs: 15 * minute,
  })
  expect(defaultPolicy.totp).toEqual({ algorithm: 'SHA1', digits: 6, periodSeconds: 30 })
  expect(policyDocument.parse(defaultPolicy)).toEqual(defaultPolicy)
})

const bounds = Object.entries(policyBounds).map(([field, [least, most]]) => [field, least, most] as const)

describe.each(bounds)('%s', (field, least, most) => {
  const passes = (value: unknown) => policySettings.safeParse({ [field]: value }).success

  it(`goes from ${least} to ${most}`, () => {
    expect(passes(least)).toBe(true)
    expect(passes(most)).toBe(true)
  })

  it.each([least - 1, most + 1, -1, least + 0.5, Number.NaN, Number.POSITIVE_INFINITY, String(least), null, [least]])(
    'is not %j',
    (value) => expect(passes(value)).toBe(false),
  )
})

it('is held to the limits of NIST SP 800-63B-4 for AAL2: an hour idle, a day in all', () => {
  expect(policySettings.shape.idleMs.safeParse(hour + 1).success).toBe(false)
  expect(policySettings.shape.sessionMs.safeParse(24 * hour + 1).success).toBe(false)
})

it('may slow typed codes more than the rule of the protocol, never less', () => {
  const { delayFrom, closesEvery, closedMs, suspendsAt } = throttleRule
  const loosest = {
    throttleDelayFrom: delayFrom,
    throttleClosesAfter: closesEvery,
    throttleClosedMs: closedMs,
    throttleSuspendsAt: suspendsAt,
  }
  expect(policySettings.parse({})).toMatchObject(loosest)
  expect(Object.keys(loosest)).toEqual([...throttleSettings])
  for (const [name, value] of Object.entries(loosest)) {
    const looser = name === 'throttleClosedMs' ? value - 1 : value + 1
    expect(policySettings.safeParse({ [name]: looser }).success, name).toBe(false)
  }
})

it('takes a rule of every part, and none with a part it does not know', () => {
  const hours = { days: [1], from: 22 * 60, to: 0 }
  const rule = { name: ' Nights ', when: { roles: ['staff'], groups: ['ICU'], hours }, set: { idleMs: minute } }
  const passes = (each: object) => policyDocument.safeParse({ rules: [each] }).success
  expect(policyDocument.parse({ rules: [rule] }).rules[0]?.name).toBe('Nights')
  expect(passes({ name: 'Always', when: {}, set: {} })).toBe(true)
  for (const wrong of [
    { ...rule, name: ' ' },
    { ...rule, when: { roles: [] } },
    { ...rule, when: { roles: ['boss'] } },
    { ...rule, when: { hours: { ...hours, from: 1440 } } },
    { ...rule, when: { hours: { ...hours, days: [7] } } },
    { ...rule, when: { person: 'A1001' } },
    { ...rule, set: { digits: 8 } },
    { ...rule, set: { idleMs: 1 } },
  ])
    expect(passes(wrong), JSON.stringify(wrong)).toBe(false)
})

it('takes from authenticator apps only what some of them can do, at the station and not by rule', () => {
  const passes = (totp: object) => policyDocument.safeParse({ totp }).success
  expect(passes({ algorithm: 'SHA512', digits: 8, periodSeconds: 60 })).toBe(true)
  for (const wrong of [{ algorithm: 'MD5' }, { digits: 7 }, { periodSeconds: 45 }, { secretBytes: 5 }])
    expect(passes(wrong)).toBe(false)
})

it('knows every field of its document', () => {
  expect(Object.keys(policySettings.shape).sort()).toEqual(
    ['factors', 'phoneAnswers', 'phoneLocation', 'firstSignIn', 'breakGlass', ...bounds.map(([field]) => field)].sort(),
  )
})

it.each([{ unknown: 1 }, { idleMS: 60_000 }, [], null, 'idle', 5])('refuses %j', (document) => {
  expect(policyDocument.safeParse(document).success).toBe(false)
})
