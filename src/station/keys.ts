// The keys under which a station's data rests: all derived from the one in the keychain (HKDF, RFC 5869).
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'
import canonicalize from 'canonicalize'
import { hmacSha256, random } from './primitives.ts'

export class DamageError extends Error {
  readonly code: 'data-damaged' | 'data-edited' | 'log-changed' | 'log-cut'
  readonly where: string
  constructor(code: DamageError['code'], where: string) {
    super(`${code}: ${where}`)
    this.name = 'DamageError'
    this.code = code
    this.where = where
  }
}

export class StationKeys {
  readonly #seal: KeyObject
  readonly #rows: KeyObject
  readonly #subjects: KeyObject
  readonly recovery: KeyObject
  readonly pin: KeyObject
  readonly ticket: KeyObject
  readonly token: KeyObject

  /** @param root 32 bytes. */
  constructor(root: Uint8Array) {
    if (root.length !== 32) throw new RangeError('the keychain key has 32 bytes')
    const derive = (info: string) =>
      createSecretKey(new Uint8Array(hkdfSync('sha256', root, new Uint8Array(), info, 32)))
    this.#seal = derive('wardkey seal v1')
    this.#rows = derive('wardkey rows v1')
    this.#subjects = derive('wardkey staff-id v1')
    this.recovery = derive('wardkey recovery v1')
    this.pin = derive('wardkey pin v1')
    this.ticket = derive('wardkey ticket v1')
    this.token = derive('wardkey token v1')
  }

  /** Nonce (12), tag (16), ciphertext: AES-256-GCM, bound to where it is kept. */
  seal(plain: Uint8Array, place: SealedPlace): Buffer {
    const nonce = random(12)
    const cipher = createCipheriv('aes-256-gcm', this.#seal, nonce).setAAD(placeBytes(place))
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body])
  }

  open(sealed: Uint8Array, place: SealedPlace): Buffer {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#seal, sealed.subarray(0, 12), { authTagLength: 16 })
      decipher.setAAD(placeBytes(place)).setAuthTag(sealed.subarray(12, 28))
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
    } catch {
      throw new DamageError('data-edited', `${place.table}/${place.row}`)
    }
  }

  /** Digest of a row, over its table, id, content and the number of the event that last changed it. */
  rowDigest(table: string, id: string, content: RowContent, eventNumber: number): Buffer {
    return hmacSha256(this.#rows, rowText([table, id, inOrder(content), eventNumber]))
  }

  /** As `rowDigest` of an event with its leaf, in base64: no character of these has another form in RFC 8785. */
  eventDigest(number: number, leaf: string): Buffer {
    return hmacSha256(this.#rows, `["event","${number}","${leaf}",${number}]`)
  }

  /** Stands for a staff ID where the text itself must not be kept. 64 hex digits. */
  subject(staffId: string): string {
    return hmacSha256(this.#subjects, staffId).toString('hex')
  }

  /** Tells a changed keychain key from a changed row. */
  get check(): Buffer {
    return hmacSha256(this.#rows, 'wardkey key check v1')
  }
}

export interface SealedPlace {
  readonly table: string
  readonly row: string
  readonly person: string
  readonly kind: string
}
const keyVersion = 1
const placeBytes = (place: SealedPlace) =>
  Buffer.from(canonicalize([place.table, place.row, place.person, place.kind, keyVersion]) ?? '')

/** What a row's digest covers: flat, so that its names in order are all that makes its JSON canonical (RFC 8785). */
export type RowContent = string | readonly string[] | Readonly<Record<string, string | number | null>>

const inOrder = (content: RowContent): RowContent =>
  typeof content === 'string' || isList(content)
    ? content
    : Object.fromEntries(
        Object.keys(content)
          .sort()
          .map((name) => [name, content[name] ?? null]),
      )
const isList = (content: RowContent): content is readonly string[] => Array.isArray(content)

/** Half of a surrogate pair has no canonical form, and is refused; JSON alone would write it as an escape. */
function rowText(row: readonly [string, string, RowContent, number]): string {
  const text = JSON.stringify(row)
  return text.includes('\\ud') ? (canonicalize(row) ?? '') : text
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)
