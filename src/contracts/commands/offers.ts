// Commands of Administration about offers: those that wait, those that ended.
import { z } from 'zod'
import { reasonText } from '../fields.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'
import { offered } from './enrollment.ts'

const time = z.number().int().nonnegative()
const text = z.string().max(200)

export const offerPurpose = z.enum(['first', 'replace', 'add', 'move'])
export const offerRow = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  personName: text,
  staffId: text,
  /** 'waiting': to be shown at the station. 'open': on its screen. */
  status: z.enum(['waiting', 'open', 'confirmed', 'ended']),
  purpose: offerPurpose,
  madeAtMs: time,
  /** Name of whoever made it; null at set-up. */
  madeBy: text.nullable(),
  reason: text.nullable(),
  expiresAtMs: time,
  /** What ended it, and in whose words; null while it lives. */
  end: z.strictObject({ atMs: time, reason: text, by: text.nullable(), why: text.nullable() }).nullable(),
})
export type OfferRow = z.infer<typeof offerRow>

const offerId = z.strictObject({ offerId: z.uuid() })
export const offerCommands = {
  /** Live ones, and those that ended lately; newest first. */
  listOffers: command(
    nothing,
    z.union([
      z.strictObject({ ok: z.literal(true), live: z.array(offerRow).max(100), ended: z.array(offerRow).max(20) }),
      refused(['not-allowed']),
    ]),
  ),
  showOffer: command(offerId, z.union([offered, refused([...administrationRefusals, 'no-such-offer'])])),
  renewWaitingOffer: command(offerId, z.union([done, refused([...administrationRefusals, 'no-such-offer'])])),
  withdrawOffer: command(
    z.strictObject({ offerId: z.uuid(), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, 'no-such-offer'])]),
  ),
} as const
