// What an organisation's administrators have begun at the hub, and what they have done: offers, codes to join with, actions.
import { z } from 'zod'
import { reasonText } from '../fields.ts'
import { role } from '../roles.ts'
import { groups } from './desk.ts'
import { timeMs } from './names.ts'

/** `all`: also those that were used, withdrawn, or are over, as long as they are kept. */
export const pendingQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
  only: z.enum(['open', 'all']).default('open'),
})

/** Its secret left the hub once, to whoever made it, and is not among this. */
export const offerView = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  staffId: z.string(),
  displayName: z.string(),
  status: z.enum(['open', 'confirmed', 'ended']),
  /** Wrong codes so far. */
  tries: z.number().int().nonnegative(),
  expiresAtMs: timeMs,
})
export type OfferView = z.infer<typeof offerView>
const next = z.string().nullable()
export const offersPage = z.strictObject({ ok: z.literal(true), offers: z.array(offerView), next })

export const joinCodeView = z.strictObject({
  id: z.uuid(),
  group: z.string().nullable(),
  status: z.enum(['open', 'used', 'ended']),
  /** Staff ID of whoever made it. */
  madeBy: z.string(),
  expiresAtMs: timeMs,
})
export type JoinCodeView = z.infer<typeof joinCodeView>
export const joinCodesPage = z.strictObject({ ok: z.literal(true), joinCodes: z.array(joinCodeView), next })

export const actionsQuery = pendingQuery.omit({ only: true })
export const actionView = z.strictObject({
  id: z.uuid(),
  atMs: timeMs,
  type: z.string(),
  /** Their id and staff ID; null: nobody who is known here, as whoever runs the hub. */
  actor: z.strictObject({ id: z.uuid(), staffId: z.string() }).nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type ActionView = z.infer<typeof actionView>
/** Newest first. */
export const actionsPage = z.strictObject({ ok: z.literal(true), actions: z.array(actionView), next })

/** What ended more than so many days ago, whether it was used or not. */
export const purgeRequest = z.strictObject({ days: z.number().int().min(0).max(3650), reason: reasonText })
export const purged = z.strictObject({
  ok: z.literal(true),
  offers: z.number().int().nonnegative(),
  joinCodes: z.number().int().nonnegative(),
})

/** What is not named stays as it is. */
export const accessChange = z.strictObject({
  roles: z.array(role).min(1).max(4).optional(),
  groups: groups.optional(),
  reason: reasonText,
})
/** How many phones have to be let in anew. */
export const accessChanged = z.strictObject({ ok: z.literal(true), phonesWaiting: z.number().int().nonnegative() })
