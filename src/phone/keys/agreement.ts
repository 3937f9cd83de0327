// The phone's keys and what is derived with a station: P-256 and HKDF by WebCrypto, points in their short form by @noble.
import { ed25519 } from '@noble/curves/ed25519.js'
import { joined } from '../../core/fields.ts'
import { answerKeyInfo, bindingKeyInfo, digitsMessage, digitsOf } from '../../core/phone-keys.ts'
import { P256 } from './curve.ts'

export type Bytes = Uint8Array<ArrayBuffer>
export const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)

export interface PhoneKeys {
  readonly signing: CryptoKeyPair
  readonly agreement: CryptoKeyPair
}

/** @param toSeal whether the private keys can be taken out once, to be wrapped: by the browser itself, and not into the page. */
export async function makeKeys(toSeal: boolean): Promise<PhoneKeys> {
  const curve = { namedCurve: 'P-256' }
  const [signing, agreement] = await Promise.all([
    crypto.subtle.generateKey({ name: 'ECDSA', ...curve }, toSeal, ['sign', 'verify']),
    crypto.subtle.generateKey({ name: 'ECDH', ...curve }, toSeal, ['deriveBits']),
  ])
  return { signing, agreement }
}

/** 33 bytes. */
export async function shortPublicKey(key: CryptoKey): Promise<Bytes> {
  const whole = new Uint8Array(await crypto.subtle.exportKey('raw', key))
  return own(P256.fromBytes(whole).toBytes(true))
}

/** Of a key in SubjectPublicKeyInfo, as WebAuthn gives it: 33 bytes. Throws where it is no P-256 key. */
export async function shortOfSpki(spki: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])
  return shortPublicKey(key)
}

/** The x-coordinate of 32 bytes (SEC 1, 3.3.1). Throws where the other key is no point of the curve. */
export async function agree(agreement: CryptoKey, other: Uint8Array): Promise<Bytes> {
  const whole = own(P256.fromBytes(other).toBytes(false))
  const publicKey = await crypto.subtle.importKey('raw', whole, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, agreement, 256))
}

/** Key of typed answers at this station. @param agreed of `agree` with the station's key, or s and r joined. @param toSeal as for `makeKeys`. */
export const answerKey = (agreed: Bytes, stationNumber: Uint8Array, toSeal: boolean): Promise<CryptoKey> =>
  derived(agreed, stationNumber, answerKeyInfo, toSeal)

/** Key of the digits that confirm. @param agreed of `agree` with the offer's key, or s and r joined. */
export const bindingKey = (agreed: Bytes, offer: Uint8Array): Promise<CryptoKey> =>
  derived(agreed, offer, bindingKeyInfo, false)

/** 32 bytes. @param agreed of `agree` with the offer's key. */
export async function deriveBytes(agreed: Bytes, salt: Uint8Array, info: string): Promise<Bytes> {
  const input = await crypto.subtle.importKey('raw', agreed, 'HKDF', false, ['deriveBits'])
  const by = { name: 'HKDF', hash: 'SHA-256', salt: own(salt), info: new TextEncoder().encode(info) }
  return new Uint8Array(await crypto.subtle.deriveBits(by, input, 256))
}

async function derived(agreed: Bytes, salt: Uint8Array, info: string, toSeal: boolean): Promise<CryptoKey> {
  const input = await crypto.subtle.importKey('raw', agreed, 'HKDF', false, ['deriveKey'])
  const by = { name: 'HKDF', hash: 'SHA-256', salt: own(salt), info: new TextEncoder().encode(info) }
  return crypto.subtle.deriveKey(by, input, { name: 'HMAC', hash: 'SHA-256', length: 256 }, toSeal, ['sign'])
}

/** Eight digits. @param subject what they are about: a challenge, or a confirmation's question. */
export async function digitsFor(key: CryptoKey, subject: Uint8Array): Promise<string> {
  const message = own(digitsMessage(await sha256(subject)))
  return digitsOf(new Uint8Array(await crypto.subtle.sign('HMAC', key, message)))
}

/** ES256 with r and s, 64 bytes (RFC 7518, 3.4). */
export const sign = async (key: CryptoKey, message: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, own(message)))

/** Ed25519 of the station's. @param key 32 bytes. */
export function isByStation(message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key)
  } catch {
    // No point of the curve, or no signature at all.
    return false
  }
}

export const sha256 = async (bytes: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', own(bytes)))

export const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes))
export const join = (...parts: Uint8Array[]): Bytes => own(joined(...parts))
export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
