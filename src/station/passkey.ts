// A passkey's word that the phone has seen its owner (WebAuthn Level 3, 7.2), checked by a library that is read when it is needed.
import { createHash, verify } from 'node:crypto'
import { type Assertion, answerMessage, type PhoneAnswer } from '../core/phone-answer.ts'
import type { PhoneParameters } from './phone-credentials.ts'
import { coseKeyOf, publicKeyOf } from './phone-keys.ts'

/**
 * How often the passkey has signed, 0 where it does not count; null unless the answer's assertion is by this passkey, for
 * this answer, with user verification, and no copy's that counts behind. Never throws.
 * @param counter the last that was taken. @param host of the phone page, which the passkey was made for.
 */
export const counterIfVerified = (
  answer: PhoneAnswer,
  parameters: PhoneParameters,
  counter: number,
  host: string,
): Promise<number | null> => counterOf(answer.assertion, answerMessage(answer), parameters, counter, host)

/** The same of anything that a phone signs. @param message what its challenge is the hash of. */
export async function counterOf(
  assertion: Assertion | null,
  message: Uint8Array,
  parameters: PhoneParameters,
  counter: number,
  host: string,
): Promise<number | null> {
  const passkey = parameters.form === 'keys' ? parameters.passkey : null
  if (!passkey || !assertion) return null
  const key = coseKeyOf(Buffer.from(passkey.key, 'base64'))
  if (!key) return null
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { authenticatorData, clientData, signature } = assertion
  const id = Buffer.from(passkey.id, 'base64').toString('base64url')
  const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          authenticatorData: url(authenticatorData),
          clientDataJSON: url(clientData),
          signature: url(signature),
        },
      },
      expectedChallenge: createHash('sha256').update(message).digest('base64url'),
      expectedOrigin: `https://${host.toLowerCase()}`,
      expectedRPID: host.toLowerCase().replace(/:\d+$/, ''),
      // Passkeys that are kept in step between devices count nothing.
      credential: { id, publicKey: key, counter },
      requireUserVerification: true,
    })
    const isGood = verified && authenticationInfo.userVerified && isPlainly(passkey.key, assertion)
    return isGood ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}

/** The library takes ASN.1 that is not DER as well: what was changed on the way must not pass, even where it says the same. */
function isPlainly(key: string, { authenticatorData, clientData, signature }: Assertion): boolean {
  const point = publicKeyOf(Buffer.from(key, 'base64'))
  const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()])
  return point !== null && verify('sha256', signed, point, signature)
}
