// The log of one station as the hub keeps it, page by page: what it takes to prove it to somebody who believes neither.
import { z } from 'zod'
import { stationNumber } from './names.ts'
import { note } from './up.ts'

export const logQuery = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
})
/** Of one that was pruned only its leaf hash is there, base64. */
export const keptEvent = z.strictObject({
  number: z.number().int().positive(),
  body: z.string().nullable(),
  leaf: z.base64().length(44),
})
export const keptLogHead = z.strictObject({
  station: stationNumber,
  /** Ed25519, SPKI, base64: the station's number is the beginning of its hash. */
  signingKey: z.base64().max(200),
  /** Ed25519, raw, base64, and the name under which it countersigns. */
  hubKey: z.base64().length(44),
  hubName: z.string().max(100),
  /** Of all that is kept, signed by both; null before the first event. */
  checkpoint: note.nullable(),
})
export const keptLogPage = keptLogHead.extend({
  ok: z.literal(true),
  events: z.array(keptEvent),
  next: z.number().int().nullable(),
})
export type KeptLogPage = z.infer<typeof keptLogPage>
export type KeptEvent = z.infer<typeof keptEvent>
