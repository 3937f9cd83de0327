// The slow hash under which PINs, recovery codes and tickets rest, then keyed: a stolen file alone can't be guessed.
import { createSecretKey, type KeyObject, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import { DamageError, type SealedPlace, type StationKeys, sameBytes } from './keys.ts'
import { hmacSha256, random } from './primitives.ts'

// N 2^14, r 8, p 1: about 80 ms, in libuv's pool and not on the main thread.
const cost = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const slowHash = promisify(scrypt) as (text: string, salt: Buffer, length: number, options: object) => Promise<Buffer>

/** The keyed tag of a typed secret under its salt, base64; one slow hash, whoever it is for. */
export async function slowTag(key: KeyObject, text: string, salt: Buffer): Promise<string> {
  return hmacSha256(key, (await slowHash(text, salt, 32, cost)).toString('base64')).toString('base64')
}

/** The key of the tags, where a rotation of the root key has been since they were made: the text itself is nobody's to know. */
export const olderKey = z.base64().optional()
const tagged = z.strictObject({ salt: z.base64(), tag: z.base64(), key: olderKey })
/** One secret as it is kept; all as base64. */
export type Tagged = z.infer<typeof tagged>

export async function tagAnew(key: KeyObject, text: string): Promise<Tagged> {
  const salt = random(16)
  return { salt: salt.toString('base64'), tag: await slowTag(key, text, salt) }
}

/** @param own the key for what is made now. */
export const keyOfTags = (kept: { readonly key?: string | undefined } | null, own: KeyObject): KeyObject =>
  kept?.key === undefined ? own : createSecretKey(Buffer.from(kept.key, 'base64'))

export const sealTagged = (keys: StationKeys, content: Tagged, place: SealedPlace): Buffer =>
  keys.seal(Buffer.from(JSON.stringify(content)), place)

export function openTagged(keys: StationKeys, sealed: Uint8Array | null, place: SealedPlace): Tagged {
  const parsed = tagged.safeParse(sealed ? parseJson(keys.open(sealed, place).toString()) : undefined)
  if (!parsed.success) throw new DamageError('data-edited', `${place.table}/${place.row}`)
  return parsed.data
}

/** The salt for a secret that nobody has: always the same for the same staff ID. */
export const nobodysSalt = (keys: StationKeys, staffId: string): Buffer =>
  Buffer.from(keys.subject(`salt ${staffId}`), 'hex').subarray(0, 16)

export const sameTag = (one: string, other: string): boolean => sameBytes(Buffer.from(one), Buffer.from(other))
