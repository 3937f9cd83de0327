// Commands of emergency access: getting in with a code out of the envelope; making the codes and reviewing their use.
import { z } from 'zod'
import { displayName, emergencyCodeText, emergencyReason, findingText } from '../fields.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'

/** 'mistyped': the check in the code itself does not fit, which costs no try. 'not-recorded': no record, no access. */
const emergencyAnswer = z.union([
  done,
  refused(['not-now', 'not-allowed', 'mistyped', 'wrong-code', 'already-used', 'throttled', 'not-recorded']),
])
export type EmergencyAnswer = z.infer<typeof emergencyAnswer>

/** Open to whoever stands at the station. */
export const emergencyCommands = {
  openEmergency: command(
    z.strictObject({ code: emergencyCodeText, name: displayName, reason: emergencyReason }),
    emergencyAnswer,
  ),
} as const

const time = z.number().int().nonnegative()
export const emergencyUse = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  reason: z.string(),
  openedAtMs: time,
  endedAtMs: time.nullable(),
  review: z.strictObject({ by: z.string(), atMs: time, finding: z.string() }).nullable(),
})
export type EmergencyUse = z.infer<typeof emergencyUse>

const emergencyStatus = z.strictObject({
  ok: z.literal(true),
  /** What policy says at this moment. */
  allowed: z.boolean(),
  sessionMs: time,
  /** null where there are no codes. */
  codes: z.strictObject({ madeAtMs: time, made: z.number().int(), left: z.number().int() }).nullable(),
  /** Those that wait for a review first, then the newest. */
  uses: z.array(emergencyUse).max(20),
  total: z.number().int().nonnegative(),
  pageSize: z.number().int().positive(),
})
export type EmergencyStatus = z.infer<typeof emergencyStatus>

const newCodes = z.strictObject({
  ok: z.literal(true),
  emergencyCodes: z.array(z.string()).min(1).max(10),
  /** What the sheet in the envelope says of where they work. */
  sheet: z.strictObject({ name: z.string(), location: z.string(), number: z.string(), madeAtMs: time }),
})
export type NewEmergencyCodes = z.infer<typeof newCodes>

export const emergencyAdministrationCommands = {
  readEmergency: command(
    z.strictObject({ page: z.number().int().min(0).max(100_000) }),
    z.union([emergencyStatus, refused(['not-allowed'])]),
  ),
  /** Shown once; they work only once they are acknowledged, and then end the set before. */
  makeEmergencyCodes: command(nothing, z.union([newCodes, refused(administrationRefusals)])),
  acknowledgeEmergencyCodes: command(
    nothing,
    z.union([done, refused([...administrationRefusals, 'codes-gone', 'not-recorded'])]),
  ),
  reviewEmergency: command(
    z.strictObject({ useId: z.uuid(), finding: findingText }),
    z.union([done, refused([...administrationRefusals, 'no-such-use'])]),
  ),
} as const
