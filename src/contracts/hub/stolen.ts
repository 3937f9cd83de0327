// A workstation that was stolen: whose secrets it had, and their renewal in one action.
import { z } from 'zod'
import { stationNumber } from './names.ts'

export const heldSecret = z.strictObject({
  credentialId: z.uuid(),
  personId: z.uuid(),
  staffId: z.string(),
  displayName: z.string(),
  /** Of whoever asks. */
  own: z.boolean(),
})
export type HeldSecret = z.infer<typeof heldSecret>

/** Those that still work somewhere: what has ended is worth nothing to whoever has it. */
export const heldSecrets = z.strictObject({
  ok: z.literal(true),
  station: stationNumber,
  status: z.string(),
  secrets: z.array(heldSecret),
})

/** `own`: of whoever asked, and still good: they enroll anew next. */
export const renewed = z.strictObject({ ok: z.literal(true), ended: z.array(heldSecret), own: z.array(heldSecret) })
