// The cryptographic primitives that core is handed, all from node:crypto.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Hmac } from '../core/otp.ts'
import type { Sha256 } from '../core/tree.ts'

export const hmac: Hmac = (algorithm, key, message) => createHmac(algorithm, key).update(message).digest()

export const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const hmacSha256 = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

export const random = (bytes: number): Buffer => randomBytes(bytes)

/** UUIDv7 (RFC 9562); never used again. */
export const newId = (): string => v7()

/** When a UUIDv7 was made: its first 48 bits, ms since 1970. */
export const timeOfId = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
