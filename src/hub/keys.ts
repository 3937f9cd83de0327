// The hub's keys, all derived from the one that a file or the environment holds (HKDF, RFC 5869).
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { random, sameBytes } from './primitives.ts'

export interface SealedPlace {
  readonly organisation: string
  readonly table: string
  readonly row: string
}

interface TokenPlace {
  readonly organisation: string
  readonly station: string
  /** The first is 1. */
  readonly sequence: number
}

/** PKCS #8 of an Ed25519 key begins so; its 32 bytes follow (RFC 8410). */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

export class HubKeys {
  readonly #root: Uint8Array
  readonly #seal: Buffer
  readonly #subjects: Buffer
  readonly #tokens: Buffer
  readonly #signing = new Map<string, SigningKey>()

  /** @param root 32 bytes. */
  constructor(root: Uint8Array) {
    if (root.length !== 32) throw new RangeError("the hub's key has 32 bytes")
    this.#root = root
    this.#seal = this.#derive('wardkey hub seal v1')
    this.#subjects = this.#derive('wardkey hub staff-id v1')
    this.#tokens = this.#derive('wardkey hub token v1')
  }

  #derive(info: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#root, new Uint8Array(), info, 32))
  }

  /** Nonce (12), tag (16), ciphertext: AES-256-GCM, bound to where it is kept. */
  seal(plain: Uint8Array, place: SealedPlace): Buffer {
    const nonce = random(12)
    const cipher = createCipheriv('aes-256-gcm', this.#seal, nonce).setAAD(placeBytes(place))
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body])
  }

  /** Throws where it was sealed by another key, for another place, or changed. */
  open(sealed: Uint8Array, place: SealedPlace): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#seal, sealed.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(placeBytes(place)).setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  }

  /** Stands for a staff ID as it was typed, known or not. 64 hex digits. */
  subject(organisation: string, staffId: string): string {
    return createHmac('sha256', this.#subjects).update(`${organisation}\n${staffId}`).digest('hex')
  }

  /** A secret for somebody nobody knows, so that they cost the same work. 20 bytes. */
  nobodysSecret(subject: string): Buffer {
    return createHmac('sha256', this.#subjects).update(`nobody\n${subject}`).digest().subarray(0, 20)
  }

  /** A station's token, base64url: what it is about gives the same one again, so that a request that comes twice is answered alike. */
  token(place: TokenPlace, about: readonly string[]): string {
    const own = this.#tokenMac(['next', ...about]).subarray(0, 8)
    const head = Buffer.alloc(14)
    head.writeUIntBE(place.sequence, 0, 6)
    head.set(own, 6)
    return Buffer.concat([head, this.#tokenTag(place, own)]).toString('base64url')
  }

  /** Its place in the row of this station's tokens; null where this hub never made it. */
  tokenSequence(organisation: string, station: string, token: string): number | null {
    const bytes = Buffer.from(token, 'base64url')
    if (bytes.length !== 32) return null
    const place = { organisation, station, sequence: bytes.readUIntBE(0, 6) }
    return sameBytes(bytes.subarray(14), this.#tokenTag(place, bytes.subarray(6, 14))) ? place.sequence : null
  }

  /** What a station has to sign to say that it is there now. 256 bits, base64url. */
  challenge(about: readonly string[]): string {
    return this.#tokenMac(['challenge', ...about]).toString('base64url')
  }

  #tokenTag({ organisation, station, sequence }: TokenPlace, random: Buffer): Buffer {
    return this.#tokenMac(['tag', organisation, station, sequence, random.toString('hex')]).subarray(0, 18)
  }

  #tokenMac(content: readonly (string | number)[]): Buffer {
    return createHmac('sha256', this.#tokens).update(JSON.stringify(content)).digest()
  }

  /** The organisation's own: it signs what goes down to stations, and what the hub has seen of their logs. */
  signing(organisation: string): SigningKey {
    const known = this.#signing.get(organisation)
    if (known) return known
    const seed = this.#derive(`wardkey hub signing v1 ${organisation}`)
    const key = createPrivateKey({ key: Buffer.concat([ed25519Prefix, seed]), format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
    const made = { key, raw: spki.subarray(-32) }
    this.#signing.set(organisation, made)
    return made
  }
}

export interface SigningKey {
  readonly key: KeyObject
  /** The public key, 32 bytes (RFC 8032). */
  readonly raw: Buffer
}

const placeBytes = ({ organisation, table, row }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([organisation, table, row, 1]))
