// What emergency.db holds: the entries of its chain, and what it is told of station and policy while the station is well.
import { z } from 'zod'
import { printable } from './fields.ts'

const time = z.number().int().nonnegative()
/** ms since 1970, as far as a calendar goes (ECMA-262): the file may be anybody's, and what is in it is read by people. */
const wallTime = time.max(8_640_000_000_000_000)
const plainText = (most: number) => z.string().max(most).regex(printable)
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** One entry of the emergency record; each names the hash of the one before. */
export const emergencyEntry = z.strictObject({
  chain: z.uuid(),
  number: z.number().int().positive(),
  /** The clock may be wrong, and nothing here can prove it. */
  atMs: wallTime,
  what: z.enum(['codes-made', 'opened', 'refused', 'closed']),
  previous: hash.nullable(),
  /** Digest of the set of codes. */
  set: hash.optional(),
  code: z.uuid().optional(),
  /** As typed by whoever used the code; nobody has checked it. */
  name: plainText(100).optional(),
  /** Why they came in, why they were refused, or what ended it. */
  reason: plainText(200).optional(),
  limitMs: time.optional(),
  /** Failures in a row. */
  failures: time.optional(),
  /** Number of the entry that opened what this one closes. */
  opened: z.number().int().positive().optional(),
})
export type EmergencyEntry = z.infer<typeof emergencyEntry>
export type EntryFields = Omit<EmergencyEntry, 'chain' | 'number' | 'previous'>

export const emergencyFacts = z.strictObject({
  name: z.string().max(200),
  location: z.string().max(200),
  number: z.string().regex(/^[0-9a-f]{16}$/),
  /** Policy by the time of the week. */
  week: z.array(z.strictObject({ fromMinute: time, allowed: z.boolean(), sessionMs: time })).max(5000),
})
export type EmergencyFacts = z.infer<typeof emergencyFacts>
