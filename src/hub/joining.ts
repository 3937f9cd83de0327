// A station joins by a code that works once, for ten minutes, and from then on is known by its own keys.
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { JoinAnswer, JoinRequest } from '../contracts/hub/join.ts'
import { joinText } from '../contracts/hub/join.ts'
import { toBase32 } from '../core/base32.ts'
import type { Scope } from './database.ts'
import { type Organisation, recordAction } from './organisations.ts'
import type { Doer } from './people.ts'
import type { HubParts } from './ports.ts'
import { hashOfSecret, newId, newSecret, random, sha256 } from './primitives.ts'

const codeLivesMs = 10 * 60_000
const codeBytes = 10

/** The code leaves the hub once, to whoever made it; its hash is kept. */
export async function makeJoinCode(scope: Scope, doer: Doer & { readonly actor: string }, group: string | null) {
  const code = toBase32(random(codeBytes))
  const id = newId()
  const expiresAtMs = doer.nowMs + codeLivesMs
  const row = {
    organisation_id: doer.organisation,
    id,
    hash: hashOfSecret(code),
    station_group: group,
    expires_at: expiresAtMs,
    used_at: null,
    used_by: null,
    made_by: doer.actor,
  }
  await scope.insertInto('join_code').values(row).execute()
  const action = { type: 'join-code-made', actor: doer.actor, details: { code: id, group } }
  await recordAction(scope, doer.organisation, action, doer.nowMs)
  return { code, expiresAtMs }
}

type Joined = JoinAnswer | { readonly ok: false; readonly reason: 'join-refused' | 'already-joined' }

/**
 * A wrong, used or late code are told apart by nobody. A station that is known already does not join anew: whoever brought
 * back an older copy of it would.
 */
export async function joinStation(
  parts: HubParts,
  scope: Scope,
  organisation: Organisation,
  request: JoinRequest,
): Promise<Joined> {
  const nowMs = parts.nowMs()
  const keys = keysOf(request)
  if (!keys || !signs(request, keys.signing)) return { ok: false, reason: 'join-refused' }
  const signing = Buffer.from(request.signingKey, 'base64')
  const number = Buffer.from(sha256(signing)).toString('hex').slice(0, 16)
  const hash = hashOfSecret(request.code)
  const code = await scope
    .updateTable('join_code')
    .set({ used_at: nowMs, used_by: number })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', nowMs)
    .returning(['id', 'station_group', 'made_by'])
    .executeTakeFirst()
  if (!code) return joinAgain(parts, scope, organisation, { hash, number, nowMs })
  const row = {
    organisation_id: organisation.id,
    number,
    name: request.name,
    location: request.location,
    station_group: code.station_group,
    status: 'active' as const,
    signing_key: signing,
    agreement_key: Buffer.from(request.agreementKey, 'base64'),
    sealing_key: Buffer.from(request.sealingKey, 'base64'),
    token_sequence: 0,
    previous_token_hash: null,
    epoch: 1,
    cursor: 0,
    log_size: 0,
    log_hashes: Buffer.alloc(0),
    log_leaf: null,
    checkpoint: null,
    joined_at: nowMs,
    last_seen_at: nowMs,
    clock_offset_ms: null,
    app_version: request.appVersion,
  }
  const added = await scope
    .insertInto('station')
    .values(row)
    .onConflict((clash) => clash.columns(['organisation_id', 'number']).doNothing())
    .returning('number')
    .executeTakeFirst()
  if (!added) return { ok: false, reason: 'already-joined' }
  const action = { type: 'station-joined', actor: code.made_by, details: { station: number, code: code.id } }
  await recordAction(scope, organisation.id, action, nowMs)
  return welcome(parts, organisation, number, code.station_group)
}

/**
 * The answer did not arrive, or the station could not keep it: by the same code, as long as that holds, the same station
 * has it again, until it has gone on from one. Two copies of it that join so are found like any two: each has a token that
 * the other one has not.
 */
async function joinAgain(
  parts: HubParts,
  scope: Scope,
  organisation: Organisation,
  { hash, number, nowMs }: { readonly hash: Buffer; readonly number: string; readonly nowMs: number },
): Promise<Joined> {
  const code = await scope
    .selectFrom('join_code')
    .select(['id', 'made_by'])
    .where('hash', '=', hash)
    .where('used_by', '=', number)
    .where('expires_at', '>', nowMs)
    .executeTakeFirst()
  const station = await scope
    .selectFrom('station')
    .select('station_group')
    .where('number', '=', number)
    .where('status', '=', 'active')
    .where('token_sequence', '=', 0)
    .forUpdate()
    .executeTakeFirst()
  if (!code || !station) return { ok: false, reason: 'join-refused' }
  const action = { type: 'station-joined-again', actor: code.made_by, details: { station: number, code: code.id } }
  await recordAction(scope, organisation.id, action, nowMs)
  return welcome(parts, organisation, number, station.station_group)
}

function welcome(parts: HubParts, { id, slug, name }: Organisation, station: string, group: string | null): Joined {
  const token = parts.keys.token({ organisation: id, station, sequence: 1 }, [newSecret()])
  const hubKey = parts.keys.signing(id).raw.toString('base64')
  return { ok: true, station, organisation: { id, slug, name }, group, hubKey, token }
}

/** null where one is no key of its kind. */
function keysOf(request: JoinRequest): { readonly signing: KeyObject } | null {
  const signing = publicKey(request.signingKey)
  const curves = [request.agreementKey, request.sealingKey].map(publicKey)
  const isCurve = (key: KeyObject | null) => key?.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  return signing?.asymmetricKeyType === 'ed25519' && curves.every(isCurve) ? { signing } : null
}

/** null where these bytes are no public key, or written in another way than this hub would. */
function publicKey(base64: string): KeyObject | null {
  const der = Buffer.from(base64, 'base64')
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return key.export({ format: 'der', type: 'spki' }).equals(der) ? key : null
  } catch {
    return null
  }
}

function signs(request: JoinRequest, key: KeyObject): boolean {
  const text = joinText(request.code, [request.signingKey, request.agreementKey, request.sealingKey])
  return verify(null, Buffer.from(text), key, Buffer.from(request.signature, 'base64'))
}
