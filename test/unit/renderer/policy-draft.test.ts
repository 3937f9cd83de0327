// The policy's editor types what it was given: a document comes back as it was, with what was chosen and nothing else.
import { expect, it } from 'vitest'
import { defaultPolicy, policyDocument } from '../../../src/contracts/policy.ts'
import { documentOf, draftOf } from '../../../src/renderer/state/policyDraft.ts'

const full = policyDocument.parse({
  settings: { factors: 'code-and-pin', idleMs: 90_000, breakGlass: true },
  rules: [
    { name: 'Nights', when: { roles: ['staff'], hours: { days: [1], from: 1320, to: 360 } }, set: { idleMs: 60_000 } },
  ],
  approvals: ['enroll', 'revoke'],
  freshFor: { revoke: 60_000 },
})

it.each([
  ['the default', defaultPolicy],
  ['one with every part', full],
])('gives back %s unchanged', (_, policy) => {
  expect(documentOf(draftOf(policy), policy)).toEqual({ document: policy })
})

it('takes what was chosen to want two people, over what the document said before', () => {
  const draft = { ...draftOf(full), approvals: ['change-people' as const] }
  expect(documentOf(draft, full)).toEqual({ document: { ...full, approvals: ['change-people'] } })
  expect(documentOf({ ...draft, approvals: [] }, full)).toEqual({ document: { ...full, approvals: [] } })
})
