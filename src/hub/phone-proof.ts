// What a bound phone proves itself to the hub by: its public keys are known here, and its signatures are checked by them.
import { createPublicKey, ECDH, type KeyObject } from 'node:crypto'

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
