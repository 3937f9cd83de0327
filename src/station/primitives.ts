// The cryptographic primitives that core is handed, all from node:crypto.
import { createHmac, createSecretKey, hash, type KeyObject, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Hmac } from '../core/otp.ts'
import type { Sha256 } from '../core/tree.ts'

/** A key object is made once: to Node, raw bytes are a new key at every use, which costs several times the HMAC itself. */
export const hmac: Hmac = (algorithm, key) => {
  const secret = createSecretKey(key)
  return (message) => createHmac(algorithm, secret).update(message).digest()
}

/** In one call: to Node, an object that takes part after part costs more than the hash of something small. */
export const sha256: Sha256 = (...parts) => hash('sha256', Buffer.concat(parts), 'buffer')

export const hmacSha256 = (key: KeyObject, text: string): Buffer => createHmac('sha256', key).update(text).digest()

export const random = (bytes: number): Buffer => randomBytes(bytes)

/** UUIDv7 (RFC 9562); never used again. */
export const newId = (): string => v7()

/** When a UUIDv7 was made: its first 48 bits, ms since 1970. */
export const timeOfId = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
