// Commands that prove who somebody is.
import { z } from 'zod'
import {
  answerDigits,
  newPinText,
  oneTimeCode,
  pinProblem,
  pinText,
  recoveryCodeText,
  shownText,
  staffId,
} from '../fields.ts'
import { command, done, nothing, refused } from './answers.ts'
import { offerSecret } from './offer-secret.ts'

/** reason 'wrong-code' is all an outsider learns of a person; the log has the true one. */
const loginReasons = [
  'not-now',
  'wrong-code',
  'already-used',
  'throttled',
  'clock-wrong',
  'clock-closed',
  'suspended',
  'people-unconfirmed',
  'phone-needed',
  'stale',
] as const
export const loginRefused = refused(loginReasons)
export type LoginRefusal = z.infer<typeof loginRefused>
const signedIn = z.strictObject({ ok: z.literal(true), displayName: z.string() })
export const loginAnswer = z.union([signedIn, loginRefused, refused(['pin-needed', 'new-pin-needed'])])
export type LoginAnswer = z.infer<typeof loginAnswer>

/**
 * 'challenge-over': the login QR code has run out. 'wrong-or-over': the digits fit none that is known, and the station was
 * started a short while ago. 'id-needed': a staff ID as well. 'phone-closed': the phone said no a
 * short while ago. 'form-refused': policy takes no typed answers here. 'verification-needed': policy wants the phone to have
 * seen its owner. 'location-needed': policy wants to be told where the phone is. 'not-approved': the phone says no. The rest is about what the camera read.
 */
const answerReasons = [
  ...loginReasons,
  'challenge-over',
  'wrong-or-over',
  'id-needed',
  'phone-closed',
  'form-refused',
  'verification-needed',
  'location-needed',
  'not-approved',
  'not-an-answer',
  'other-station',
  'bad-answer',
] as const
export const answerRefused = refused(answerReasons)
/** To a challenge in a session: also by somebody who may not approve it. */
export const confirmationRefused = refused([
  ...answerReasons,
  'not-allowed',
  'no-such-person',
  'staff-id-taken',
  'no-phone-page',
])
export const phoneAnswerAnswer = z.union([signedIn, answerRefused, refused(['pin-needed', 'new-pin-needed'])])
export type PhoneAnswerAnswer = z.infer<typeof phoneAnswerAnswer>

/** What may be wrong with a PIN that somebody chooses. */
export const newPinRefused = refused(['not-same', ...pinProblem.options])
export const twicePin = z.strictObject({ pin: newPinText, again: newPinText })

export const loginCommands = {
  submitCode: command(z.strictObject({ staffId, code: oneTimeCode }), loginAnswer),
  /** The eight digits of a phone that scanned the login QR code; without a staff ID where that is enough. */
  submitAnswer: command(z.strictObject({ staffId: staffId.nullable(), digits: answerDigits }), phoneAnswerAnswer),
  /** What the camera read off a phone: its signed answer. */
  submitShownAnswer: command(z.strictObject({ text: shownText }), phoneAnswerAnswer),
  /** After a right code, where policy wants a PIN. */
  submitPin: command(z.strictObject({ pin: pinText }), z.union([signedIn, loginRefused])),
  /** A first PIN: after a right code at the lock screen, or in an enrollment under way. */
  setNewPin: command(twicePin, z.union([done, loginRefused, newPinRefused])),
  /** Gives up a sign-in that waits for its PIN. */
  cancelSignIn: command(nothing, done),
  submitRecoveryCode: command(z.strictObject({ staffId, code: recoveryCodeText }), loginAnswer),
  /** A ticket looks like a recovery code; one for an enrollment leads to the offer. */
  submitTicket: command(
    z.strictObject({ staffId, code: recoveryCodeText }),
    z.union([signedIn, z.strictObject({ ok: z.literal(true), secret: offerSecret }), loginRefused]),
  ),
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
