// Keys that lie wrapped under a secret which only the owner's passkey gives out (WebAuthn PRF), and open for one answer.
import { joined, utf8 } from '../../core/fields.ts'
import { type Bytes, own } from './agreement.ts'

/** A key as AES-256-GCM wrapped it. */
export interface Sealed {
  readonly iv: Bytes
  readonly wrapped: Bytes
}
/** What a wrapped key is for: bound to it, so that none passes for another. */
export type Purpose = 'answer' | 'signing' | 'agreement'

const info = 'wardkey page keys v1'
/** What the passkey is asked about, 32 bytes: the same at every time, so that the secret is the same. */
export const prfInput = own(joined(utf8(info), new Uint8Array(32)).slice(0, 32))

/** @param secret of the passkey's PRF, 32 bytes. It is good for nothing but the one use. */
export async function sealingKey(secret: Bytes, use: 'wrapKey' | 'unwrapKey'): Promise<CryptoKey> {
  const input = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const by = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: own(utf8(info)) }
  return crypto.subtle.deriveKey(by, input, { name: 'AES-GCM', length: 256 }, false, [use])
}

/** @param key extractable; let go of it after this. */
export async function seal(key: CryptoKey, purpose: Purpose, under: CryptoKey): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const form = purpose === 'answer' ? 'raw' : 'pkcs8'
  return { iv, wrapped: new Uint8Array(await crypto.subtle.wrapKey(form, key, under, cipher(iv, purpose))) }
}

/** Can be used, and not read. Throws where the secret is another one. */
export const openAnswerKey = ({ iv, wrapped }: Sealed, under: CryptoKey): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey('raw', wrapped, under, cipher(iv, 'answer'), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])

export const openSigningKey = ({ iv, wrapped }: Sealed, under: CryptoKey): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey(
    ...(['pkcs8', wrapped, under, cipher(iv, 'signing')] as const),
    ...([{ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']] as const),
  )

export const openAgreementKey = ({ iv, wrapped }: Sealed, under: CryptoKey): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey(
    ...(['pkcs8', wrapped, under, cipher(iv, 'agreement')] as const),
    ...([{ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']] as const),
  )

const cipher = (iv: Bytes, purpose: Purpose) => ({ name: 'AES-GCM', iv, additionalData: own(utf8(purpose)) })
