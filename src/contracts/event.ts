// One entry of the audit log.
import { z } from 'zod'

const id = z.uuid()
const label = z.string().max(200)

export const auditEvent = z.strictObject({
  id,
  station: z.string().regex(/^[0-9a-f]{16}$/),
  number: z.number().int().positive(),
  /** Wall time, ms since 1970, as far as a calendar goes (ECMA-262); running time, ms. */
  atMs: z.number().int().nonnegative().max(8_640_000_000_000_000),
  runningMs: z.number().int().nonnegative(),
  type: z
    .string()
    .regex(/^[a-z-]+$/)
    .max(60),
  person: id.optional(),
  credential: id.optional(),
  offer: id.optional(),
  session: id.optional(),
  /** Who did it, where that is not the person it is about. */
  actor: id.optional(),
  /** Who approved it as the second person, where policy wants two. */
  second: id.optional(),
  /** Keyed hash of the staff ID that was typed; never the text, since people type codes in the wrong field. */
  subject: z.string().max(64).optional(),
  method: z.enum(['totp', 'recovery', 'pin', 'ticket', 'phone']).optional(),
  outcome: z.enum(['accepted', 'refused']).optional(),
  reason: label.optional(),
  details: z.record(z.string(), z.union([z.string().max(500), z.number(), z.boolean()])).optional(),
  location: label.optional(),
  appVersion: label,
  salt: z.string().max(64),
  /** Leaf hash of the event before, base64; absent in the first. */
  previous: z.string().max(44).optional(),
  /** Digest of every row that this event changed: `table/id` to base64, or null where the row went. */
  rows: z.record(z.string(), z.string().nullable()).optional(),
})
export type AuditEvent = z.infer<typeof auditEvent>
export type EventFields = Omit<
  AuditEvent,
  'id' | 'station' | 'number' | 'atMs' | 'runningMs' | 'appVersion' | 'salt' | 'previous' | 'rows' | 'location'
>
