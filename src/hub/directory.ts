// The directory of stations for phones, signed by the organisation's key: the stations of the phone's owner, and no others.
import { createPublicKey, ECDH } from 'node:crypto'
import { CompactSign } from 'jose'
import { everyGroup } from '../contracts/hub/names.ts'
import type { Directory, DirectoryStation } from '../core/directory.ts'
import type { Scope } from './database.ts'
import type { Organisation } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { digestText } from './primitives.ts'

const stationsAtMost = 5000

/** A compact JWS (EdDSA); null where the phone has this version. */
export async function directoryFor(
  parts: HubParts,
  scope: Scope,
  organisation: Organisation,
  person: string,
  known: string | null,
): Promise<string | null> {
  const { groups } = await scope
    .selectFrom('person')
    .select('groups')
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  let query = scope
    .selectFrom('station')
    .select(['number', 'name', 'location', 'agreement_key', 'status'])
    .orderBy('number')
    .limit(stationsAtMost)
  if (!groups.includes(everyGroup)) query = query.where('station_group', 'in', groups.length > 0 ? groups : [''])
  const stations: DirectoryStation[] = (await query.execute()).map((row) => ({
    number: row.number,
    name: row.name,
    location: row.location,
    key: pointOfSpki(Buffer.from(row.agreement_key)),
    status: row.status === 'removed' ? 'removed' : 'active',
  }))
  const version = digestText(JSON.stringify([organisation.slug, stations]))
  if (version === known) return null
  const directory: Directory = {
    ...{ kind: 'directory', organisation: organisation.slug, atMs: parts.nowMs() },
    ...{ version, stations },
  }
  const { key } = parts.keys.signing(organisation.id)
  return new CompactSign(Buffer.from(JSON.stringify(directory))).setProtectedHeader({ alg: 'EdDSA' }).sign(key)
}

/** Compressed, base64. */
function pointOfSpki(spki: Buffer): string {
  const { x = '', y = '' } = createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({ format: 'jwk' })
  const whole = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return (ECDH.convertKey(whole, 'prime256v1', undefined, undefined, 'compressed') as Buffer).toString('base64')
}
