// Commands that prove who somebody is.
import { z } from 'zod'
import { oneTimeCode, recoveryCodeText, staffId } from '../fields.ts'
import { command, done, refused } from './answers.ts'

/** reason 'wrong-code' is all an outsider learns of a person; the log has the true one. */
export const loginRefused = refused([
  'not-now',
  'wrong-code',
  'already-used',
  'throttled',
  'clock-wrong',
  'clock-closed',
  'suspended',
  'people-unconfirmed',
])
export const loginAnswer = z.union([z.strictObject({ ok: z.literal(true), displayName: z.string() }), loginRefused])
export type LoginAnswer = z.infer<typeof loginAnswer>

export const loginCommands = {
  submitCode: command(z.strictObject({ staffId, code: oneTimeCode }), loginAnswer),
  submitRecoveryCode: command(z.strictObject({ staffId, code: recoveryCodeText }), loginAnswer),
  /** A fresh code of whoever is signed in, for what asks for one. */
  stepUp: command(z.strictObject({ code: oneTimeCode }), z.union([done, loginRefused, refused(['not-allowed'])])),
  /** The code of somebody else who may do it, for the change that was refused as 'second-needed' just now. */
  approveAsSecond: command(
    z.strictObject({ staffId, code: oneTimeCode }),
    z.union([done, loginRefused, refused(['not-allowed'])]),
  ),
  /** By whoever is signed in, about one of the sign-ins that their screen lists: their way in closes, and this session ends. */
  reportNotMe: command(
    z.strictObject({ event: z.number().int().positive() }),
    z.union([done, refused(['not-now', 'no-such-sign-in'])]),
  ),
} as const
