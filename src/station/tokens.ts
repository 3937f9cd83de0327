// Provisioning tokens: made by an administrator, kept as a keyed hash, ended at once.
import { z } from 'zod'
import type { TokenRow } from '../contracts/commands/tokens.ts'
import { parseJson } from '../contracts/json.ts'
import { type TokenScope, tokenScope } from '../contracts/tokens.ts'
import { DamageError, type StationKeys, sameBytes } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { isAdministrator } from './people.ts'
import { hmacSha256, newId, random } from './primitives.ts'
import { keyOfTags, olderKey } from './slow-hash.ts'

const dayMs = 24 * 60 * 60_000
/** As far as a clock that is put right may go back. */
const clockSlackMs = 90_000
const mostLive = 50
const endedShown = 20
/** So that a scanner for secrets knows one where it lies in a script. */
const prefix = 'wardkey_'

/** A fast hash does: the text has 256 random bits. With the key of the hashes, where a rotation has been since. */
const hashed = z.strictObject({ tag: z.base64(), key: olderKey })
const place = (id: string) => ({ table: 'token', row: id, person: '', kind: 'token' })

export interface NewToken {
  readonly name: string
  readonly scopes: readonly TokenScope[]
  readonly days: number
  readonly actor: string
}
export type MadeToken =
  | { readonly ok: true; readonly id: string; readonly text: string; readonly expiresAtMs: number }
  | { readonly ok: false; readonly reason: 'name-taken' | 'too-many-tokens' }

/** @returns what it says, 256 random bits: here, once, and nowhere afterwards. */
export function makeToken(recorder: Recorder, keys: StationKeys, wanted: NewToken, nowMs: number): MadeToken {
  const { name, scopes, days, actor } = wanted
  const live = recorder.find('token', "status = 'active'")
  if (live.some((token) => token.name === name)) return { ok: false, reason: 'name-taken' }
  if (live.length >= mostLive) return { ok: false, reason: 'too-many-tokens' }
  const id = newId()
  const text = `${prefix}${random(32).toString('base64url')}`
  const kept = { tag: hmacSha256(keys.token, text).toString('base64') }
  const expiresAtMs = nowMs + days * dayMs
  recorder.put('token', id, {
    ...{ name, scopes: JSON.stringify(scopes), made_by: actor, made_at_ms: nowMs, expires_at_ms: expiresAtMs },
    hash: keys.seal(Buffer.from(JSON.stringify(kept)), place(id)),
    status: 'active',
  })
  const details = { token: name, scopes: scopes.join(' '), expires_at_ms: expiresAtMs }
  recorder.event({ type: 'token-made', actor, details })
  return { ok: true, id, text, expiresAtMs }
}

/** By its id, or by the name of one that was not revoked yet. Its hash stays, so that the log can tell who tries it. */
export function revokeToken(
  recorder: Recorder,
  which: string,
  change: { readonly actor: string; readonly reason: string },
): { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: 'no-such-token' } {
  const token = recorder.find('token', "status = 'active'").find(({ id, name }) => id === which || name === which)
  if (!token) return { ok: false, reason: 'no-such-token' }
  const { id, event_number: _, ...content } = token
  recorder.put('token', id, { ...content, status: 'revoked' })
  recorder.event({ type: 'token-revoked', ...change, details: { token: token.name } })
  return { ok: true, name: token.name }
}

/** The one that says this, whatever became of it; each is compared, in constant time. */
export function tokenSaying(source: Recorder, keys: StationKeys, text: string): Row<'token'> | null {
  let found: Row<'token'> | null = null
  for (const token of source.find('token', '1 ORDER BY id')) {
    const kept = hashed.safeParse(parseJson(keys.open(token.hash, place(token.id)).toString()))
    if (!kept.success) throw new DamageError('data-edited', `token/${token.id}`)
    const tag = hmacSha256(keyOfTags(kept.data, keys.token), text)
    if (sameBytes(tag, Buffer.from(kept.data.tag, 'base64'))) found = token
  }
  return found
}

export function scopesOf(token: Row<'token'>): TokenScope[] {
  const parsed = z.array(tokenScope).safeParse(parseJson(token.scopes))
  if (!parsed.success) throw new DamageError('data-edited', `token/${token.id}`)
  return parsed.data
}

/** It works no longer than whoever made it could make one: they may have kept what it says. */
export function stateOf(source: Ledger | Recorder, token: Row<'token'>, nowMs: number): TokenRow['state'] {
  if (token.status === 'revoked') return 'revoked'
  // Also well before the moment it was made: a clock set back must not prolong it.
  if (nowMs >= token.expires_at_ms || nowMs < token.made_at_ms - clockSlackMs) return 'expired'
  const maker = source.get('person', token.made_by)
  return maker?.status === 'active' && isAdministrator(maker) ? 'works' : 'maker-not-allowed'
}

/** Those that were not revoked, and the newest of those that were. */
export function listTokens({ db, ledger }: Pick<OpenStation, 'db' | 'ledger'>, nowMs: number): TokenRow[] {
  const lastUse = db
    .prepare(
      "SELECT json_extract(body, '$.atMs') FROM event WHERE actor = ? AND type = 'token-used' ORDER BY number DESC LIMIT 1",
    )
    .pluck()
  const tokens = [
    ...ledger.find('token', "status = 'active' ORDER BY id DESC"),
    ...ledger.find('token', `status = 'revoked' ORDER BY id DESC LIMIT ${endedShown}`),
  ]
  return tokens.map((token) => ({
    id: token.id,
    name: token.name,
    scopes: scopesOf(token),
    madeBy: ledger.get('person', token.made_by)?.display_name ?? '',
    madeAtMs: token.made_at_ms,
    expiresAtMs: token.expires_at_ms,
    lastUsedAtMs: (lastUse.get(token.id) as number | undefined) ?? null,
    state: stateOf(ledger, token, nowMs),
  }))
}
