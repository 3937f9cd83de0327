// What a bound phone says by way of the hub: its signed answer to a workstation, and what it asks of the directory.
import { z } from 'zod'
import { secretText } from './names.ts'

/** Bytes of an answer with a passkey's assertion, at most, and what they take in base64url. */
const answerLength = 6000
const bytesText = z.string().regex(/^[A-Za-z0-9_-]+$/)

/** `answer`: the same bytes that a camera would be shown. */
export const sentAnswer = z.strictObject({
  answer: bytesText.max(answerLength),
  /** Of the directory that the phone has; null for none. */
  version: secretText.nullable(),
})
/** `directory`: a JWS by the organisation's key; null where the phone has this one. */
export const sentAnswerTaken = z.strictObject({ ok: z.literal(true), directory: z.string().nullable() })

/** The proof of a phone that asks for the directory: credential, seconds since 1970, and ES256 over `directoryMessage`. */
export const phoneHeader = 'wardkey-phone'
export const phoneProof = z
  .string()
  .regex(/^[0-9a-f-]{36}\.\d{10}\.[A-Za-z0-9_-]{86}$/)
  .transform((text) => {
    const [credential = '', at = '', signature = ''] = text.split('.')
    return { credential, atSeconds: Number(at), signature }
  })
export const directoryAnswer = z.strictObject({ ok: z.literal(true), directory: z.string() })

export const answersAtOnce = 10
/** What a station fetches, each once. */
export const answersRequest = z.strictObject({})
export const answersForStation = z.strictObject({
  ok: z.literal(true),
  answers: z.array(bytesText.max(answerLength)).max(answersAtOnce),
})
