// P-256 between a phone and this station: keys as points, agreement, and what is derived from it (SEC 1, RFC 5869).
import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  ECDH,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { answerKeyInfo, bindingKeyInfo, digitsMessage, digitsOf, welcomeKeyInfo } from '../core/phone-keys.ts'
import { hmac } from './primitives.ts'

const curve = 'prime256v1'

/** A P-256 public key, compressed to 33 bytes, as a key object; null where it is no point of the curve. */
export function publicKeyOf(compressed: Uint8Array): KeyObject | null {
  try {
    const point = ECDH.convertKey(compressed, curve, undefined, undefined, 'uncompressed') as Buffer
    const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch {
    return null
  }
}

/** COSE_Key of ES256 (RFC 9053, 7.1.1), as WebAuthn names public keys; null where it is no point. */
export function coseKeyOf(compressed: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const jwk = publicKeyOf(compressed)?.export({ format: 'jwk' })
  if (!jwk?.x || !jwk.y) return null
  const [x, y] = [Buffer.from(jwk.x, 'base64url'), Buffer.from(jwk.y, 'base64url')]
  // A map of five: kty EC2, alg ES256, crv P-256, x, y.
  const start = Buffer.from('a5010203262001215820', 'hex')
  return Uint8Array.from(Buffer.concat([start, x, Buffer.from('225820', 'hex'), y]))
}

/** @param spki DER, as a station keeps its own. */
export function compressedKey(spki: Uint8Array): Buffer {
  const { x = '', y = '' } = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return ECDH.convertKey(point, curve, undefined, undefined, 'compressed') as Buffer
}

/** A key pair for one offer: the secret scalar of 32 bytes, and the public point of 33. */
export function makeOfferKeys(): { readonly secret: Buffer; readonly key: Buffer } {
  const ecdh = createECDH(curve)
  ecdh.generateKeys()
  const secret = Buffer.alloc(32)
  const scalar = ecdh.getPrivateKey()
  scalar.copy(secret, 32 - scalar.length)
  return { secret, key: ecdh.getPublicKey(null, 'compressed') as Buffer }
}

/** The x-coordinate of 32 bytes (SEC 1, 3.3.1); null where the point is not on the curve. @param secret scalar, 32 bytes. */
export function agree(secret: Uint8Array, publicKey: Uint8Array): Buffer | null {
  try {
    const ecdh = createECDH(curve)
    ecdh.setPrivateKey(Buffer.from(secret))
    return ecdh.computeSecret(publicKey)
  } catch {
    return null
  }
}

/** The scalar of a private key in PKCS #8, 32 bytes. */
export function scalarOf(pkcs8: Uint8Array): Buffer {
  const { d = '' } = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).export({
    format: 'jwk',
  })
  return Buffer.from(d, 'base64url')
}

/** 32 bytes. @param agreed of `agree`, or s and r joined. */
export const answerKey = (agreed: Uint8Array, stationNumber: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', agreed, stationNumber, answerKeyInfo, 32))

/** 32 bytes. @param agreed of `agree`, or s and r joined. */
export const bindingKey = (agreed: Uint8Array, offerId: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', agreed, offerId, bindingKeyInfo, 32))

/** 32 bytes, for a welcome that a hub carries. @param agreed of `agree` with the offer's key. */
export const welcomeKey = (agreed: Uint8Array, offerId: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', agreed, offerId, welcomeKeyInfo, 32))

/** What the digits about this are a hash of, whatever the key: made once where many keys are tried. */
export const questionOf = (subject: Uint8Array): Uint8Array => digitsMessage(sha256(subject))

/** Eight digits under a key of 32 bytes, for each question of `questionOf`. */
export function digitsUnder(key: Uint8Array): (question: Uint8Array) => string {
  const mac = hmac('SHA256', key)
  return (question) => digitsOf(mac(question))
}

/** Eight digits under a key of 32 bytes. @param subject what they are about: a challenge, or a confirmation's question. */
export const digitsFor = (key: Uint8Array, subject: Uint8Array): string => digitsUnder(key)(questionOf(subject))

/** ES256 with r and s (RFC 7518, 3.4). */
export const isSigned = (message: Uint8Array, signature: Uint8Array, key: KeyObject): boolean =>
  verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)

/** Ed25519, by the station's signing key in PKCS #8. */
export const signedByStation = (message: Uint8Array, pkcs8: Uint8Array): Buffer =>
  sign(null, message, createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
