// A passkey's word that the phone has seen its owner (WebAuthn Level 3, 7.2), checked by a library that is read when it is needed.
import { createHash, verify } from 'node:crypto'
import { type Assertion, answerMessage, type PhoneAnswer } from '../core/phone-answer.ts'
import type { PhoneParameters } from './phone-credentials.ts'
import { coseKeyOf, publicKeyOf } from './phone-keys.ts'

/**
 * Whether the answer's assertion is by this passkey, for this answer, with user verification. Never throws.
 * @param host of the phone page, which the passkey was made for.
 */
export async function isVerifiedByPasskey(
  answer: PhoneAnswer,
  parameters: PhoneParameters,
  host: string,
): Promise<boolean> {
  const passkey = parameters.form === 'keys' ? parameters.passkey : null
  if (!passkey || !answer.assertion) return false
  const key = coseKeyOf(Buffer.from(passkey.key, 'base64'))
  if (!key) return false
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { authenticatorData, clientData, signature } = answer.assertion
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
      expectedChallenge: createHash('sha256').update(answerMessage(answer)).digest('base64url'),
      expectedOrigin: `https://${host.toLowerCase()}`,
      expectedRPID: host.toLowerCase().replace(/:\d+$/, ''),
      // Passkeys that are kept in step between devices count nothing; each challenge is answered once anyway.
      credential: { id, publicKey: key, counter: 0 },
      requireUserVerification: true,
    })
    return verified && authenticationInfo.userVerified && isPlainly(passkey.key, answer.assertion)
  } catch {
    return false
  }
}

/** The library takes ASN.1 that is not DER as well: what was changed on the way must not pass, even where it says the same. */
function isPlainly(key: string, { authenticatorData, clientData, signature }: Assertion): boolean {
  const point = publicKeyOf(Buffer.from(key, 'base64'))
  const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()])
  return point !== null && verify('sha256', signed, point, signature)
}
