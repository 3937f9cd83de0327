// Emergency codes: 128 random bits, then twelve that check the typing, as seven groups of four base32 characters.
import { fromBase32, toBase32 } from './base32.ts'

export const emergencyCodeCount = 3
export const emergencyCodeBytes = 16
export const emergencyCodeLength = 28

/** The largest prime of twelve bits: any one wrong character changes the remainder. */
const modulus = 4093

const checkOf = (bytes: Uint8Array): number => bytes.reduce((rest, byte) => (rest * 256 + byte) % modulus, 0)

/** @param bytes 16 random bytes. */
export function emergencyCode(bytes: Uint8Array): string {
  if (bytes.length !== emergencyCodeBytes) throw new RangeError('an emergency code is made from 16 bytes')
  const check = checkOf(bytes)
  const text = toBase32(Uint8Array.from([...bytes, check >> 4, (check & 15) << 4])).slice(0, emergencyCodeLength)
  return (text.match(/.{4}/g) ?? []).join('-')
}

/**
 * The 16 bytes of a typed code; null where it was mistyped. Anybody can work out the check: it saves a try, and guards nothing.
 * @param text 28 base32 characters in upper case, without dashes.
 */
export function emergencyCodeBytesOf(text: string): Uint8Array | null {
  const bytes = fromBase32(`${text}A`)
  const [high = 0, low = 0] = bytes.subarray(emergencyCodeBytes)
  const code = bytes.slice(0, emergencyCodeBytes)
  return checkOf(code) === high * 16 + (low >> 4) ? code : null
}
