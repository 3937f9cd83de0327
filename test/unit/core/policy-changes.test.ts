// The difference of two policies: every change once, nothing where nothing changed, and a line for the log that is bounded.
import { expect, it } from 'vitest'
import { defaultPolicy, policyDocument } from '../../../src/contracts/policy.ts'
import { type PolicyChange, policyChanges, summaryOf } from '../../../src/core/policy-changes.ts'

const nights = { name: 'Nights', when: { roles: ['staff'] }, set: { idleMs: 60_000 } }
const days = { name: 'Days', when: {}, set: { idleMs: 120_000 } }
const of = (parts: object) => policyDocument.parse(parts)

it.each<[string, object, object, object[]]>([
  ['nothing', {}, {}, []],
  [
    'a setting',
    {},
    { settings: { idleMs: 60_000 } },
    [{ kind: 'setting', name: 'idleMs', before: 300_000, after: 60_000 }],
  ],
  ['a new rule', {}, { rules: [nights] }, [{ kind: 'rule-added', rule: nights }]],
  ['a rule that went', { rules: [nights] }, {}, [{ kind: 'rule-removed', rule: nights }]],
  [
    'a rule that says something else',
    { rules: [nights] },
    { rules: [{ ...nights, set: { idleMs: 90_000 } }] },
    [{ kind: 'rule-changed', before: nights, after: { ...nights, set: { idleMs: 90_000 } } }],
  ],
  [
    'the order of rules',
    { rules: [nights, days] },
    { rules: [days, nights] },
    [{ kind: 'rules-reordered', before: ['Nights', 'Days'], after: ['Days', 'Nights'] }],
  ],
  [
    'the order within a rule, which says nothing',
    { rules: [{ ...nights, when: { roles: ['staff', 'auditor'] } }] },
    { rules: [{ ...nights, when: { roles: ['auditor', 'staff'] } }] },
    [],
  ],
  [
    'a grant',
    {},
    { grants: { enroll: ['administrator'] } },
    [{ kind: 'grant', action: 'enroll', before: ['supervisor', 'administrator'], after: ['administrator'] }],
  ],
  [
    'a freshness',
    {},
    { freshFor: { revoke: 60_000 } },
    [{ kind: 'fresh', action: 'revoke', before: null, after: 60_000 }],
  ],
  [
    'what takes a second person',
    { approvals: ['revoke'] },
    { approvals: ['enroll', 'revoke'] },
    [{ kind: 'approvals', before: ['revoke'], after: ['enroll', 'revoke'] }],
  ],
  [
    'what takes a second person in another order, which says nothing',
    { approvals: ['revoke', 'enroll'] },
    { approvals: ['enroll', 'revoke'] },
    [],
  ],
  [
    'the codes of new phones',
    {},
    { totp: { digits: 8 } },
    [{ kind: 'totp', before: defaultPolicy.totp, after: { ...defaultPolicy.totp, digits: 8 } }],
  ],
  ['where its schema is, which says nothing', {}, { $schema: 'policy.schema.json' }, []],
])('%s', (_, before, after, changes) => expect(policyChanges(of(before), of(after))).toEqual(changes))

it('finds a change in a part that it has no words for', () => {
  const before = { ...defaultPolicy, later: [1] }
  expect(policyChanges(before, { ...before, later: [2] } as typeof before)).toEqual([
    { kind: 'part', name: 'later', before: '[1]', after: '[2]' },
  ])
})

it('is summed up in a line', () => {
  const changes = policyChanges(of({}), of({ settings: { idleMs: 60_000 }, rules: [nights], grants: { revoke: [] } }))
  expect(summaryOf(changes, 500)).toBe('idleMs 300000 to 60000; rule-added "Nights"; revoke administrator to nobody')
})

it('says in the log what takes a second person', () => {
  const line = summaryOf(policyChanges(of({}), of({ approvals: ['change-people', 'revoke'] })), 500)
  expect(line).toBe('two people for nothing to change-people+revoke')
})

it('is summed up within its bound, however much changed', () => {
  const many = Array.from({ length: 100 }, (_, place) => ({ ...nights, name: `${'n'.repeat(70)} ${place}` }))
  const changes: PolicyChange[] = policyChanges(of({}), of({ rules: many }))
  for (const most of [20, 100, 500]) expect(summaryOf(changes, most).length).toBeLessThanOrEqual(most)
  expect(summaryOf(changes, 500)).toMatch(/; and \d+ more$/)
  expect(summaryOf(changes, 20)).toBe('100 changes')
})
