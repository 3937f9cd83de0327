// A bound phone's signed word for a new one, as it goes by way of the hub.
import { z } from 'zod'

/** With a passkey's assertion, at most, in base64url. */
export const vouchText = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(4500)
/** A phone that was bound at several stations has a credential of each. */
export const vouchesAtMost = 5

export const sentVouch = z.strictObject({ vouch: vouchText })
export const vouchTaken = z.strictObject({ ok: z.literal(true) })
