// tokens create, list and revoke. What a token says is printed once, as it is made.
import { reasonText } from '../contracts/fields.ts'
import { defaultTokenDays, tokenDays, tokenName } from '../contracts/tokens.ts'
import { readScopes, tokenScopes } from '../core/token-scopes.ts'
import { listTokens, makeToken, revokeToken } from '../station/tokens.ts'
import { type Approver, withApproval } from './approved.ts'
import type { CliParts } from './compose.ts'
import { clock, withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

export interface TokenWish {
  readonly may: string
  readonly days?: string | undefined
}

export function createToken(parts: CliParts, approver: Approver, text: string, wish: TokenWish): Promise<Answer> {
  const name = tokenName.safeParse(text)
  if (!name.success) throw new UsageError('a name has letters, digits, dot, dash and underscore, 40 at most')
  const scopes = readScopes(wish.may)
  if (!scopes) throw new UsageError(`--may takes these, parted by commas: ${tokenScopes.join(', ')}`)
  const days = tokenDays.safeParse(wish.days === undefined ? defaultTokenDays : Number(wish.days))
  if (!days.success) throw new UsageError('--days is a number from 1 to 366')
  return withApproval(parts, approver, 'run-station', `tokens create ${name.data}`, (recorder, actor, keys) => {
    const wanted = { name: name.data, scopes, days: days.data, actor }
    const made = makeToken(recorder, keys, wanted, clock.nowMs())
    if (!made.ok) return problem(refusals[made.reason], { problem: made.reason })
    const expiresAt = new Date(made.expiresAtMs).toISOString()
    return {
      found: false,
      lines: [
        made.text,
        `${name.data} may ${scopes.join(', ')} until ${expiresAt}. This is shown once: give it to a command as WARDKEY_TOKEN.`,
      ],
      json: { ok: true, id: made.id, name: name.data, token: made.text, scopes, expiresAt },
    }
  })
}

export const showTokens = (parts: CliParts): Promise<Answer> =>
  withFolder(parts, (open) => {
    const tokens = listTokens(open, clock.nowMs())
    const lines = tokens.map(({ id, name, state, scopes, madeBy, expiresAtMs, lastUsedAtMs }) => {
      const used = lastUsedAtMs === null ? 'never used' : `last used ${new Date(lastUsedAtMs).toISOString()}`
      const until = `until ${new Date(expiresAtMs).toISOString()}`
      return `${id} ${name} ${states[state]}, may ${scopes.join(', ')}, ${until}, made by ${madeBy}, ${used}`
    })
    return { found: false, lines: lines.length > 0 ? lines : ['There are no tokens.'], json: { ok: true, tokens } }
  })

export function endToken(parts: CliParts, approver: Approver, which: string, reason: string): Promise<Answer> {
  const why = reasonText.safeParse(reason)
  if (!why.success) throw new UsageError('give a --reason of 3 to 200 characters')
  const sought = which.trim().normalize('NFC')
  return withApproval(parts, approver, 'run-station', 'tokens revoke', (recorder, actor) => {
    const ended = revokeToken(recorder, sought, { actor, reason: why.data })
    if (!ended.ok) return problem('There is no such token, or it was revoked before.', { problem: ended.reason })
    return { found: false, lines: [`${ended.name} does not work any more.`], json: { ok: true, name: ended.name } }
  })
}

const states = {
  works: 'works',
  expired: 'expired',
  revoked: 'revoked',
  'maker-not-allowed': 'does not work: who made it is no administrator any more',
} as const
const refusals = {
  'name-taken': 'A token has this name already: revoke it first, or choose another. Nothing was changed.',
  'too-many-tokens': 'There are 50 tokens: revoke one first. Nothing was changed.',
} as const
