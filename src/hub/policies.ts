// The organisation's policy: every version kept, the newest in force at every station that has it.
import type { z } from 'zod'
import type { policyRequest } from '../contracts/hub/desk.ts'
import { defaultPolicy, type PolicyDocument, policyDocument } from '../contracts/policy.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { recordAction } from './organisations.ts'
import type { Signed } from './routes/organisation.ts'

/** Number 0: none was set, and stations keep their own. */
export async function readPolicy(scope: Scope): Promise<{ number: number; document: PolicyDocument }> {
  const row = await scope
    .selectFrom('policy_version')
    .select(['number', 'document'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { number: 0, document: defaultPolicy }
  return { number: row.number, document: policyDocument.parse(JSON.parse(row.document)) }
}

export async function setPolicy(
  scope: Scope,
  doer: Pick<Signed, 'organisation' | 'actor' | 'nowMs'>,
  { document, reason }: z.output<typeof policyRequest>,
) {
  // Two at once: the second sees the first's number.
  await lockDirectory(scope, doer.organisation)
  const number = (await readPolicy(scope)).number + 1
  const row = {
    organisation_id: doer.organisation,
    number,
    document: JSON.stringify(document),
    reason,
    actor: doer.actor,
    at: doer.nowMs,
  }
  await scope.insertInto('policy_version').values(row).execute()
  await noteChange(scope, doer.organisation, 'policy', 'policy')
  const action = { type: 'policy-set', actor: doer.actor, details: { number, reason } }
  await recordAction(scope, doer.organisation, action, doer.nowMs)
  return { ok: true as const, number, document }
}
