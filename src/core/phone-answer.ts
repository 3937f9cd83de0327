// A phone's signed answer to a login QR code: shown to the station's camera, or sent through a hub.
import { challengeBytes } from './challenge.ts'
import { type FieldReader, joined, oneByte, readFields, textField, utf8 } from './fields.ts'
import { signatureBytes } from './phone-keys.ts'

const version = 1
/** UTF-8 bytes of what the phone says of itself; see `fitting`. */
export const longestDevice = 60
const longestAssertionPart = 1000

/** 'not-mine': somebody else started it, says the person. */
export type Decision = 'approved' | 'denied' | 'not-mine'
/** 'passkey': the assertion that follows vouches for it. 'phone': the phone's own word (PRF). */
export type Verification = 'none' | 'passkey' | 'phone'
const decisions: readonly Decision[] = ['approved', 'denied', 'not-mine']
const verifications: readonly Verification[] = ['none', 'passkey', 'phone']

/** Degrees (WGS 84) and metres, as the phone reports them. */
export interface PhonePlace {
  readonly latitude: number
  readonly longitude: number
  readonly accuracyMetres: number
}

/** As WebAuthn gives it (Web Authentication Level 3, 7.2); its challenge is SHA-256 of `answerMessage`. */
export interface Assertion {
  readonly authenticatorData: Uint8Array
  readonly clientData: Uint8Array
  /** ASN.1 DER, as authenticators sign. */
  readonly signature: Uint8Array
}

export interface PhoneAnswer {
  /** The 29 bytes of the login QR code. */
  readonly challenge: Uint8Array
  /** UUID, 16 bytes. */
  readonly credential: Uint8Array
  readonly decision: Decision
  readonly verification: Verification
  readonly device: string
  readonly place: PhonePlace | null
  /** ES256 over `answerMessage`. */
  readonly signature: Uint8Array
  readonly assertion: Assertion | null
}
export type UnsignedAnswer = Omit<PhoneAnswer, 'signature' | 'assertion'>

/** What the phone signs, and what an assertion's challenge is the hash of. */
export const answerMessage = (answer: UnsignedAnswer): Uint8Array =>
  joined(utf8('wardkey answer v1'), answerFields(answer))

export const encodeAnswer = (answer: PhoneAnswer): Uint8Array =>
  joined(answerFields(answer), answer.signature, ...(answer.assertion ? [assertionFields(answer.assertion)] : []))

/** null where the bytes are not exactly one answer, or its verification and its assertion disagree. */
export function readAnswer(bytes: Uint8Array): PhoneAnswer | null {
  return readFields(bytes, (fields) => {
    if (fields.byte() !== version) throw new RangeError('another version')
    const challenge = fields.take(challengeBytes)
    const credential = fields.take(16)
    const decision = decisions[fields.byte()]
    const verification = verifications[fields.byte()]
    if (!decision || !verification) throw new RangeError('an unknown decision or verification')
    const device = fields.text(longestDevice)
    const place = readPlace(fields.byte(), () => fields.take(10))
    const signature = fields.take(signatureBytes)
    const assertion = verification === 'passkey' ? readAssertion(fields) : null
    return { challenge, credential, decision, verification, device, place, signature, assertion }
  })
}

export const assertionFields = ({ authenticatorData, clientData, signature }: Assertion): Uint8Array =>
  joined(longField(authenticatorData), longField(clientData), longField(signature))

export function readAssertion(fields: FieldReader): Assertion {
  const long = () => {
    const length = view(fields.take(2)).getUint16(0)
    if (length > longestAssertionPart) throw new RangeError('too long')
    return fields.take(length)
  }
  return { authenticatorData: long(), clientData: long(), signature: long() }
}

function answerFields({ challenge, credential, decision, verification, device, place }: UnsignedAnswer): Uint8Array {
  return joined(
    oneByte(version),
    challenge,
    credential,
    oneByte(decisions.indexOf(decision)),
    oneByte(verifications.indexOf(verification)),
    textField(device, longestDevice),
    placeField(place),
  )
}

/** In units of a hundred-thousandth of a degree, about a metre; a day's walk is the most that accuracy says. */
function placeField(place: PhonePlace | null): Uint8Array {
  if (!place) return oneByte(0)
  const bytes = new Uint8Array(11)
  const fields = view(bytes)
  fields.setUint8(0, 1)
  fields.setInt32(1, Math.round(place.latitude * 1e5))
  fields.setInt32(5, Math.round(place.longitude * 1e5))
  fields.setUint16(9, Math.min(Math.ceil(place.accuracyMetres), 0xffff))
  return bytes
}

function readPlace(present: number, take: () => Uint8Array): PhonePlace | null {
  if (present === 0) return null
  if (present !== 1) throw new RangeError('an unknown place')
  const fields = view(take())
  const place = {
    latitude: fields.getInt32(0) / 1e5,
    longitude: fields.getInt32(4) / 1e5,
    accuracyMetres: fields.getUint16(8),
  }
  if (Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180) throw new RangeError('no place on Earth')
  return place
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function longField(bytes: Uint8Array): Uint8Array {
  if (bytes.length > longestAssertionPart) throw new RangeError('too long for its field')
  const length = new Uint8Array(2)
  view(length).setUint16(0, bytes.length)
  return joined(length, bytes)
}

/** As stores write it. @param bytes 16. */
export const uuidOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
