// Commands of Administration about the policy and its versions.
import { z } from 'zod'
import { reasonText } from '../fields.ts'
import { policyDocument } from '../policy.ts'
import { policyReport } from '../policy-findings.ts'
import { administrationRefusals, command, nothing, refused } from './answers.ts'

const number = z.number().int().min(1).max(1_000_000)
const version = z.strictObject({
  number,
  atMs: z.number().int().nonnegative(),
  /** null: the policy that the station began with, or one that IT set. */
  who: z.string().max(200).nullable(),
  reason: z.string().max(200),
})
export type PolicyVersionRow = z.infer<typeof version>

export const policyCommands = {
  /** The one in force, and the group by which its rules may know this station. */
  readPolicy: command(
    nothing,
    z.union([
      z.strictObject({
        ok: z.literal(true),
        version: number,
        document: policyDocument,
        group: z.string().max(100).nullable(),
      }),
      refused(['not-allowed']),
    ]),
  ),
  listPolicyVersions: command(
    z.strictObject({ page: z.number().int().min(0).max(100_000) }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        versions: z.array(version).max(50),
        total: number,
        pageSize: z.number().int(),
      }),
      refused(['not-allowed']),
    ]),
  ),
  readPolicyVersion: command(
    z.strictObject({ number }),
    z.union([
      z.strictObject({ ok: z.literal(true), version, document: policyDocument }),
      refused(['not-allowed', 'no-such-version']),
    ]),
  ),
  /** What would be wrong with this one, and nothing else. */
  checkPolicy: command(
    z.strictObject({ document: policyDocument }),
    z.union([z.strictObject({ ok: z.literal(true), ...policyReport.shape }), refused(['not-allowed'])]),
  ),
  changePolicy: command(
    /** `after`: the version that it was made from. */
    z.strictObject({ document: policyDocument, after: number, reason: reasonText }),
    z.union([
      z.strictObject({ ok: z.literal(true), version: number }),
      refused([...administrationRefusals, 'policy-problems', 'policy-moved-on', 'nothing-changed']),
    ]),
  ),
} as const
