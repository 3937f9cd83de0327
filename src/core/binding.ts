// What station and phone hand each other while a phone is bound: the offer, the phone's part, and the welcome.
import { fromBase32, toBase32 } from './base32.ts'
import { type FieldReader, joined, oneByte, readFields, textField, utf8 } from './fields.ts'
import { publicKeyBytes, signatureBytes } from './phone-keys.ts'

const version = 1
/** Of a welcome, or an offer, by a station that has joined a hub. */
const versionWithHub = 2
const longestSlug = 40

/** The offer's QR code, at the station. */
export interface BindingOffer {
  /** Last 8 bytes of the offer's UUID. */
  readonly offer: Uint8Array
  /** Number of the station. */
  readonly station: Uint8Array
  /** P-256 public key made for this offer alone, 33 bytes. */
  readonly key: Uint8Array
  /** For a part that is typed: 16 random bytes. */
  readonly s: Uint8Array
  /** Short name of whose hub carries the part and the welcome, as in its addresses; null where none does. */
  readonly organisation: string | null
}

/** A passkey of the phone's: ES256, made for the host of the phone page. */
export interface PasskeyPart {
  /** As the authenticator calls it, 16 to 128 bytes. */
  readonly id: Uint8Array
  /** P-256 public key, 33 bytes. */
  readonly key: Uint8Array
}

/** What the phone answers with, by the station's camera or through a hub. */
export interface PhonePart {
  readonly offer: Uint8Array
  readonly signingKey: Uint8Array
  readonly agreementKey: Uint8Array
  /** null where the phone has none. */
  readonly passkey: PasskeyPart | null
  /** ES256 over `partMessage`. */
  readonly signature: Uint8Array
}

export interface WelcomeOrganisation {
  /** As in the hub's addresses. */
  readonly slug: string
  /** Ed25519 public key, 32 bytes. */
  readonly key: Uint8Array
}

/** What the station says once the digits have confirmed: the credential, and the workstation that it opens. */
export interface Welcome {
  readonly offer: Uint8Array
  /** UUID of the credential, 16 bytes. */
  readonly credential: Uint8Array
  /** Ed25519 public key of the station, 32 bytes; its SPKI form hashes to the station's number. */
  readonly signingKey: Uint8Array
  /** P-256 public key that the station agrees with phones by, 33 bytes. */
  readonly agreementKey: Uint8Array
  readonly stationName: string
  readonly stationLocation: string
  readonly personName: string
  /** Whose hub the station has joined, and the key by which it signs; null where it has joined none. */
  readonly organisation: WelcomeOrganisation | null
  /** Ed25519 over `welcomeMessage`. */
  readonly signature: Uint8Array
}

/** Characters of r, the part that is typed: base32, 80 bits. */
export const typedPartLength = 16
export const longestPasskeyId = 128
/** UTF-8 bytes that a name may take in a welcome; see `fitting`. */
export const longestName = 80

export const encodeBindingOffer = ({ offer, station, key, s, organisation }: BindingOffer): Uint8Array =>
  joined(
    oneByte(organisation ? versionWithHub : version),
    ...[offer, station, key, s],
    ...(organisation ? [textField(organisation, longestSlug)] : []),
  )

export const readBindingOffer = (bytes: Uint8Array): BindingOffer | null =>
  readFields(bytes, (fields) => {
    const withHub = hasHub(fields)
    return {
      ...{ offer: fields.take(8), station: fields.take(8), key: fields.take(publicKeyBytes), s: fields.take(16) },
      organisation: withHub ? readSlug(fields) : null,
    }
  })

/** What SHA-256 makes the name of the offer's box at the hub. Only whoever has scanned the offer can say it. */
export const boxSubject = (offer: BindingOffer): Uint8Array =>
  joined(utf8('wardkey binding box v1'), encodeBindingOffer(offer))

/** What the phone signs: its keys, and the whole offer that it answers. */
export const partMessage = (part: Omit<PhonePart, 'signature'>, offer: BindingOffer): Uint8Array =>
  joined(utf8('wardkey phone part v1'), encodeBindingOffer(offer), partFields(part))

export const encodePhonePart = (part: PhonePart): Uint8Array => joined(partFields(part), part.signature)

export const readPhonePart = (bytes: Uint8Array): PhonePart | null =>
  readFields(bytes, (fields) => {
    expectVersion(fields)
    const offer = fields.take(8)
    const signingKey = fields.take(publicKeyBytes)
    const agreementKey = fields.take(publicKeyBytes)
    const idLength = fields.byte()
    if (idLength > longestPasskeyId || (idLength > 0 && idLength < 16)) throw new RangeError('no passkey is called so')
    const passkey = idLength === 0 ? null : { id: fields.take(idLength), key: fields.take(publicKeyBytes) }
    return { offer, signingKey, agreementKey, passkey, signature: fields.take(signatureBytes) }
  })

/** What SHA-256 makes the question of the digits that confirm. @param part of the phone as encoded, or the 10 bytes of r. */
export const confirmationQuestion = (offer: BindingOffer, part: Uint8Array): Uint8Array =>
  joined(encodeBindingOffer(offer), part)

export const welcomeMessage = (welcome: Omit<Welcome, 'signature'>): Uint8Array =>
  joined(utf8('wardkey welcome v1'), welcomeFields(welcome))

export const encodeWelcome = (welcome: Welcome): Uint8Array => joined(welcomeFields(welcome), welcome.signature)

export const readWelcome = (bytes: Uint8Array): Welcome | null =>
  readFields(bytes, (fields) => {
    const withHub = hasHub(fields)
    return {
      offer: fields.take(8),
      credential: fields.take(16),
      signingKey: fields.take(32),
      agreementKey: fields.take(publicKeyBytes),
      stationName: fields.text(longestName),
      stationLocation: fields.text(longestName),
      personName: fields.text(longestName),
      organisation: withHub ? readOrganisation(fields) : null,
      signature: fields.take(signatureBytes),
    }
  })

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, 4): what a station's number is the hash of. @param key 32 bytes. */
export const stationKeyInfo = (key: Uint8Array): Uint8Array =>
  joined(Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00), key)

/** From a station to a phone: all alphanumeric but the `#`, and a letter that says what it is. */
export const linkSegments = (host: string, kind: 'B' | 'S', bytes: Uint8Array): [string, '#', string] => [
  `HTTPS://${host.toUpperCase()}/`,
  '#',
  kind + toBase32(bytes),
]

/** From a phone to a station's camera. P: a part. R: a response to a challenge. */
export const shownText = (kind: 'P' | 'R', bytes: Uint8Array): string => `WARDKEY:${kind}${toBase32(bytes)}`

/** null where the text is not exactly what `shownText` writes for this kind. */
export function readShownText(text: string, kind: 'P' | 'R'): Uint8Array | null {
  const start = `WARDKEY:${kind}`
  return text.startsWith(start) ? fromExactBase32(text.slice(start.length)) : null
}

/** null where another text would stand for the same bytes. */
export function fromExactBase32(text: string): Uint8Array | null {
  if (!/^[A-Z2-7]{1,2000}$/.test(text)) return null
  const bytes = fromBase32(text)
  return toBase32(bytes) === text ? bytes : null
}

const partFields = ({ offer, signingKey, agreementKey, passkey }: Omit<PhonePart, 'signature'>): Uint8Array =>
  joined(
    oneByte(version),
    offer,
    signingKey,
    agreementKey,
    oneByte(passkey?.id.length ?? 0),
    ...(passkey ? [passkey.id, passkey.key] : []),
  )

const welcomeFields = (welcome: Omit<Welcome, 'signature'>): Uint8Array =>
  joined(
    oneByte(welcome.organisation ? versionWithHub : version),
    welcome.offer,
    welcome.credential,
    welcome.signingKey,
    welcome.agreementKey,
    textField(welcome.stationName, longestName),
    textField(welcome.stationLocation, longestName),
    textField(welcome.personName, longestName),
    ...(welcome.organisation ? [textField(welcome.organisation.slug, longestSlug), welcome.organisation.key] : []),
  )

const readOrganisation = (fields: FieldReader): WelcomeOrganisation => ({
  slug: readSlug(fields),
  key: fields.take(32),
})

function readSlug(fields: FieldReader): string {
  const slug = fields.text(longestSlug)
  if (!/^[a-z0-9-]+$/.test(slug)) throw new RangeError('no name of an organisation')
  return slug
}

function hasHub(fields: FieldReader): boolean {
  const read = fields.byte()
  if (read !== version && read !== versionWithHub) throw new RangeError('another version')
  return read === versionWithHub
}

function expectVersion(fields: FieldReader): void {
  if (fields.byte() !== version) throw new RangeError('another version')
}
