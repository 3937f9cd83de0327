// Commands of Administration about alerts.
import { z } from 'zod'
import { noteText } from '../fields.ts'
import { administrationRefusals, command, done, refused } from './answers.ts'
import { namedPerson } from './audit.ts'

const time = z.number().int().nonnegative()

export const alertRow = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  atMs: time,
  /** Whom it is about; null where that is nobody, or a staff ID that nobody has. */
  person: namedPerson.nullable(),
  /** The event that raised it or, once it is acknowledged, the one that says so. */
  event: z.number().int().positive(),
  needsReview: z.boolean(),
  /** The sign-in that somebody says was not theirs. */
  signIn: z.strictObject({ event: z.number().int().positive(), atMs: time }).nullable(),
  acknowledged: z.strictObject({ atMs: time, by: namedPerson.nullable(), note: z.string().nullable() }).nullable(),
})
export type AlertRow = z.infer<typeof alertRow>

export const alertCommands = {
  listAlerts: command(
    z.strictObject({ open: z.boolean(), after: z.uuid().nullable() }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        alerts: z.array(alertRow).max(20),
        /** Where the next page begins; null at the end. */
        next: z.uuid().nullable(),
      }),
      refused(['not-allowed']),
    ]),
  ),
  acknowledgeAlert: command(
    /** What they found or did, for the log. */
    z.strictObject({ alertId: z.uuid(), note: noteText.optional() }),
    z.union([done, refused([...administrationRefusals, 'no-such-alert', 'needs-review'])]),
  ),
} as const
