// A passkey beside the page's own keys: the phone checks its owner's finger, face or PIN, and vouches for it (WebAuthn Level 3).
import {
  browserSupportsWebAuthn,
  platformAuthenticatorIsAvailable,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type { Assertion } from '../../core/phone-answer.ts'
import { type Bytes, random, sha256, shortOfSpki } from './agreement.ts'

export interface Passkey {
  readonly id: Uint8Array
  /** P-256 public key, 33 bytes. */
  readonly key: Uint8Array
}

export const canHavePasskey = async (): Promise<boolean> =>
  browserSupportsWebAuthn() && (await platformAuthenticatorIsAvailable())

/** Asks the owner. Throws where they refuse, or the phone makes no key of ours. */
export async function makePasskey(name: string): Promise<Passkey> {
  const { id, response } = await startRegistration({
    optionsJSON: {
      rp: { id: location.hostname, name: 'Wardkey' },
      user: { id: urlOf(random(16)), name, displayName: name },
      // Nobody attests: what counts is the key, which the station is told of under the phone's own signature.
      challenge: urlOf(random(32)),
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
      attestation: 'none',
      timeout: 60_000,
    },
  })
  if (!response.publicKey) throw new Error('the passkey has no public key')
  return { id: bytesOf(id), key: await shortOfSpki(bytesOf(response.publicKey)) }
}

/** Asks the owner. Throws where they refuse. @param message what the answer says; its hash is the challenge. */
export async function assertBy(passkey: Passkey, message: Uint8Array): Promise<Assertion> {
  const { response } = await startAuthentication({
    optionsJSON: {
      rpId: location.hostname,
      challenge: urlOf(await sha256(message)),
      allowCredentials: [{ id: urlOf(passkey.id), type: 'public-key' }],
      userVerification: 'required',
      timeout: 60_000,
    },
  })
  return {
    authenticatorData: bytesOf(response.authenticatorData),
    clientData: bytesOf(response.clientDataJSON),
    signature: bytesOf(response.signature),
  }
}

/** base64url (RFC 4648, 5). */
function urlOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (each) => (each === '+' ? '-' : each === '/' ? '_' : ''))
}

const bytesOf = (text: string): Bytes =>
  Uint8Array.from(atob(text.replace(/[-_]/g, (each) => (each === '-' ? '+' : '/'))), (each) => each.charCodeAt(0))
