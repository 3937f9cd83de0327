// How a station proves each request to be its own: a JWS by its signing key (EdDSA), in the header `wardkey-proof`.
import { z } from 'zod'
import { secretText, stationNumber, timeMs } from './names.ts'

export const proofHeader = 'wardkey-proof'
/** In it the hub hands out the token that it wants to see next. */
export const tokenHeader = 'wardkey-token'
/** Beside the refusal 'token-old': whoever is there now, and no request of before that comes late, can sign it. */
export const challengeHeader = 'wardkey-challenge'

/** A proof is of one request: its method, path and body; `token` is the one that the hub handed out last. */
export const proofClaims = z.strictObject({
  station: stationNumber,
  method: z.enum(['GET', 'POST']),
  path: z.string().max(300),
  /** SHA-256 of the body, base64url. */
  digest: secretText,
  /** The station's own time: how far off it is says the hub, and refuses nothing for it. */
  atMs: timeMs,
  /** Random: the hub's signed answer names it, so that an older one can't stand in for it. */
  nonce: secretText,
  token: secretText,
  /** The one that the hub asked for when it found the token old. */
  challenge: secretText.optional(),
})
export type ProofClaims = z.infer<typeof proofClaims>
