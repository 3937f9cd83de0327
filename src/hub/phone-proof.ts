// What a bound phone proves itself to the hub by: its public keys are known here, and its signatures are checked by them.
import { createPublicKey, ECDH, type KeyObject, verify } from 'node:crypto'
import { phoneKeys } from '../contracts/hub/phones.ts'
import { parseJson } from '../contracts/json.ts'

const curve = 'prime256v1'

/** null where it is no point of P-256. @param compressed 33 bytes, base64. */
export function pointOf(compressed: string): KeyObject | null {
  try {
    const bytes = Buffer.from(compressed, 'base64')
    const point = ECDH.convertKey(bytes, curve, undefined, undefined, 'uncompressed') as Buffer
    const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch {
    return null
  }
}

/** ES256 with r and s (RFC 7518, 3.4). @param keys of the phone, as they are kept. */
export function isSignedBy(keys: string, message: Uint8Array, signature: Uint8Array): boolean {
  const parsed = phoneKeys.safeParse(parseJson(keys))
  const key = parsed.success ? pointOf(parsed.data.signingKey) : null
  return key !== null && verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}
