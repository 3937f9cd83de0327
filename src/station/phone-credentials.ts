// Bound phones as credentials: what their rows say, and the key of their typed answers.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)
/** 'keys': the phone's public keys came with its part. 'typed': there was only r, so it answers with digits alone. */
const phoneParameters = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('keys'),
    signingKey: base64,
    agreementKey: base64,
    passkey: z.strictObject({ id: base64, key: base64 }).nullable(),
  }),
  z.strictObject({ form: z.literal('typed') }),
])
export type PhoneParameters = z.infer<typeof phoneParameters>

export function readPhoneParameters(credential: Row<'credential'>): PhoneParameters {
  const parsed = phoneParameters.safeParse(parseJson(credential.parameters))
  if (!parsed.success) throw new DamageError('data-edited', `credential/${credential.id}`)
  return parsed.data
}

/** Newest first. One of the hub's that waits to be let in here is none of them. */
export const boundPhonesOf = (source: Ledger | Recorder, person: string): Row<'credential'>[] =>
  source.find(
    'credential',
    "person_id = ? AND kind = 'phone' AND status IN ('active', 'suspended') ORDER BY id DESC",
    person,
  )

/** All that may answer without a staff ID; one more than `most` where there are too many. */
export const answeringPhones = (source: Ledger | Recorder, most: number): Row<'credential'>[] =>
  source.find('credential', "kind = 'phone' AND status IN ('active', 'suspended') LIMIT ?", most + 1)

const place = (id: string, person: string) => ({ table: 'credential', row: id, person, kind: 'phone' })

export const sealAnswerKey = (keys: StationKeys, id: string, person: string, key: Uint8Array): Buffer =>
  keys.seal(key, place(id, person))

/** 32 bytes. */
export function openAnswerKey(keys: StationKeys, { id, person_id, secret }: Row<'credential'>): Buffer {
  if (!secret) throw new DamageError('data-edited', `credential/${id}`)
  return keys.open(secret, place(id, person_id))
}
