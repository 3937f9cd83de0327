// The cryptographic primitives that core is handed, all from node:crypto.
import { createHmac, createSecretKey, hash, type KeyObject, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Hmac } from '../core/otp.ts'
import type { Sha256 } from '../core/tree.ts'

/** A key object is made once: to Node, raw bytes are a new key at every use, which costs several times the HMAC itself. */
export const hmac: Hmac = (algorithm, key) => {
  const secret = createSecretKey(key)
  return (message) => bytesOf(createHmac(algorithm, secret).update(message).digest('binary'))
}

/** In one call: to Node, an object that takes part after part costs more than the hash of something small. */
export const sha256: Sha256 = (...parts) => hash('sha256', Buffer.concat(parts), 'buffer')

export const hmacSha256 = (key: KeyObject, text: string): Buffer =>
  bytesOf(createHmac('sha256', key).update(text).digest('binary'))

/** By way of a string of as many characters: a Buffer straight from a digest has memory of its own, a third of its price. */
const bytesOf = (text: string): Buffer => Buffer.from(text, 'binary')

export const random = (bytes: number): Buffer => randomBytes(bytes)

/** Random bytes that are kept in the clear, as in ids and salts. Drawn many at a time: each draw costs more than its bytes. */
export function openRandom(bytes: number): Buffer {
  if (drawn.length < bytes) drawn = randomBytes(4096)
  const taken = drawn.subarray(0, bytes)
  drawn = drawn.subarray(bytes)
  return taken
}
let drawn: Buffer = Buffer.alloc(0)

/** UUIDv7 (RFC 9562, 6.2, method 1); never used again, and greater than those made before it by this process. */
export function newId(): string {
  const bytes = openRandom(16)
  const now = Date.now()
  lastId = now > lastId.msecs ? { msecs: now, seq: bytes.readUInt32BE(6) >>> 1 } : { ...lastId, seq: lastId.seq + 1 }
  return v7({ random: bytes, ...lastId })
}
let lastId = { msecs: 0, seq: 0 }

/** When a UUIDv7 was made: its first 48 bits, ms since 1970. */
export const timeOfId = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
