// What goes up: events in order, each batch ended by a checkpoint; and what the hub says of them.
import { z } from 'zod'

/** In one batch: what a batch costs beside its events is shared by many. */
export const eventsAtMost = 1000
/** Of one event, in characters. */
export const eventLength = 65_536
/** No database keeps a text with a zero in it. */
const noteOf = (length: number) =>
  z
    .string()
    .max(length)
    .refine((text) => !text.includes('\0'))
export const note = noteOf(2000)
/** With the hub's own line below. */
const cosignedNote = noteOf(2400)

export const eventsRequest = z.strictObject({
  /** As they were hashed, in order. */
  events: z.array(z.string().max(eventLength)).min(1).max(eventsAtMost),
  /** Of the log as it was after the last of them. */
  checkpoint: note,
})

export const eventsAnswer = z.strictObject({
  ok: z.literal(true),
  /** As many events of this station are kept. */
  acknowledged: z.number().int().nonnegative(),
  /** The checkpoint of just that many, with the hub's cosignature below the station's signature. */
  checkpoint: cosignedNote,
})
export type EventsAnswer = z.infer<typeof eventsAnswer>
