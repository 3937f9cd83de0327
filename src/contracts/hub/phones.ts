// Phones that were bound at a station, as it tells its hub of them: by their public keys, which are no secret.
import { z } from 'zod'

export const phonesAtMost = 100

/** P-256, compressed to 33 bytes (SEC 1, 2.3.3), base64. */
const point = z.base64().length(44)
export const phoneKeys = z.strictObject({
  signingKey: point,
  agreementKey: point,
  /** Its id has 16 to 128 bytes; null where the phone has none. */
  passkey: z.strictObject({ id: z.base64().min(24).max(172), key: point }).nullable(),
})
export type PhoneKeys = z.infer<typeof phoneKeys>

/** `person` by the hub's id. */
export const boundPhone = z.strictObject({ id: z.uuid(), person: z.uuid(), keys: phoneKeys })
export type BoundPhone = z.infer<typeof boundPhone>

export const phonesRequest = z.strictObject({ phones: z.array(boundPhone).min(1).max(phonesAtMost) })
export const phonesAnswer = z.strictObject({ ok: z.literal(true) })
