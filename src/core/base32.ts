// Base32 without padding (RFC 4648, 6), by otpauth's own codec.
import { Secret } from 'otpauth/bare'

export const toBase32 = (bytes: Uint8Array): string => new Secret({ buffer: new Uint8Array(bytes).buffer }).base32

/** Throws on a character outside the alphabet. */
export const fromBase32 = (text: string): Uint8Array => Secret.fromBase32(text).bytes
