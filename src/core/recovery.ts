// Recovery codes: 80 random bits each, as sixteen base32 characters in groups of four.
import { toBase32 } from './base32.ts'

export const recoveryCodeCount = 10
export const recoveryCodeBytes = 10

/** @param bytes 10 random bytes. */
export function recoveryCode(bytes: Uint8Array): string {
  if (bytes.length !== recoveryCodeBytes) throw new RangeError('a recovery code is made from 10 bytes')
  return (toBase32(bytes).match(/.{4}/g) ?? []).join('-')
}
