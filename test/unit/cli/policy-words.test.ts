// What the command line says of a changed policy: what takes two people, in words and not as JSON.
import { expect, it } from 'vitest'
import { changeLine } from '../../../src/cli/policy-words.ts'
import { policyDocument } from '../../../src/contracts/policy.ts'
import { policyChanges } from '../../../src/core/policy-changes.ts'

it.each([
  [[], ['enroll', 'revoke'], 'two people for: nothing -> enroll, revoke'],
  [['change-people'], [], 'two people for: change-people -> nothing'],
])('%j to %j', (before, after, line) => {
  const of = (approvals: string[]) => policyDocument.parse({ approvals })
  expect(policyChanges(of(before), of(after)).map(changeLine)).toEqual([line])
})
