// How long the hub keeps what events say, and what has to be kept for a court whatever that is.
import { z } from 'zod'
import { reasonText } from '../fields.ts'
import { timeMs } from './names.ts'

/** Days; null: for ever. */
const retentionDays = z.number().int().min(30).max(36_500).nullable()
export const retentionRequest = z.strictObject({ days: retentionDays, reason: reasonText })
export const retentionAnswer = z.strictObject({ ok: z.literal(true), days: retentionDays })

/** Of one person, of a span of time, of both; without either it holds everything. */
export const holdRequest = z.strictObject({
  personId: z.uuid().nullable().default(null),
  fromMs: timeMs.nullable().default(null),
  toMs: timeMs.nullable().default(null),
  reason: reasonText,
})
export const holdMade = z.strictObject({ ok: z.literal(true), id: z.uuid() })
export const holdView = z.strictObject({
  id: z.uuid(),
  personId: z.uuid().nullable(),
  fromMs: timeMs.nullable(),
  toMs: timeMs.nullable(),
  reason: z.string(),
  setAtMs: timeMs,
  setBy: z.uuid(),
})
/** Those that hold now; what was lifted is among the actions. */
export const holdsAnswer = z.strictObject({ ok: z.literal(true), holds: z.array(holdView) })
