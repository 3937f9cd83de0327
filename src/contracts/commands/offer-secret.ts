// What an offer gives out, once.
import { z } from 'zod'
import { qrSymbol } from '../screen.ts'

/** What enrolls a phone. Given out once, by the command that made the offer. */
export const offerSecret = z.strictObject({
  qr: qrSymbol,
  setupKey: z.string().regex(/^[A-Z2-7]{32,}$/),
})
export type OfferSecret = z.infer<typeof offerSecret>
