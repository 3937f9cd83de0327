// What the keys between a phone and a station are derived with (HKDF-SHA256, RFC 5869): both sides name the same.
import { answerSuiteText, ocraDigits, ocraMessage, parseOcraSuite } from './ocra.ts'

/** Bytes of a P-256 public key, compressed (SEC 1, 2.3.3); of a signature as r and s (RFC 7518, 3.4). */
export const publicKeyBytes = 33
export const signatureBytes = 64

/** Salt: the station's number. Input: ECDH of both agreement keys, or s and r joined. Gives the key of typed answers, 32 bytes. */
export const answerKeyInfo = 'wardkey ocra v1'
/** Salt: the offer's id. Input: ECDH of the phone's agreement key and the offer's, or s and r joined. Gives the key of the digits that confirm. */
export const bindingKeyInfo = 'wardkey binding v1'

/** Salt: the offer's id. Input: ECDH of the phone's agreement key and the offer's. By it the phone asks the hub for its welcome, 32 bytes. */
export const claimKeyInfo = 'wardkey binding claim v1'
/** The same salt and input. Gives the key (AES-256-GCM) that a welcome is sealed under on its way by the hub. */
export const welcomeKeyInfo = 'wardkey binding welcome v1'
/** Of AES-GCM, before what it sealed. */
export const sealNonceBytes = 12

/** What is hashed under one of these keys for eight digits. @param question SHA-256 of what the digits are about, 32 bytes. */
export function digitsMessage(question: Uint8Array): Uint8Array {
  const hex = Array.from(question, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return ocraMessage(suite, { question: hex })
}

/** @param mac HMAC-SHA256 of `digitsMessage`. */
export const digitsOf = (mac: Uint8Array): string => ocraDigits(mac, suite.digits)

function inUse() {
  const parsed = parseOcraSuite(answerSuiteText)
  if (!parsed) throw new Error('the suite of answers is none')
  return parsed
}
const suite = inUse()
