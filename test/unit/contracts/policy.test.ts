// The policy document: its defaults, its bounds, nothing beside them.
import { describe, expect, it } from 'vitest'
import { defaultPolicy, defaultSettings, policyDocument, policySettings } from '../../../src/contracts/policy.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

it('says by default what every station starts with', () => {
  expect(defaultSettings).toEqual({
    factors: 'code',
    totpWindowSteps: 1,
    idleMs: 5 * minute,
    idleWarningMs: 30 * second,
    sessionMs: 12 * hour,
    freshMs: 5 * minute,
    offerMs: 5 * minute,
    phonesPerPerson: 1,
  })
  expect(policyDocument.parse(defaultPolicy)).toEqual(defaultPolicy)
})

const bounds = [
  ['totpWindowSteps', 0, 2],
  ['phonesPerPerson', 1, 2],
  ['idleMs', 5 * second, hour],
  ['idleWarningMs', second, 5 * minute],
  ['sessionMs', 10 * second, 24 * hour],
  ['freshMs', minute, hour],
  ['offerMs', minute, hour],
] as const

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

it('knows every field of its document', () => {
  expect(Object.keys(policySettings.shape).sort()).toEqual(['factors', ...bounds.map(([field]) => field)].sort())
})

it.each([{ unknown: 1 }, { idleMS: 60_000 }, [], null, 'idle', 5])('refuses %j', (document) => {
  expect(policyDocument.safeParse(document).success).toBe(false)
})
