// What goes down: the people of a station's roster with what they prove themselves by, and the policy, since a cursor.
import { z } from 'zod'
import { displayName, staffId } from '../fields.ts'
import { policyDocument } from '../policy.ts'
import { role } from '../roles.ts'
import { cursor, groupName, secretText, stationNumber, timeMs, versionText } from './names.ts'
import { phoneKeys } from './phones.ts'
import { note } from './up.ts'
import { vouchesAtMost, vouchText } from './vouches.ts'

export const entriesAtMost = 200
/** Of one person. */
export const credentialsAtMost = 50

export const changesRequest = z.strictObject({
  after: cursor,
  /** Which place of the station's `after` is of: it moves to another group, and its roster begins anew. */
  epoch: z.number().int().nonnegative(),
  /** The newest head of the station's log: one that is shorter than what the hub has of it fell back. */
  checkpoint: note,
  appVersion: versionText,
})

/** Signed by the organisation's key (JWS, EdDSA): whoever stands between can neither change it nor bring an older one. */
export const statement = z.strictObject({
  station: stationNumber,
  /** Of the request that it answers. */
  nonce: secretText,
  epoch: z.number().int().nonnegative(),
  /** All changes up to here are in these entries and the ones before. */
  cursor,
  more: z.boolean(),
  atMs: timeMs,
  /** SHA-256 of the entries, one after the other with a line feed behind each, base64url. */
  digest: secretText,
  /** As the hub knows this station. */
  name: z.string().max(100),
  location: z.string().max(100),
  group: groupName.nullable(),
})
export type Statement = z.infer<typeof statement>

export const changesAnswer = z.strictObject({
  ok: z.literal(true),
  statement: z.string().max(4000),
  /** Each a JWE (ECDH-ES, A256GCM) to the station's sealing key. */
  entries: z.array(z.string().max(1_000_000)).max(entriesAtMost),
})
export type ChangesAnswer = z.infer<typeof changesAnswer>

/** In the protected header of each entry, so that none can take the place of another. */
export const entryHeader = z.object({ station: stationNumber, subject: z.string().max(60), kv: z.literal(1) })

const appEntry = z.strictObject({
  id: z.uuid(),
  kind: z.literal('totp'),
  status: z.enum(['active', 'suspended', 'ended']),
  /** Base64, of 16 to 64 bytes; absent of one that has ended. */
  secret: z.base64().max(100).optional(),
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
  digits: z.literal([6, 7, 8]),
  periodSeconds: z.number().int().min(15).max(120),
  /** The last step that was accepted anywhere, as far as the hub knows; -1 for none. */
  lastStep: z.number().int().min(-1),
})
export type AppEntry = z.infer<typeof appEntry>

export const phoneVouches = z.array(vouchText).max(vouchesAtMost)

/** A phone that another station bound, by its public keys; absent of one that has ended. */
const phoneEntry = z.strictObject({
  id: z.uuid(),
  kind: z.literal('phone'),
  status: z.enum(['active', 'suspended', 'ended']),
  keys: phoneKeys.optional(),
  /** What phones of its owner's said for it, where any did. */
  vouches: phoneVouches.optional(),
})
export type PhoneEntry = z.infer<typeof phoneEntry>

export const credentialEntry = z.discriminatedUnion('kind', [appEntry, phoneEntry])
export type CredentialEntry = z.infer<typeof credentialEntry>

export const personEntry = z.strictObject({
  kind: z.literal('person'),
  id: z.uuid(),
  staffId,
  displayName,
  roles: z.array(role).min(1).max(4),
  status: z.enum(['active', 'suspended', 'left']),
  /** In the words of whoever did it, where they are not active. */
  reason: z.string().max(200).nullable(),
  /** Those that work first, then those that ended last. */
  credentials: z.array(credentialEntry).max(credentialsAtMost),
})
export type PersonEntry = z.infer<typeof personEntry>

/** Not on this station's roster any more. */
export const goneEntry = z.strictObject({ kind: z.literal('gone'), id: z.uuid() })

/** A code of this step was accepted somewhere: nowhere may it be again. */
export const stepEntry = z.strictObject({ kind: z.literal('step'), id: z.uuid(), step: z.number().int().nonnegative() })

export const policyEntry = z.strictObject({
  kind: z.literal('policy'),
  number: z.number().int().positive(),
  reason: z.string().max(200),
  document: policyDocument,
})

export const entry = z.discriminatedUnion('kind', [personEntry, goneEntry, stepEntry, policyEntry])
export type Entry = z.infer<typeof entry>
