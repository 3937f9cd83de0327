// A phone that scans, made of node:crypto alone: it shares the bytes of the payloads with the station, and none of its keys' ways.
import {
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  ECDH,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { fromBase32, toBase32 } from '../../src/core/base32.ts'
import {
  type BindingOffer,
  boxSubject,
  confirmationQuestion,
  encodePhonePart,
  type PhonePart,
  partMessage,
  readBindingOffer,
  readWelcome,
  shownText,
  stationKeyInfo,
  type Welcome,
  welcomeMessage,
} from '../../src/core/binding.ts'
import { answerMessage, encodeAnswer, type PhoneAnswer, type UnsignedAnswer } from '../../src/core/phone-answer.ts'
import { type AssertionLies, compressed, SoftPasskey } from './soft-passkey.ts'

export const phoneHost = 'phone.example.org'

export interface AnswerLies {
  /** Put in after signing: what somebody on the way would change. */
  readonly tampered?: Partial<PhoneAnswer>
  readonly assertion?: AssertionLies
  /** As if the phone had a passkey, or none. */
  readonly passkey?: SoftPasskey | null
}

export class BoundPhone {
  readonly offer: BindingOffer
  readonly #signing = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #agreement = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #r = randomBytes(10)
  readonly #host: string
  readonly passkey: SoftPasskey | null
  #welcome: Welcome | null = null
  #typed = false

  /** @param link what the camera read off the offer. */
  constructor(link: string, passkey: 'no-passkey' | 'passkey' | 'counting-passkey' = 'no-passkey') {
    const { host, kind, bytes } = readLink(link)
    const offer = kind === 'B' ? readBindingOffer(bytes) : null
    if (!offer) throw new Error('this is no offer')
    this.offer = offer
    this.#host = host
    this.passkey = passkey === 'no-passkey' ? null : new SoftPasskey(host, passkey === 'counting-passkey')
  }

  /** As if it had made this r: of another phone, whose typed part was read off its screen. */
  static withTypedPart(link: string, r: Uint8Array): BoundPhone {
    const phone = new BoundPhone(link)
    phone.#r = Buffer.from(r)
    return phone
  }

  /** For the station's camera. @param changed instead of the phone's own, and signed. */
  part(changed: Partial<PhonePart> = {}): string {
    return shownText('P', encodePhonePart(this.#part(changed)))
  }

  /** The same as bytes. */
  partBytes(): Uint8Array {
    return encodePhonePart(this.#part({}))
  }

  /** Its part for another offer than the one that it scanned. */
  partFor(offer: BindingOffer): Uint8Array {
    const unsigned = { ...this.#keys(), offer: offer.offer }
    return encodePhonePart({ ...unsigned, signature: this.#signed(partMessage(unsigned, offer)) })
  }

  /** To be typed: groups of four. */
  get typedPart(): string {
    return toBase32(this.#r).replace(/(.{4})(?=.)/g, '$1-')
  }

  /** Eight digits once the camera has the part. */
  digitsForPart(): string {
    return this.#confirmation(this.#agreed(this.offer.key), encodePhonePart(this.#part({})))
  }

  /** Eight digits once the part was typed. */
  digitsForTyped(): string {
    this.#typed = true
    return this.#confirmation(Buffer.concat([this.offer.s, this.#r]), this.#r)
  }

  /** @param link what the camera read off the welcome. false where the phone would not take it. */
  take(link: string): boolean {
    const { kind, bytes } = readLink(link)
    return this.#accept(kind === 'S' ? readWelcome(bytes) : null)
  }

  /** Name of its offer's box at the hub, and what it asks for its welcome by. */
  get box(): Buffer {
    return sha256(boxSubject(this.offer))
  }
  get claim(): Buffer {
    return derived(this.#agreed(this.offer.key), this.offer.offer, 'wardkey binding claim v1')
  }

  /** @param sealed as a hub brings the welcome. false where it is not for this phone, or the phone would not take it. */
  takeSealed(sealed: Uint8Array): boolean {
    const key = derived(this.#agreed(this.offer.key), this.offer.offer, 'wardkey binding welcome v1')
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(-16))
    try {
      const opened = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
      return this.#accept(readWelcome(new Uint8Array(opened)))
    } catch {
      // Nobody sealed it under this phone's key.
      return false
    }
  }

  #accept(welcome: Welcome | null): boolean {
    if (!welcome || !Buffer.from(welcome.offer).equals(this.offer.offer)) return false
    const info = Buffer.from(stationKeyInfo(welcome.signingKey))
    if (!sha256(info).subarray(0, 8).equals(this.offer.station)) return false
    const key = createPublicKey({ key: info, format: 'der', type: 'spki' })
    const { signature, ...said } = welcome
    if (!verify(null, welcomeMessage(said), key, signature)) return false
    this.#welcome = welcome
    return true
  }

  get welcome(): Welcome {
    if (!this.#welcome) throw new Error('the phone does not know the workstation yet')
    return this.#welcome
  }

  /** Eight digits. @param challenge 29 bytes, of `readChallenge`. */
  digits(challenge: Uint8Array): string {
    const agreed = this.#typed ? Buffer.concat([this.offer.s, this.#r]) : this.#agreed(this.welcome.agreementKey)
    return ocra(derived(agreed, this.offer.station, 'wardkey ocra v1'), challenge)
  }

  /** Eight digits at a workstation that it was not bound at. @param station number, and its agreement key of 33 bytes. */
  digitsAt(challenge: Uint8Array, station: { readonly number: Uint8Array; readonly agreementKey: Uint8Array }): string {
    return ocra(derived(this.#agreed(station.agreementKey), station.number, 'wardkey ocra v1'), challenge)
  }

  /** For the station's camera. @param said other than an approval without anything more. */
  shownAnswer(challenge: Uint8Array, said: Partial<UnsignedAnswer> = {}, lies: AnswerLies = {}): string {
    return shownText('R', encodeAnswer(this.answer(challenge, said, lies)))
  }

  answer(challenge: Uint8Array, said: Partial<UnsignedAnswer> = {}, lies: AnswerLies = {}): PhoneAnswer {
    const passkey = lies.passkey === undefined ? this.passkey : lies.passkey
    const unsigned: UnsignedAnswer = {
      challenge,
      credential: this.welcome.credential,
      decision: 'approved',
      verification: passkey ? 'passkey' : 'none',
      device: 'Test phone',
      place: null,
      ...said,
    }
    const message = answerMessage(unsigned)
    return {
      ...unsigned,
      signature: this.#signed(message),
      assertion: passkey && unsigned.verification === 'passkey' ? passkey.assert(message, lies.assertion) : null,
      ...lies.tampered,
    }
  }

  /** ES256 by its own key, of whatever it is asked about. */
  sign(message: Uint8Array): Buffer {
    return this.#signed(message)
  }

  /** All that nobody but this phone may have, or nobody but it and the station. r and s as bytes, private keys as numbers. */
  secrets(): Readonly<Record<string, Uint8Array>> {
    const { s, key } = this.offer
    const number = (of: KeyObject) => Buffer.from(of.export({ format: 'jwk' }).d ?? '', 'base64url')
    const typed = Buffer.concat([s, this.#r])
    const agreed = { 'by keys': this.#agreed(key), 'by typing': typed }
    const bindingKeys = Object.entries(agreed).map(([how, secret]) => [
      `binding key ${how}`,
      derived(secret, this.offer.offer, 'wardkey binding v1'),
    ])
    const answering = this.#typed ? typed : this.#welcome && this.#agreed(this.#welcome.agreementKey)
    return {
      s,
      r: this.#r,
      'signing key': number(this.#signing.privateKey),
      'agreement key': number(this.#agreement.privateKey),
      'what both keys of the binding agree on': agreed['by keys'],
      ...Object.fromEntries(bindingKeys),
      ...(answering ? { 'answer key': derived(answering, this.offer.station, 'wardkey ocra v1') } : {}),
    }
  }

  #part(changed: Partial<PhonePart>): PhonePart {
    const unsigned = { offer: this.offer.offer, ...this.#keys(), ...changed }
    // Signed once: ECDSA says something else each time, and the digits are about the very bytes that were shown.
    const known = JSON.stringify(unsigned)
    const signature =
      changed.signature ?? this.#signatures.get(known) ?? this.#signed(partMessage(unsigned, this.offer))
    this.#signatures.set(known, Buffer.from(signature))
    return { ...unsigned, signature }
  }
  readonly #signatures = new Map<string, Buffer>()

  #keys = () => ({
    signingKey: compressed(this.#signing.publicKey),
    agreementKey: compressed(this.#agreement.publicKey),
    passkey: this.passkey && { id: this.passkey.id, key: this.passkey.key },
  })

  #signed = (message: Uint8Array): Buffer =>
    sign('sha256', message, { key: this.#signing.privateKey, dsaEncoding: 'ieee-p1363' })

  #agreed = (point: Uint8Array): Buffer =>
    diffieHellman({ privateKey: this.#agreement.privateKey, publicKey: publicKey(point) })

  #confirmation = (agreed: Uint8Array, part: Uint8Array): string =>
    ocra(derived(agreed, this.offer.offer, 'wardkey binding v1'), confirmationQuestion(this.offer, part))

  /** As the phone opens its page. */
  get host(): string {
    return this.#host
  }
}

export function readLink(text: string): { host: string; kind: string; bytes: Uint8Array } {
  const [, host = '', kind = '', payload = ''] = /^HTTPS:\/\/([^/]+)\/#([BS]?)([A-Z2-7]+)$/.exec(text) ?? []
  return { host: host.toLowerCase(), kind, bytes: fromBase32(payload) }
}

/** The 29 bytes of the login QR code; base32 of version 1 never begins with a letter of the other links. */
export function readChallenge(text: string): Uint8Array {
  const { kind, bytes } = readLink(text)
  if (kind !== '' || bytes.length !== 29) throw new Error('this is no login QR code')
  return bytes
}

/** RFC 6287 for OCRA-1:HOTP-SHA256-8:QH64, written out for this one suite. */
function ocra(key: Uint8Array, subject: Uint8Array): string {
  const question = Buffer.alloc(128)
  sha256(subject).copy(question)
  const mac = createHmac('sha256', key).update('OCRA-1:HOTP-SHA256-8:QH64\0').update(question).digest()
  const number = mac.readUInt32BE((mac[31] ?? 0) & 0xf) & 0x7fffffff
  return String(number % 100_000_000).padStart(8, '0')
}

const derived = (agreed: Uint8Array, salt: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', agreed, salt, info, 32))

function publicKey(point: Uint8Array): KeyObject {
  const whole = ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer
  const x = whole.subarray(1, 33).toString('base64url')
  const y = whole.subarray(33).toString('base64url')
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
