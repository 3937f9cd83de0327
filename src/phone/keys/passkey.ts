// A passkey beside the page's own keys: the phone checks its owner's finger, face or PIN, and vouches for it (WebAuthn Level 3).
import {
  browserSupportsWebAuthn,
  platformAuthenticatorIsAvailable,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { longestPasskeyId } from '../../core/binding.ts'
import type { Assertion } from '../../core/phone-answer.ts'
import { bytesOf, urlOf } from '../base64url.ts'
import { type Bytes, own, random, sha256, shortOfSpki } from './agreement.ts'
import { prfInput } from './sealing.ts'

export interface Passkey {
  readonly id: Uint8Array
  /** P-256 public key, 33 bytes. */
  readonly key: Uint8Array
}

export const canHavePasskey = async (): Promise<boolean> =>
  browserSupportsWebAuthn() && (await platformAuthenticatorIsAvailable())

export interface MadePasskey {
  readonly passkey: Passkey
  /** What the page's keys are wrapped under, 32 bytes; null where this phone's passkeys have no PRF. */
  readonly secret: Bytes | null
}

/** What the owner's yes gives: an assertion about the message, and the secret where there is one. */
export interface OwnersYes {
  readonly assertion: Assertion
  readonly secret: Bytes | null
}

/** Asks the owner. Throws where they refuse, or the phone makes no key of ours. */
export async function makePasskey(name: string): Promise<MadePasskey> {
  const { id, response, clientExtensionResults } = await startRegistration({
    optionsJSON: {
      rp: { id: location.hostname, name: 'Wardkey' },
      user: { id: urlOf(random(16)), name, displayName: name },
      // Nobody attests: what counts is the key, which the station is told of under the phone's own signature.
      challenge: urlOf(random(32)),
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
      attestation: 'none',
      timeout: 60_000,
      extensions: asksSecret,
    },
  })
  if (!response.publicKey) throw new Error('the passkey has no public key')
  const passkey = { id: bytesOf(id), key: await shortOfSpki(bytesOf(response.publicKey)) }
  if (passkey.id.length < shortestPasskeyId || passkey.id.length > longestPasskeyId)
    throw new Error('the passkey has a name that no part carries')
  const prf = clientExtensionResults as PrfResults
  const secret = secretOf(prf) ?? (prf.prf?.enabled ? (await askOwner(passkey, random(32))).secret : null)
  return { passkey, secret }
}

/** Throws where the owner refuses. @param message what the answer says; its hash is the challenge. */
export async function askOwner(passkey: Passkey, message: Uint8Array): Promise<OwnersYes> {
  const { response, clientExtensionResults } = await startAuthentication({
    optionsJSON: {
      rpId: location.hostname,
      challenge: urlOf(await sha256(message)),
      allowCredentials: [{ id: urlOf(passkey.id), type: 'public-key' }],
      userVerification: 'required',
      timeout: 60_000,
      extensions: asksSecret,
    },
  })
  const assertion = {
    authenticatorData: bytesOf(response.authenticatorData),
    clientData: bytesOf(response.clientDataJSON),
    signature: bytesOf(response.signature),
  }
  return { assertion, secret: secretOf(clientExtensionResults as PrfResults) }
}

const shortestPasskeyId = 16
const asksSecret = { prf: { eval: { first: prfInput } } }

/** Web Authentication Level 3, 10.1.4. Some phones give the secret only to an assertion. */
interface PrfResults {
  readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: ArrayBuffer } }
}
const secretOf = ({ prf }: PrfResults): Bytes | null =>
  prf?.results?.first ? own(new Uint8Array(prf.results.first)) : null
