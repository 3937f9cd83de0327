// A workstation as a phone meets it, out of node:crypto: its codes as pixels, and what it makes of the phone's answers.
import {
  createECDH,
  createHash,
  createHmac,
  createPublicKey,
  ECDH,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import QRCode from 'qrcode'
import { joinText } from '../../src/contracts/hub/join.ts'
import {
  type BindingOffer,
  confirmationQuestion,
  encodeBindingOffer,
  encodeWelcome,
  linkSegments,
  type PhonePart,
  partMessage,
  stationKeyInfo,
  type Welcome,
  welcomeMessage,
} from '../../src/core/binding.ts'
import { type Challenge, type ChallengePurpose, challengeSegments, encodeChallenge } from '../../src/core/challenge.ts'
import { answerMessage, type PhoneAnswer } from '../../src/core/phone-answer.ts'
import { answerKeyInfo, bindingKeyInfo, digitsMessage, digitsOf } from '../../src/core/phone-keys.ts'
import { phonePageHost } from './phone-host.ts'

type Segments = [string, '#', string]

/** An offer, with the private half of its key. */
export interface FakeOffer {
  readonly offer: BindingOffer
  readonly key: ECDH
}

export class FakeStation {
  readonly #signing = generateKeyPairSync('ed25519')
  readonly #agreement = p256()
  readonly signingKey: Uint8Array
  readonly number: Uint8Array

  constructor() {
    const { x } = this.#signing.publicKey.export({ format: 'jwk' })
    this.signingKey = bytes(Buffer.from(x ?? '', 'base64url'))
    this.number = sha256(stationKeyInfo(this.signingKey)).slice(0, 8)
  }

  /** @param organisation whose hub it has joined. */
  makeOffer(organisation: string | null = null): FakeOffer {
    const key = p256()
    const ids = { offer: bytes(randomBytes(8)), station: this.number }
    return { offer: { ...ids, key: short(key), s: bytes(randomBytes(16)), organisation }, key }
  }

  /** @param change what a liar would say, under a signature of its own. */
  welcome({ offer }: FakeOffer, change: Partial<Omit<Welcome, 'signature'>> = {}): Welcome {
    const unsigned = {
      ...{ offer: offer.offer, credential: bytes(Buffer.alloc(16, 7)) },
      ...{ signingKey: this.signingKey, agreementKey: short(this.#agreement) },
      ...{ stationName: 'Ward 7, bay 3', stationLocation: 'Level 2, north wing', personName: 'Ada Kern' },
      organisation: null,
      ...change,
    }
    return { ...unsigned, signature: bytes(sign(null, welcomeMessage(unsigned), this.#signing.privateKey)) }
  }

  /** @param ageSeconds how long ago, by a right clock. */
  challenge(ageSeconds = 0, purpose: ChallengePurpose = 'unlock'): Challenge {
    const issuedAtSeconds = Math.floor(Date.now() / 1000) - ageSeconds
    return { purpose, station: this.number, nonce: bytes(randomBytes(16)), issuedAtSeconds }
  }

  /** Joins an organisation's hub. @param link as the hub made it, used once. */
  async join(link: string, name: string, location: string): Promise<void> {
    const [base, code = ''] = link.split('#')
    const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64')
    const signingKey = Buffer.from(stationKeyInfo(this.signingKey)).toString('base64')
    const agreementKey = spki(publicKey(short(this.#agreement)))
    const sealingKey = spki(publicKey(short(p256())))
    const text = Buffer.from(joinText(code, [signingKey, agreementKey, sealingKey]))
    const signature = sign(null, text, this.#signing.privateKey).toString('base64')
    const facts = { code, name, location, appVersion: 'test' }
    const answer = await fetch(base ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...facts, signingKey, agreementKey, sealingKey, signature }),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }

  /** What a phone whose part was shown must answer with. */
  digits(challenge: Challenge, phoneAgreementKey: Uint8Array): string {
    return digitsUnder(this.#answerKey(this.#agreement.computeSecret(phoneAgreementKey)), encodeChallenge(challenge))
  }

  /** What a phone whose part was typed must answer with. */
  typedDigits(challenge: Challenge, { offer }: FakeOffer, r: Uint8Array): string {
    return digitsUnder(this.#answerKey(Buffer.concat([offer.s, r])), encodeChallenge(challenge))
  }

  #answerKey = (agreed: Uint8Array) => derive(agreed, this.number, answerKeyInfo)
}

/** The digits that confirm a part that was shown. */
export const confirmShown = ({ offer, key }: FakeOffer, part: Uint8Array, agreementKey: Uint8Array): string =>
  digitsUnder(derive(key.computeSecret(agreementKey), offer.offer, bindingKeyInfo), confirmationQuestion(offer, part))

/** The digits that confirm a part that was typed. @param r its 10 bytes. */
export const confirmTyped = ({ offer }: FakeOffer, r: Uint8Array): string =>
  digitsUnder(derive(Buffer.concat([offer.s, r]), offer.offer, bindingKeyInfo), confirmationQuestion(offer, r))

/** Whether the phone itself made it, for this offer. */
export const isOwnPart = ({ signature, ...part }: PhonePart, { offer }: FakeOffer): boolean =>
  es256(partMessage(part, offer), signature, part.signingKey)

export const isOwnAnswer = ({ signature, assertion, ...answer }: PhoneAnswer, signingKey: Uint8Array): boolean =>
  es256(answerMessage(answer), signature, signingKey)

/** Whether the passkey vouches for exactly this answer, its owner verified (Web Authentication Level 3, 7.2). */
export function isVouchedFor({ signature: _, assertion, ...answer }: PhoneAnswer, passkey: Uint8Array): boolean {
  if (!assertion) return false
  const client = JSON.parse(Buffer.from(assertion.clientData).toString('utf8'))
  const signed = Buffer.concat([assertion.authenticatorData, sha256(assertion.clientData)])
  return (
    client.type === 'webauthn.get' &&
    client.origin === `https://${phonePageHost}` &&
    client.challenge === Buffer.from(sha256(answerMessage(answer))).toString('base64url') &&
    ((assertion.authenticatorData[32] ?? 0) & 0x04) !== 0 &&
    verify('sha256', signed, publicKey(passkey), assertion.signature)
  )
}

export const offerLink = ({ offer }: FakeOffer, host: string = phonePageHost): Segments =>
  linkSegments(host, 'B', encodeBindingOffer(offer))
export const welcomeLink = (welcome: Welcome): Segments => linkSegments(phonePageHost, 'S', encodeWelcome(welcome))
export const challengeLink = (challenge: Challenge, host: string = phonePageHost): Segments =>
  challengeSegments(host, challenge)

/** What a screen would show for this text, large. */
export const pixelsOf = (text: string | Segments): Promise<Buffer> =>
  QRCode.toBuffer(typeof text === 'string' ? text : text.join(''), { scale: 8, errorCorrectionLevel: 'Q' })

const bytes = (from: Uint8Array): Uint8Array => Uint8Array.from(from)
const sha256 = (from: Uint8Array): Uint8Array => bytes(createHash('sha256').update(from).digest())
const derive = (agreed: Uint8Array, salt: Uint8Array, info: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', agreed, salt, info, 32))
const digitsUnder = (key: Uint8Array, subject: Uint8Array): string =>
  digitsOf(
    createHmac('sha256', key)
      .update(digitsMessage(sha256(subject)))
      .digest(),
  )

function p256(): ECDH {
  const key = createECDH('prime256v1')
  key.generateKeys()
  return key
}
const short = (key: ECDH): Uint8Array => bytes(key.getPublicKey(null, 'compressed'))

function publicKey(compressed: Uint8Array): KeyObject {
  const whole = ECDH.convertKey(compressed, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer
  const [x, y] = [whole.subarray(1, 33).toString('base64url'), whole.subarray(33).toString('base64url')]
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
}
const es256 = (message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean =>
  verify('sha256', message, { key: publicKey(key), dsaEncoding: 'ieee-p1363' }, signature)
