// Who may do what: each role by the grants of the policy, and nothing beside them.
import { expect, it } from 'vitest'
import { defaultPolicy } from '../../../src/contracts/policy.ts'
import { type Action, action, type Role, role } from '../../../src/contracts/roles.ts'
import { allowedActions, mayDo } from '../../../src/core/permissions.ts'

const { grants } = defaultPolicy

it.each<[Role, readonly Action[]]>([
  ['staff', ['change-own']],
  ['supervisor', ['see-people', 'enroll']],
  ['auditor', ['see-people', 'see-policy']],
  [
    'administrator',
    ['see-people', 'change-people', 'enroll', 'revoke', 'acknowledge-alerts', 'see-policy', 'change-policy'],
  ],
])('by default %s may %j', (who, actions) => {
  for (const each of actions) expect(mayDo(grants, [who], each), each).toBe(true)
  expect(allowedActions(grants, [who])).toEqual(expect.arrayContaining([...actions]))
})

it('lets a member of staff change by default what is their own alone, and only administrators change the policy', () => {
  expect(allowedActions(grants, ['staff'])).toEqual(['change-own'])
  for (const who of role.options) expect(mayDo(grants, [who], 'change-policy')).toBe(who === 'administrator')
})

it('adds up the roles of a person, and gives nothing to one without any', () => {
  const both = allowedActions(grants, ['supervisor', 'auditor'])
  for (const who of ['supervisor', 'auditor'] as const)
    expect(both).toEqual(expect.arrayContaining(allowedActions(grants, [who])))
  expect(allowedActions(grants, [])).toEqual([])
})

it('takes an action from everybody where the policy grants it to nobody', () => {
  const none = { ...grants, revoke: [] }
  expect(mayDo(none, role.options, 'revoke')).toBe(false)
  expect(allowedActions(none, role.options)).toEqual(
    expect.arrayContaining(action.options.filter((each) => each !== 'revoke')),
  )
})
