// What a challenge's QR code carries: what it is for, random bytes, its station and time; no secret in it.
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

/**
 * 'unlock': the login QR code. The others are shown in a session, and each is answered for itself alone. 'step-up': a change
 * of one's own. 'second': what somebody else is about to do. 'move': a new phone in the place of this one.
 */
export type ChallengePurpose = 'unlock' | 'step-up' | 'second' | 'move'
/** In the order of the first byte, from 1 on. */
const purposes: readonly ChallengePurpose[] = ['unlock', 'step-up', 'second', 'move']
/** Of a payload: purpose, station number, nonce, issue time. */
export const challengeBytes = 1 + 8 + 16 + 4

export interface Challenge {
  readonly purpose: ChallengePurpose
  /** First 8 bytes of SHA-256 of the station's signing public key. */
  readonly station: Uint8Array
  readonly nonce: Uint8Array
  readonly issuedAtSeconds: number
}

/** 29 bytes: purpose, station number, nonce, issue time (big-endian seconds). */
export function encodeChallenge(challenge: Challenge): Uint8Array {
  const bytes = new Uint8Array(challengeBytes)
  bytes[0] = purposes.indexOf(challenge.purpose) + 1
  bytes.set(challenge.station, 1)
  bytes.set(challenge.nonce, 9)
  new DataView(bytes.buffer).setUint32(25, challenge.issuedAtSeconds)
  return bytes
}

/** null where these are not the bytes of one. */
export function decodeChallengeBytes(bytes: Uint8Array): Challenge | null {
  const purpose = purposes[(bytes[0] ?? 0) - 1]
  if (bytes.length !== challengeBytes || !purpose) return null
  const issuedAtSeconds = new DataView(bytes.buffer, bytes.byteOffset).getUint32(25)
  return { purpose, station: bytes.slice(1, 9), nonce: bytes.slice(9, 25), issuedAtSeconds }
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
