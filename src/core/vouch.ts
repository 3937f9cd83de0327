// A bound phone's word for a new one of its owner: it signs the new one's keys, so that other workstations take them without anybody's asking.
import type { PhoneKeys } from '../contracts/hub/phones.ts'
import { type PasskeyPart, passkeyFields, readPasskey } from './binding.ts'
import { joined, oneByte, readFields, utf8 } from './fields.ts'
import { type Assertion, assertionFields, readAssertion } from './phone-answer.ts'
import { publicKeyBytes, signatureBytes } from './phone-keys.ts'

const version = 1
/** Longer than a station is away; what was never used is worth nothing then. */
export const vouchLivesMs = 30 * 24 * 60 * 60_000

/** What the old phone read off the new one's part. */
export interface VouchedKeys {
  readonly signingKey: Uint8Array
  readonly agreementKey: Uint8Array
  readonly passkey: PasskeyPart | null
}
export interface Vouch extends VouchedKeys {
  /** UUID of the old phone's credential, 16 bytes. */
  readonly credential: Uint8Array
  /** By the old phone's clock. */
  readonly atSeconds: number
  /** Whether its passkey vouches for its owner. */
  readonly verified: boolean
  /** ES256 by the old phone over `vouchMessage`. */
  readonly signature: Uint8Array
  readonly assertion: Assertion | null
}
export type UnsignedVouch = Omit<Vouch, 'signature' | 'assertion'>

export const vouchMessage = (vouch: UnsignedVouch): Uint8Array => joined(utf8('wardkey vouch v1'), fieldsOf(vouch))

export const encodeVouch = (vouch: Vouch): Uint8Array =>
  joined(fieldsOf(vouch), vouch.signature, ...(vouch.assertion ? [assertionFields(vouch.assertion)] : []))

/** null where the bytes are not exactly one. */
export const readVouch = (bytes: Uint8Array): Vouch | null =>
  readFields(bytes, (fields) => {
    const isVerified = fields.take(2)
    if (isVerified[0] !== version || (isVerified[1] ?? 2) > 1) throw new RangeError('another version')
    const verified = isVerified[1] === 1
    const credential = fields.take(16)
    const time = fields.take(4)
    const atSeconds = new DataView(time.buffer, time.byteOffset).getUint32(0)
    const signingKey = fields.take(publicKeyBytes)
    const agreementKey = fields.take(publicKeyBytes)
    const passkey = readPasskey(fields)
    const signature = fields.take(signatureBytes)
    const assertion = verified ? readAssertion(fields) : null
    return { verified, credential, atSeconds, signingKey, agreementKey, passkey, signature, assertion }
  })

/** Of exactly these keys, and no others beside them. @param keys base64, as a station tells of a phone. @param text base64 of bytes. */
export const isVouchFor = (
  vouch: VouchedKeys,
  { signingKey, agreementKey, passkey }: PhoneKeys,
  text: (bytes: Uint8Array) => string,
): boolean =>
  text(vouch.signingKey) === signingKey &&
  text(vouch.agreementKey) === agreementKey &&
  (vouch.passkey && text(vouch.passkey.id)) === (passkey?.id ?? null) &&
  (vouch.passkey && text(vouch.passkey.key)) === (passkey?.key ?? null)

function fieldsOf({ verified, credential, atSeconds, signingKey, agreementKey, passkey }: UnsignedVouch): Uint8Array {
  const time = new Uint8Array(4)
  new DataView(time.buffer).setUint32(0, atSeconds)
  const head = joined(oneByte(version), oneByte(verified ? 1 : 0))
  return joined(head, credential, time, signingKey, agreementKey, passkeyFields(passkey))
}
