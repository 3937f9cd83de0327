// A station joins an organisation: it shows its public keys and a code that was made for it.
import { z } from 'zod'
import { stationLabel } from '../fields.ts'
import { groupName, joinCode, organisationSlug, secretText, stationNumber, versionText } from './names.ts'

/** SPKI (DER), base64. */
const publicKey = z.base64().max(400)

export const joinRequest = z.strictObject({
  code: joinCode,
  name: stationLabel,
  location: stationLabel,
  signingKey: publicKey,
  agreementKey: publicKey,
  sealingKey: publicKey,
  appVersion: versionText,
  /** By the signing key over `wardkey join v1`, the code and the three keys (SPKI): base64. */
  signature: z.base64().max(200),
})
export type JoinRequest = z.infer<typeof joinRequest>

export const joinAnswer = z.strictObject({
  ok: z.literal(true),
  station: stationNumber,
  organisation: z.strictObject({ id: z.uuid(), slug: organisationSlug, name: z.string().max(200) }),
  group: groupName.nullable(),
  /** The organisation's key at this hub, raw Ed25519 (32 bytes), base64: it signs what goes down and what it has seen of logs. */
  hubKey: z.base64().length(44),
  token: secretText,
})
export type JoinAnswer = z.infer<typeof joinAnswer>

/** What a station signs to join. */
export const joinText = (code: string, keys: readonly string[]): string => ['wardkey join v1', code, ...keys].join('\n')
