// The small values people type, each parsed and put into one form before anything looks at it.
import { z } from 'zod'

/** Nothing that steers a terminal, breaks a line or turns the reading direction round. */
export const printable = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u

/** Letters and digits as on a badge; compared in upper case. 1 to 32 characters. */
export const staffId = z
  .string()
  .max(100)
  // Upper case can be longer than what was typed, so the form that is kept is the one that is measured.
  .transform((value) => value.trim().normalize('NFC').toUpperCase().normalize('NFC'))
  .pipe(
    z
      .string()
      .min(1)
      .max(32)
      .regex(/^[\p{L}\p{N}._-]+$/u),
  )

export const displayName = z.string().trim().min(1).max(100).regex(printable)
export const stationLabel = z.string().trim().min(1).max(100).regex(printable)

/** Why something was done, in the words of whoever did it; goes into the log. */
export const reasonText = z.string().trim().min(3).max(200).regex(printable)

/** What somebody adds in their own words; goes into the log. Empty: nothing. */
export const noteText = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u)

/** Six to eight digits; spaces and dashes that people type between groups are dropped. */
export const oneTimeCode = z
  .string()
  .max(20)
  .transform((value) => value.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9]{6,8}$/))

/** What a phone answers a login QR code with: eight digits. */
export const answerDigits = z
  .string()
  .max(20)
  .transform((value) => value.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[0-9]{8}$/))

/** What the camera read off a phone. */
export const shownText = z.string().min(1).max(2100)

/** As it is typed to sign in: six to twelve digits. */
export const pinText = z.string().regex(/^[0-9]{6,12}$/)

/** As one is chosen: what is too short or too long is said in words, not refused as no PIN at all. */
export const newPinText = z.string().regex(/^[0-9]{0,40}$/)
export const pinProblem = z.enum(['wrong-length', 'common', 'repeated', 'sequence', 'date', 'staff-id'])
export type PinProblem = z.infer<typeof pinProblem>

/** Base32 as people type it: case, spaces and dashes are free, 0, 1 and 8 are read as O, I and B. */
const base32Text = z
  .string()
  .max(64)
  .transform((value) =>
    value.toUpperCase().replace(/[\s-]/g, '').replace(/0/g, 'O').replace(/1/g, 'I').replace(/8/g, 'B'),
  )

/** Sixteen base32 characters (80 bits). */
export const recoveryCodeText = base32Text.pipe(z.string().regex(/^[A-Z2-7]{16}$/))

/** A phone's part where it is typed: sixteen base32 characters. */
export const typedPart = recoveryCodeText

/** Twenty-eight base32 characters: 128 bits, and twelve that check the typing. */
export const emergencyCodeText = base32Text.pipe(z.string().regex(/^[A-Z2-7]{28}$/))

/** Why somebody opens the station in an emergency. */
export const emergencyReason = z.string().trim().min(10).max(200).regex(printable)

/** What whoever reviewed an emergency found. */
export const findingText = z.string().trim().min(10).max(500).regex(printable)
