// Who a station's request is from: its own signature over all of it, and the token that only the newest copy of it has.
import { createPublicKey } from 'node:crypto'
import { compactVerify, decodeProtectedHeader } from 'jose'
import { type ProofClaims, proofClaims } from '../contracts/hub/proof.ts'
import { parseJson } from '../contracts/json.ts'
import { raiseAlert } from './alerts.ts'
import type { Scope } from './database.ts'
import type { Organisation } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { digestText, hashOfSecret, newSecret, sameBytes } from './primitives.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: string
  readonly proof: string
}
export interface Admitted {
  readonly ok: true
  readonly number: string
  readonly nonce: string
  /** What the station has to show next. */
  readonly token: string
}
export type Admission = Admitted | { readonly ok: false; readonly reason: 'no-proof' | StationClosed }
export type StationClosed = 'station-suspended' | 'station-held' | 'station-removed'

/**
 * In a transaction of its own, committed whatever comes of the request: the token goes on with each. A station that lost
 * the answer shows the one before, which is good as long as nobody has gone on from it; an older one, or one of a copy
 * that went on beside it, holds the station: both copies are then without, until an administrator has looked.
 * @param goesOn false for what is only listened to: the token stays.
 */
export async function admit(
  parts: HubParts,
  scope: Scope,
  organisation: Organisation,
  asked: Asked,
  goesOn = true,
): Promise<Admission> {
  const claimed = claimsOf(asked.proof)
  if (!claimed) return { ok: false, reason: 'no-proof' }
  const station = await scope
    .selectFrom('station')
    .select(['number', 'status', 'signing_key', 'token_hash', 'previous_token_hash'])
    .where('number', '=', claimed.station)
    .forUpdate()
    .executeTakeFirst()
  // As whoever signs with another key: which stations there are can't be tried out.
  if (!station) return { ok: false, reason: 'no-proof' }
  const claims = await proven(asked, Buffer.from(station.signing_key))
  if (!claims) return { ok: false, reason: 'no-proof' }
  if (station.status !== 'active') return { ok: false, reason: `station-${station.status}` }
  const nowMs = parts.nowMs()
  const shown = hashOfSecret(claims.token)
  const isCurrent = sameBytes(shown, Buffer.from(station.token_hash))
  const isBefore = station.previous_token_hash !== null && sameBytes(shown, Buffer.from(station.previous_token_hash))
  if (!isCurrent && !isBefore) {
    await scope.updateTable('station').set({ status: 'held' }).where('number', '=', station.number).execute()
    const details = 'it showed a token that had been used: there are two of it, or an older copy was put back'
    await raiseAlert(scope, organisation.id, { kind: 'copied-station', station: station.number, details }, nowMs)
    return { ok: false, reason: 'station-held' }
  }
  if (!goesOn) return { ok: true, number: station.number, nonce: claims.nonce, token: claims.token }
  const token = newSecret()
  const next = {
    token_hash: hashOfSecret(token),
    previous_token_hash: shown,
    last_seen_at: nowMs,
    clock_offset_ms: claims.atMs - nowMs,
  }
  await scope.updateTable('station').set(next).where('number', '=', station.number).execute()
  return { ok: true, number: station.number, nonce: claims.nonce, token }
}

/** What it says, before anybody knows whether it is true: enough to look for the station. */
function claimsOf(proof: string): ProofClaims | null {
  const [, payload] = proof.split('.')
  const parsed = proofClaims.safeParse(parseJson(Buffer.from(payload ?? '', 'base64url').toString()))
  return parsed.success ? parsed.data : null
}

/** The claims, where the station's key signed them for this very request; else null. */
async function proven(asked: Asked, signingKey: Buffer): Promise<ProofClaims | null> {
  const key = createPublicKey({ key: signingKey, format: 'der', type: 'spki' })
  try {
    if (decodeProtectedHeader(asked.proof).alg !== 'EdDSA') return null
    const { payload } = await compactVerify(asked.proof, key, { algorithms: ['EdDSA'] })
    const claims = proofClaims.parse(parseJson(Buffer.from(payload).toString()))
    const { method, path, digest } = claims
    return method === asked.method && path === asked.path && digest === digestText(asked.body) ? claims : null
  } catch {
    // jose throws whatever is wrong with it: to whoever sent it, all of that is one thing.
    return null
  }
}
