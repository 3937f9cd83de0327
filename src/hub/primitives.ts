// The cryptographic primitives that core is handed, and the hub's small ones, all from node:crypto.
import { createHash, createHmac, createSecretKey, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { v7 } from 'uuid'
import type { Hmac } from '../core/otp.ts'
import type { Sha256 } from '../core/tree.ts'

export const hmac: Hmac = (algorithm, key) => {
  const secret = createSecretKey(key)
  return (message) => createHmac(algorithm, secret).update(message).digest()
}

export const sha256: Sha256 = (...parts) => hash('sha256', Buffer.concat(parts), 'buffer')

/** SHA-256 of a text or of bytes, base64url: 43 characters. */
export const digestText = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('base64url')

export const random = (bytes: number): Buffer => randomBytes(bytes)

/** 256 random bits, base64url. What is kept of it is its hash: of so many bits, nothing is learned from that. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

export const newId = (): string => v7()

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

/** @param text base64url, as its schema let it through. */
export const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url')
