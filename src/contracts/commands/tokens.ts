// Commands of Administration about IT's provisioning tokens, which are made on the command line.
import { z } from 'zod'
import { reasonText } from '../fields.ts'
import { tokenScope } from '../tokens.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'

const time = z.number().int().nonnegative()

/** What it says was shown once and is nowhere. */
export const tokenRow = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(tokenScope),
  madeBy: z.string(),
  madeAtMs: time,
  expiresAtMs: time,
  lastUsedAtMs: time.nullable(),
  /** 'maker-not-allowed': whoever made it is no active administrator any more. */
  state: z.enum(['works', 'expired', 'revoked', 'maker-not-allowed']),
})
export type TokenRow = z.infer<typeof tokenRow>

export const tokenCommands = {
  listTokens: command(
    nothing,
    z.union([z.strictObject({ ok: z.literal(true), tokens: z.array(tokenRow).max(100) }), refused(['not-allowed'])]),
  ),
  revokeToken: command(
    z.strictObject({ tokenId: z.uuid(), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, 'no-such-token'])]),
  ),
} as const
