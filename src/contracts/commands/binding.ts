// Commands of binding a phone that scans: its part, the digits that confirm it, and the welcome that it scans last.
import { z } from 'zod'
import { answerDigits, shownText, typedPart } from '../fields.ts'
import { qrSymbol } from '../screen.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'
import { newCodes } from './enrollment.ts'

/** What the phone scans first. Given out once, by the command that made the offer. */
export const bindingOffered = z.union([
  z.strictObject({ ok: z.literal(true), qr: qrSymbol }),
  refused(['not-now', 'no-such-person']),
])
export type BindingOffered = z.infer<typeof bindingOffered>

/** 'second-part': another phone answered as well, so the offer has ended. */
const partRefused = refused(['not-now', 'not-a-part', 'other-offer', 'bad-part', 'second-part', 'expired'])

export const bindingCommands = {
  /** What the camera read off the phone. */
  submitPhonePart: command(z.strictObject({ text: shownText }), z.union([done, partRefused])),
  /** The part of a phone where there is neither a camera nor a network. */
  submitTypedPart: command(z.strictObject({ part: typedPart }), z.union([done, partRefused])),
  /** The eight digits that the phone shows. */
  confirmBinding: command(
    z.strictObject({ digits: answerDigits }),
    z.union([done, refused(['not-now', 'no-part', 'wrong-code', 'expired', 'too-many-tries', 'last-administrator'])]),
  ),
  /** A fresh offer for the same person; in a session it needs what making one needs. */
  renewBinding: command(nothing, z.union([bindingOffered, refused([...administrationRefusals, 'no-phone-page'])])),
  /** The phone knows this workstation by now. Whoever has no recovery codes that work gets some. */
  finishWelcome: command(nothing, z.union([newCodes, done, refused(['not-now'])])),
} as const
