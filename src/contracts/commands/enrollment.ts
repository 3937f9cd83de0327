// Commands of set-up and of an enrollment under way.
import { z } from 'zod'
import { displayName, oneTimeCode, staffId, stationLabel } from '../fields.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'
import { loginRefused } from './login.ts'
import { offerSecret } from './offer-secret.ts'

export const offered = z.union([
  z.strictObject({ ok: z.literal(true), secret: offerSecret }),
  refused(['not-now', 'staff-id-taken', 'no-such-person']),
])
export const newCodes = z.strictObject({ ok: z.literal(true), recoveryCodes: z.array(z.string()).length(10) })
const confirmed = z.union([newCodes, refused(['not-now', 'wrong-code', 'clock-wrong', 'expired', 'too-many-tries'])])

export const enrollmentCommands = {
  setUpStation: command(
    z.strictObject({
      name: stationLabel,
      location: stationLabel,
      administratorName: displayName,
      administratorStaffId: staffId,
    }),
    offered,
  ),
  /** A fresh offer for the same person; the one before ends. In a session it needs what making one needs. */
  renewOffer: command(nothing, z.union([offered, refused(administrationRefusals)])),
  /** For whoever is signed in, with a code of the phone from before; the first code of the new one ends it. */
  moveToNewPhone: command(
    z.strictObject({ code: oneTimeCode }),
    z.union([offered, loginRefused, refused(['not-allowed'])]),
  ),
  abandonOffer: command(nothing, done),
  confirmOffer: command(z.strictObject({ code: oneTimeCode }), confirmed),
  acknowledgeRecoveryCodes: command(nothing, z.union([done, refused(['not-now'])])),
  /** Whether there is a printer that a page goes to without a dialog. */
  readPrinter: command(nothing, z.union([done, refused(['not-now', 'no-printer'])])),
  /** The page with the recovery codes that are on the screen. */
  printRecoveryCodes: command(nothing, z.union([done, refused(['not-now', 'no-printer'])])),
  /** New codes where the ones before were never acknowledged. */
  renewRecoveryCodes: command(nothing, z.union([newCodes, refused(['not-now'])])),
} as const
