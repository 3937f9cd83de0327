// The passphrase stanza of age-encryption.org/v1, with the slow hash in Node's pool: in the library it would stop main for seconds.
import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { type Identity, type Recipient, Stanza } from 'age-encryption'
import { random } from './primitives.ts'

const label = 'age-encryption.org/v1/scrypt'
/** N is 2 to this: age's own default, about a second and 256 MB. */
const workFactor = 18
/** What a file may ask of us. */
const greatestWorkFactor = 20
const hash = promisify(scrypt) as (passphrase: string, salt: Buffer, length: number, cost: object) => Promise<Buffer>

async function wrappingKey(passphrase: string, salt: Uint8Array, logN: number): Promise<Buffer> {
  const N = 2 ** logN
  return hash(passphrase, Buffer.concat([Buffer.from(label), salt]), 32, {
    N,
    r: 8,
    p: 1,
    maxmem: 128 * 8 * N + 2 ** 20,
  })
}

/** The key is used for one message only, as its salt is. */
const cipher = (key: Uint8Array) => chacha20poly1305(new Uint8Array(key), new Uint8Array(12))
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

export function passphraseRecipient(passphrase: string): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = random(16)
      const key = await wrappingKey(passphrase, salt, workFactor)
      return [new Stanza(['scrypt', base64(salt), String(workFactor)], cipher(key).encrypt(fileKey))]
    },
  }
}

/** Remembers how far it came, since the library's errors are only texts. */
export class PassphraseIdentity implements Identity {
  /** 'unasked': no stanza of a passphrase was met. */
  state: 'unasked' | 'wrong' | 'opened' = 'unasked'
  readonly #passphrase: string

  constructor(passphrase: string) {
    this.#passphrase = passphrase
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    const [stanza] = stanzas
    const [kind, salt = '', factor = ''] = stanza?.args ?? []
    // A passphrase stands alone in its header, or somebody put another way in beside it.
    if (!stanza || stanzas.length !== 1 || kind !== 'scrypt' || !/^[1-9][0-9]?$/.test(factor)) return null
    const bytes = Buffer.from(salt, 'base64')
    if (bytes.length !== 16 || stanza.body.length !== 32 || Number(factor) > greatestWorkFactor) return null
    this.state = 'wrong'
    const key = await wrappingKey(this.#passphrase, bytes, Number(factor))
    try {
      const fileKey = cipher(key).decrypt(stanza.body)
      this.state = 'opened'
      return fileKey
    } catch {
      return null
    }
  }
}
