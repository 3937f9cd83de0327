// What goes down to one station since a cursor: its own roster and the policy, each entry sealed to it, all of it signed.
import { createPublicKey, type KeyObject } from 'node:crypto'
import { CompactEncrypt, CompactSign, exportJWK, importJWK } from 'jose'
import type { Selectable } from 'kysely'
import {
  type ChangesAnswer,
  type CredentialEntry,
  credentialsAtMost,
  type Entry,
  entriesAtMost,
  type PersonEntry,
  phoneVouches,
  type Statement,
} from '../contracts/hub/down.ts'
import { everyGroup } from '../contracts/hub/names.ts'
import { phoneKeys } from '../contracts/hub/phones.ts'
import { parseJson } from '../contracts/json.ts'
import { policyDocument } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import { cursorOf } from './changes.ts'
import type { Scope } from './database.ts'
import type { Organisation } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { digestText } from './primitives.ts'
import { noteSecretsSent } from './stolen.ts'
import type { Tables } from './tables.ts'

interface Asking {
  readonly number: string
  readonly nonce: string
  readonly after: number
  readonly epoch: number
}
interface Told {
  readonly subject: string
  readonly entry: Entry
}

/** Its roster is the people of its group and of every group: of nobody else does it learn a thing. */
export async function changesFor(
  parts: HubParts,
  scope: Scope,
  organisation: Organisation,
  { number, nonce, after, epoch }: Asking,
): Promise<ChangesAnswer> {
  const station = await scope
    .selectFrom('station')
    .select(['name', 'location', 'station_group', 'epoch', 'sealing_key'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  const newest = await cursorOf(scope, organisation.id)
  // Moved since: what it has is held to the roster of where it is now, from the beginning. So is what it has of changes
  // that this hub has lost, or the next ones to take their numbers would never reach it.
  const from = epoch === station.epoch && after <= newest ? after : 0
  const changes = await scope
    .selectFrom('change')
    .select(['kind', 'subject', 'cursor'])
    .where('cursor', '>', from)
    .where('cursor', '<=', newest)
    .orderBy('cursor')
    .limit(entriesAtMost)
    .execute()
  const more = changes.length === entriesAtMost
  const cursor = more ? Number(changes.at(-1)?.cursor) : newest
  const people = changes.filter(({ kind }) => kind === 'person').map(({ subject }) => subject)
  const told = await tellPeople(parts, scope, organisation, number, station.station_group, people)
  const steps = changes.filter(({ kind }) => kind === 'step').map(({ subject }) => subject)
  told.push(...(await tellSteps(scope, number, steps)))
  if (changes.some(({ kind }) => kind === 'policy')) told.push(...(await tellPolicy(scope)))
  const key = createPublicKey({ key: Buffer.from(station.sealing_key), format: 'der', type: 'spki' })
  const entries = await Promise.all(told.map((each) => sealed(each, number, key)))
  await scope.updateTable('station').set({ cursor: from }).where('number', '=', number).execute()
  const statement: Statement = {
    station: number,
    nonce,
    epoch: station.epoch,
    cursor,
    more,
    atMs: parts.nowMs(),
    digest: digestText(entries.map((entry) => `${entry}\n`).join('')),
    name: station.name,
    location: station.location,
    group: station.station_group,
  }
  return { ok: true, statement: await signed(statement, parts.keys.signing(organisation.id).key), entries }
}

async function tellPeople(
  parts: HubParts,
  scope: Scope,
  { id: organisation }: Organisation,
  number: string,
  group: string | null,
  ids: readonly string[],
): Promise<Told[]> {
  if (ids.length === 0) return []
  const people = await scope.selectFrom('person').selectAll().where('id', 'in', ids).execute()
  const credentials = await scope.selectFrom('credential').selectAll().where('person_id', 'in', ids).execute()
  const sent = await scope
    .selectFrom('delivery')
    .select('person_id')
    .where('station_number', '=', number)
    .where('person_id', 'in', ids)
    .execute()
  const had = new Set(sent.map(({ person_id }) => person_id))
  const told: Told[] = []
  const added: string[] = []
  const gone: string[] = []
  for (const person of people) {
    const belongs = person.groups.includes(everyGroup) || (group !== null && person.groups.includes(group))
    if (!belongs) {
      if (!had.has(person.id)) continue
      gone.push(person.id)
      told.push({ subject: person.id, entry: { kind: 'gone', id: person.id } })
      continue
    }
    if (!had.has(person.id)) added.push(person.id)
    const own = credentials
      .filter(({ person_id }) => person_id === person.id)
      .sort((a, b) => Number(a.status === 'ended') - Number(b.status === 'ended') || (a.id < b.id ? 1 : -1))
    const entry: PersonEntry = {
      kind: 'person',
      id: person.id,
      staffId: person.staff_id,
      displayName: person.display_name,
      roles: person.roles as Role[],
      status: person.status,
      reason: person.reason,
      credentials: own.flatMap((row) => credentialOf(parts, organisation, number, row)).slice(0, credentialsAtMost),
    }
    told.push({ subject: person.id, entry })
  }
  const rowOf = (person_id: string) => ({
    organisation_id: organisation,
    station_number: number,
    person_id,
    local_id: null,
  })
  if (added.length > 0)
    await scope
      .insertInto('delivery')
      .values(added.map(rowOf))
      .onConflict((clash) => clash.doNothing())
      .execute()
  const secrets = told.flatMap(({ entry }) => (entry.kind === 'person' ? entry.credentials : []))
  const withSecret = secrets.filter((each) => each.kind === 'totp' && each.secret !== undefined).map(({ id }) => id)
  await noteSecretsSent(scope, organisation, number, withSecret)
  if (gone.length > 0)
    await scope.deleteFrom('delivery').where('station_number', '=', number).where('person_id', 'in', gone).execute()
  return told
}

/**
 * A phone that waits to be let in, or was not, is for no other station; that it has ended is for all. Where others have it
 * from before, it rests there; the one that bound it goes on.
 */
function credentialOf(
  parts: HubParts,
  organisation: string,
  number: string,
  row: Selectable<Tables['credential']>,
): CredentialEntry[] {
  const { id, status } = row
  if (row.kind === 'phone') {
    if (status === 'ended') return [{ kind: 'phone', id, status }]
    const isLetIn = row.let_in === 'yes'
    if (!isLetIn && (!row.was_let_in || row.bound_at === number)) return []
    const keys = phoneKeys.parse(parseJson(row.phone_keys ?? ''))
    const vouches = phoneVouches.parse(parseJson(row.vouches))
    const said = vouches.length > 0 ? { vouches } : {}
    return [{ kind: 'phone', id, status: isLetIn ? status : 'suspended', keys, ...said }]
  }
  const place = { organisation, table: 'credential', row: id }
  return [
    {
      ...{ kind: 'totp', id, status },
      ...(row.secret ? { secret: parts.keys.open(row.secret, place).toString('base64') } : {}),
      algorithm: row.algorithm as 'SHA1',
      digits: row.digits as 6,
      periodSeconds: row.period_seconds ?? 0,
      lastStep: Number(row.last_step),
    },
  ]
}

/** Of people whom the station was sent, no others. */
async function tellSteps(scope: Scope, number: string, credentials: readonly string[]): Promise<Told[]> {
  if (credentials.length === 0) return []
  const rows = await scope
    .selectFrom('credential')
    .innerJoin('delivery', 'delivery.person_id', 'credential.person_id')
    .select(['credential.id', 'credential.last_step'])
    .where('delivery.station_number', '=', number)
    .where('credential.id', 'in', credentials)
    .where('credential.status', '!=', 'ended')
    .execute()
  return rows.map(({ id, last_step }) => ({
    subject: id,
    entry: { kind: 'step', id, step: Math.max(Number(last_step), 0) },
  }))
}

async function tellPolicy(scope: Scope): Promise<Told[]> {
  const row = await scope.selectFrom('policy_version').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()
  if (!row) return []
  const document = policyDocument.parse(JSON.parse(row.document))
  return [{ subject: 'policy', entry: { kind: 'policy', number: row.number, reason: row.reason, document } }]
}

async function sealed({ subject, entry }: Told, station: string, key: KeyObject): Promise<string> {
  // By way of a JWK: jose has one form of key on every runtime.
  const sealing = await importJWK(await exportJWK(key), 'ECDH-ES')
  return new CompactEncrypt(Buffer.from(JSON.stringify(entry)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', station, subject, kv: 1 })
    .encrypt(sealing)
}

const signed = (statement: Statement, key: KeyObject): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify(statement))).setProtectedHeader({ alg: 'EdDSA' }).sign(key)
