// What enrolls a phone: in a file of its own, since enrolling and signing in both give it out and also ask for each other.
import { z } from 'zod'
import { qrSymbol } from '../screen.ts'

/** Given out once, by the command that made the offer. */
export const offerSecret = z.strictObject({
  qr: qrSymbol,
  setupKey: z.string().regex(/^[A-Z2-7]{32,}$/),
})
export type OfferSecret = z.infer<typeof offerSecret>
