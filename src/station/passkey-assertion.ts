// Whether a passkey vouches that the phone has seen its owner (Web Authentication Level 3, 7.2).
import { createHash, ECDH } from 'node:crypto'
import type { Assertion } from '../core/phone-answer.ts'

export interface KnownPasskey {
  readonly id: Uint8Array
  /** P-256 public key, 33 bytes. */
  readonly key: Uint8Array
  /** The last that was accepted; 0 where it counts nothing. */
  readonly counter: number
}

/**
 * The counter to keep from now on; null where the assertion is another's, is about something else, was made for another
 * page, has not seen its owner, or comes from a copy that counts behind. @param message what its challenge is SHA-256 of.
 * @param host of the phone page.
 */
export async function counterIfVouched(
  passkey: KnownPasskey,
  host: string,
  message: Uint8Array,
  assertion: Assertion,
): Promise<number | null> {
  // Here and not at the top: a start would pay for it, and most stations never see an assertion.
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const id = base64Url(passkey.id)
  const rpId = host.toLowerCase()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: base64Url(assertion.clientData),
          authenticatorData: base64Url(assertion.authenticatorData),
          signature: base64Url(assertion.signature),
        },
        clientExtensionResults: {},
      },
      expectedChallenge: createHash('sha256').update(message).digest('base64url'),
      expectedOrigin: `https://${rpId}`,
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: { id, publicKey: coseKey(passkey.key), counter: passkey.counter },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch (error) {
    // Its way to say no, and to say that bytes are no assertion.
    if (error instanceof Error) return null
    throw error
  }
}

/** EC2, ES256, P-256 with its two coordinates (RFC 9052, 7; RFC 9053, 7.1.1). */
function coseKey(compressed: Uint8Array): Uint8Array<ArrayBuffer> {
  const point = ECDH.convertKey(compressed, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]
  return Uint8Array.from([...head, 0x21, 0x58, 0x20, ...x, 0x22, 0x58, 0x20, ...y])
}

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
