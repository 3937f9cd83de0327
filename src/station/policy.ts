// The policy in force, read anew at each use.
import { type PolicyDocument, policyDocument } from '../contracts/policy.ts'
import { parseJson } from './anchor.ts'
import { DamageError } from './keys.ts'
import type { Ledger } from './ledger.ts'

export function readPolicy(ledger: Ledger): PolicyDocument {
  const row = ledger.get('policy', 'current')
  const parsed = policyDocument.safeParse(row ? parseJson(row.document) : undefined)
  if (!parsed.success) throw new DamageError('data-edited', 'policy/current')
  return parsed.data
}
