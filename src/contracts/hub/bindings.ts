// A phone that is bound by way of the hub: the box that a station opens for its offer, the phone's part in it, and the welcome.
import { z } from 'zod'
import { secretText } from './names.ts'

const bytesText = z.string().regex(/^[A-Za-z0-9_-]+$/)
/** Of a part with the longest id of a passkey, 301 bytes, in base64url; of a sealed welcome, 28 bytes longer than any. */
const partLength = 402
const welcomeLength = 800

/** SHA-256 of `boxSubject`, base64url: nobody guesses it. */
const box = secretText

/** Longer than an offer of any policy; the hub counts by its own clock. */
export const boxLivesAtMostMs = 60 * 60_000
export const openBoxRequest = z.strictObject({ box, livesMs: z.number().int().min(1000).max(boxLivesAtMostMs) })
export const boxAnswer = z.strictObject({ ok: z.literal(true) })

/** From the phone. `part`: the bytes that a camera would be shown. `claim`: SHA-256 of what it will ask for its welcome by. */
export const sentPart = z.strictObject({ box, part: bytesText.max(partLength), claim: secretText })

export const partsAtOnce = 10
/** What a station fetches, each once. */
export const partsRequest = z.strictObject({})
export const partsForStation = z.strictObject({
  ok: z.literal(true),
  parts: z.array(bytesText.max(partLength)).max(partsAtOnce),
})

/** From the station, once the digits have confirmed. `part`: SHA-256 of the one that they were about. */
export const sentWelcome = z.strictObject({ box, part: secretText, welcome: bytesText.max(welcomeLength) })

export const welcomeRequest = z.strictObject({ box, claim: secretText })
/** `fetched`: the station has this phone's part. `welcome`: sealed; null while there is none. */
export const welcomeForPhone = z.strictObject({
  ok: z.literal(true),
  fetched: z.boolean(),
  welcome: bytesText.max(welcomeLength).nullable(),
})
