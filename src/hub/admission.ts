// Who a station's request is from: its own signature over all of it, and the token that only the newest copy of it has.
import { createPublicKey } from 'node:crypto'
import { compactVerify, decodeProtectedHeader } from 'jose'
import { type ProofClaims, proofClaims } from '../contracts/hub/proof.ts'
import { parseJson } from '../contracts/json.ts'
import { raiseAlert } from './alerts.ts'
import type { Scope } from './database.ts'
import type { Organisation } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { digestText, hashOfSecret, sameBytes } from './primitives.ts'

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
  /** Of the token that it showed now. */
  readonly shown: Buffer
}
export type Admission =
  | Admitted
  | { readonly ok: false; readonly reason: 'no-proof' | StationClosed }
  | { readonly ok: false; readonly reason: 'token-old'; readonly challenge: string }
export type StationClosed = 'station-suspended' | 'station-held' | 'station-removed'

/**
 * In a transaction of its own, committed whatever comes of the request: the token goes on with each. A station that lost
 * the answer shows the one before, which is good as long as nobody has gone on from it, and any request by it may be the
 * one that was answered. One of further on than the hub knows is the hub's own all the same: its database has lost what
 * came last, as after a restore. An older one is no more than old while the network may have kept it back. Whoever signs
 * the hub's challenge with it is there now: that is a copy, or another one went on beside it, and both are without until
 * an administrator has looked.
 * @param goesOn false for what is only listened to: the token stays, and an old one is no sign of anything.
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
    .select(['number', 'status', 'signing_key', 'token_sequence', 'previous_token_hash', 'epoch'])
    .where('number', '=', claimed.station)
    .forUpdate()
    .executeTakeFirst()
  // As whoever signs with another key: which stations there are can't be tried out.
  if (!station) return { ok: false, reason: 'no-proof' }
  const claims = await proven(asked, Buffer.from(station.signing_key))
  if (!claims) return { ok: false, reason: 'no-proof' }
  const { number } = station
  if (station.status !== 'active') return { ok: false, reason: `station-${station.status}` }
  const sequence = parts.keys.tokenSequence(organisation.id, number, claims.token)
  // Of another hub, or damaged on the way: nothing that a copy would show.
  if (sequence === null) return { ok: false, reason: 'no-proof' }
  const nowMs = parts.nowMs()
  const known = Number(station.token_sequence)
  const shown = hashOfSecret(claims.token)
  const before = Buffer.from(station.previous_token_hash ?? [])
  if (sequence <= known && !sameBytes(before, shown)) {
    if (!goesOn) return { ok: false, reason: 'no-proof' }
    // Another one with each token that is shown: what was signed for it before is worth nothing after.
    const challenge = parts.keys.challenge([organisation.id, number, before.toString('base64')])
    if (claims.challenge !== challenge) return { ok: false, reason: 'token-old', challenge }
    await scope.updateTable('station').set({ status: 'held' }).where('number', '=', number).execute()
    const details = 'it showed a token that had been used: there are two of it, or an older copy was put back'
    await raiseAlert(scope, organisation.id, { kind: 'copied-station', station: number, details }, nowMs)
    return { ok: false, reason: 'station-held' }
  }
  const { nonce } = claims
  if (!goesOn) return { ok: true, number, nonce, token: claims.token, shown }
  const place = { organisation: organisation.id, station: number, sequence: sequence + 1 }
  const token = parts.keys.token(place, [claims.token, nonce])
  const next = {
    token_sequence: sequence,
    previous_token_hash: shown,
    last_seen_at: nowMs,
    clock_offset_ms: claims.atMs - nowMs,
    // What the station was told may be lost here, too: it is told all of it anew.
    epoch: sequence > known + 1 ? station.epoch + 1 : station.epoch,
  }
  await scope.updateTable('station').set(next).where('number', '=', number).execute()
  return { ok: true, number, nonce, token, shown }
}

/**
 * In the transaction of the work itself, with the station's row locked: false where it was closed out meanwhile, or has
 * gone on without this answer. What it asked for then is of before, and would be taken for a log that fell back.
 */
export async function isStillAsked(scope: Scope, { number, shown }: Admitted): Promise<boolean> {
  const station = await scope
    .selectFrom('station')
    .select(['status', 'previous_token_hash'])
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst()
  return station?.status === 'active' && sameBytes(Buffer.from(station.previous_token_hash ?? []), shown)
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
