// Commands about a challenge in a session: a bound phone's answer where a fresh code would do.
import { z } from 'zod'
import { answerDigits, shownText, staffId } from '../fields.ts'
import { qrSymbol, questionAbout } from '../screen.ts'
import { command, done, nothing, refused } from './answers.ts'
import { confirmationRefused } from './login.ts'
import { offerSecret } from './offer-secret.ts'

/** What it was about is done, or led to an offer: of an authenticator app, or the code that a phone scans to be bound. */
const confirmed = z.union([
  done,
  z.strictObject({ ok: z.literal(true), secret: offerSecret }),
  z.strictObject({ ok: z.literal(true), qr: qrSymbol }),
  confirmationRefused,
])

export const questionCommands = {
  /** The challenge comes with the screen. 'no-phone': nobody who could answer has a bound phone, or there is no phone page. */
  showQuestion: command(z.strictObject({ about: questionAbout }), z.union([done, refused(['not-now', 'no-phone'])])),
  hideQuestion: command(nothing, done),
  /** The eight digits of the phone that scanned it. `staffId`: whose, where that is not whoever is signed in. */
  answerQuestion: command(z.strictObject({ staffId: staffId.nullable(), digits: answerDigits }), confirmed),
  /** What the camera read off a phone: its signed answer. */
  showAnswerToQuestion: command(z.strictObject({ text: shownText }), confirmed),
} as const
