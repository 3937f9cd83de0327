// What the command line says of a policy: what takes two people, in words and not as JSON; a policy from outside steers no terminal.
import { expect, it } from 'vitest'
import { changeLine, findingLine, policyLines } from '../../../src/cli/policy-words.ts'
import { policyDocument } from '../../../src/contracts/policy.ts'
import { policyChanges } from '../../../src/core/policy-changes.ts'

it.each([
  [[], ['enroll', 'revoke'], 'two people for: nothing -> enroll, revoke'],
  [['change-people'], [], 'two people for: change-people -> nothing'],
])('%j to %j', (before, after, line) => {
  const of = (approvals: string[]) => policyDocument.parse({ approvals })
  expect(policyChanges(of(before), of(after)).map(changeLine)).toEqual([line])
})

it('names and groups of a policy from outside are spelt out, so that they hide no line', () => {
  const rule = (name: string) => ({ name, when: { groups: ['ward\u001b[1A\u001b[2K'] }, set: { factors: 'code' } })
  const of = (...names: string[]) => policyDocument.parse({ rules: names.map(rule) })
  const [odd, other] = ['nights\u001b[8m', 'days\u202e']
  const lines = [
    ...policyLines(of(odd, other)),
    ...policyChanges(of(), of(odd)).map(changeLine),
    ...policyChanges(of(odd, other), of(other, odd)).map(changeLine),
    findingLine({ code: 'rule-never-decides', rule: odd, other }),
  ]
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(lines.at(-1)).toContain('days\\u{202e}')
})
