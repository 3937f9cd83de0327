// The login QR code's payload: random, bound to its station, no secret in it.
import { fromBase32, toBase32 } from './base32.ts'

export const challengeRule = {
  rotatesMs: 30_000,
  livesMs: 120_000,
  idleRotations: 10,
  nonceBytes: 16,
  /** As many end every code that is live. */
  wrongAnswers: 3,
  /** How long, and how many, codes that are over are known, so that a late answer is told from a wrong one. */
  rememberedMs: 10 * 60_000,
  remembered: 20,
} as const
const version = 1
/** Of a payload: version, station number, nonce, issue time. */
export const challengeBytes = 1 + 8 + 16 + 4

export interface Challenge {
  /** First 8 bytes of SHA-256 of the station's signing public key. */
  readonly station: Uint8Array
  readonly nonce: Uint8Array
  readonly issuedAtSeconds: number
}

/** 29 bytes: version, station number, nonce, issue time (big-endian seconds). */
export function encodeChallenge(challenge: Challenge): Uint8Array {
  const bytes = new Uint8Array(challengeBytes)
  bytes[0] = version
  bytes.set(challenge.station, 1)
  bytes.set(challenge.nonce, 9)
  new DataView(bytes.buffer).setUint32(25, challenge.issuedAtSeconds)
  return bytes
}

/** null where these are not the bytes of one. */
export function decodeChallengeBytes(bytes: Uint8Array): Challenge | null {
  if (bytes.length !== challengeBytes || bytes[0] !== version) return null
  const issuedAtSeconds = new DataView(bytes.buffer, bytes.byteOffset).getUint32(25)
  return { station: bytes.slice(1, 9), nonce: bytes.slice(9, 25), issuedAtSeconds }
}

export function decodeChallenge(text: string): Challenge | null {
  if (!/^[A-Z2-7]{47}$/.test(text)) return null
  const bytes = fromBase32(text)
  return toBase32(bytes) === text ? decodeChallengeBytes(bytes) : null
}

/** What the QR code says, in the segments that keep it small: all but the `#` is alphanumeric. */
export function challengeSegments(host: string, challenge: Challenge): [string, '#', string] {
  return [`HTTPS://${host.toUpperCase()}/`, '#', toBase32(encodeChallenge(challenge))]
}
