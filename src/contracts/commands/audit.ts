// Commands of Administration about the audit log: looking through it, verifying it, taking a copy of it out.
import { z } from 'zod'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'

export const eventGroup = z.enum(['sign-ins', 'people', 'credentials', 'policy', 'alerts', 'log', 'station', 'other'])
export type EventGroup = z.infer<typeof eventGroup>

const count = z.number().int().nonnegative()
const eventNumber = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const text = z.string()
const time = count.max(Number.MAX_SAFE_INTEGER)

/**
 * Somebody whom an event names by their id, as they are called now; null where nobody has this id. `token`: no person, but
 * a provisioning token of this name.
 */
export const namedPerson = z.strictObject({
  id: z.uuid(),
  displayName: text.nullable(),
  staffId: text.nullable(),
  token: z.literal(true).optional(),
})
export type NamedPerson = z.infer<typeof namedPerson>

export const logRow = z.strictObject({
  number: eventNumber,
  atMs: time,
  type: text,
  outcome: z.enum(['accepted', 'refused']).nullable(),
  reason: text.nullable(),
  method: text.nullable(),
  person: namedPerson.nullable(),
  actor: namedPerson.nullable(),
})
export type LogRow = z.infer<typeof logRow>

export const logFilter = z.strictObject({
  group: eventGroup.nullable(),
  /** Staff ID or name, whole or in part; empty: anybody. */
  person: z.string().max(100),
  outcome: z.enum(['accepted', 'refused']).nullable(),
  /** Wall time, ms since 1970: from the first on, and before the second. */
  fromMs: time.nullable(),
  toMs: time.nullable(),
})
export type LogFilterInput = z.infer<typeof logFilter>

/** Verifying and taking a copy go on beside everything else, one of them at a time. */
export const logWork = z.strictObject({
  kind: z.enum(['verify', 'export']),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Events that are done, and how many there are. */
  events: count,
  total: count,
  /** What is wrong with the log, in the words of `audit verify`; null where nothing was found. */
  finding: z
    .strictObject({
      kind: z.enum(['event', 'cut', 'rewritten', 'row', 'index']),
      /** The first event that is wrong or missing, where that can be said. */
      event: eventNumber.nullable(),
      problem: text.nullable(),
      row: text.nullable(),
      known: count.nullable(),
    })
    .nullable(),
  /** Whether the keychain's checkpoint vouches for the end of the log. */
  anchored: z.boolean(),
  /** The name of the file that was written. */
  file: text.nullable(),
})
export type LogWorkView = z.infer<typeof logWork>

export const auditCommands = {
  readLog: command(
    z.strictObject({ filter: logFilter, before: eventNumber.nullable() }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        events: z.array(logRow).max(50),
        /** Where the next page begins; null at the end. */
        next: eventNumber.nullable(),
        total: count,
        /** Whom the filter's words mean. */
        people: z.array(namedPerson).max(10),
      }),
      refused(['not-allowed', 'too-many-people']),
    ]),
  ),
  readEvent: command(
    z.strictObject({ number: eventNumber }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        event: logRow,
        details: z.array(z.strictObject({ name: text, value: text })),
        /** Rows that it changed, as `table/id`. */
        rows: z.array(text).max(100),
        rowCount: count,
        location: text.nullable(),
        appVersion: text,
        /** The event as it was hashed, and its leaf hash in hex. */
        body: text,
        leaf: text,
      }),
      refused(['not-allowed', 'no-such-event']),
    ]),
  ),
  verifyLog: command(nothing, z.union([done, refused(['not-allowed', 'busy'])])),
  /** Asks where to, and goes on by itself once that is said. */
  exportLog: command(
    z.strictObject({ format: z.enum(['jsonl', 'csv']) }),
    z.union([done, refused([...administrationRefusals, 'busy', 'no-file'])]),
  ),
  readLogWork: command(
    nothing,
    z.union([z.strictObject({ ok: z.literal(true), work: logWork.nullable() }), refused(['not-allowed'])]),
  ),
  cancelLogWork: command(nothing, z.union([done, refused(['not-allowed'])])),
} as const
