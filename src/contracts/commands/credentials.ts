// Commands of Administration about everybody's credentials.
import { z } from 'zod'
import { command, refused } from './answers.ts'
import { credentialRow, personRow } from './people.ts'

/** Which people, by what they prove who they are by. */
export const credentialFilter = z.enum([
  'everybody',
  'no-phone',
  'two-phones',
  'phone-suspended',
  'few-codes',
  'no-codes',
  'codes-not-stored',
  'pin',
])
export type CredentialFilter = z.infer<typeof credentialFilter>

export const credentialCommands = {
  /** People who have not left, each with the credentials that have not ended. */
  listCredentials: command(
    z.strictObject({
      filter: credentialFilter,
      search: z.string().max(100),
      page: z.number().int().min(0).max(100_000),
    }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        rows: z
          .array(
            z.strictObject({
              person: personRow,
              credentials: z.array(credentialRow).max(100),
              mayRevoke: z.boolean(),
            }),
          )
          .max(50),
        total: z.number().int().nonnegative(),
        pageSize: z.number().int().positive(),
      }),
      refused(['not-allowed']),
    ]),
  ),
} as const
