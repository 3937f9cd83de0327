// A binding by way of a hub: the name of an offer's box there, and the welcome sealed for nobody but the phone that was confirmed.
import { createCipheriv } from 'node:crypto'
import { type BindingOffer, boxSubject } from '../core/binding.ts'
import { joined } from '../core/fields.ts'
import { sealNonceBytes } from '../core/phone-keys.ts'
import { random, sha256 } from './primitives.ts'

/** What carries it. Nothing here waits for it: the camera, the letters and the code on the screen work all the same. */
export interface BindingMail {
  /** Short name of the organisation whose hub can be reached just now; null where there is none. */
  organisation(): string | null
  open(box: Uint8Array, livesMs: number): void
  /** @param part SHA-256 of the phone's part that was confirmed. @param welcome sealed. */
  answer(box: Uint8Array, part: Uint8Array, welcome: Uint8Array): void
}

/** 32 bytes. */
export const boxOf = (offer: BindingOffer): Uint8Array => sha256(boxSubject(offer))

/** Nonce, AES-256-GCM's output, its tag. @param key of `welcomeKeyInfo`, for this one phone and offer. */
export function sealWelcome(welcome: Uint8Array, key: Uint8Array): Uint8Array {
  const nonce = random(sealNonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return joined(nonce, cipher.update(welcome), cipher.final(), cipher.getAuthTag())
}
