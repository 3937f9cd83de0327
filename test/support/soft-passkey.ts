// A passkey without a device: signs as an authenticator does (Web Authentication Level 3, 6.3.3), and lies where a test wants it to.
import { createHash, ECDH, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Assertion } from '../../src/core/phone-answer.ts'

/** What an assertion says that is not as it should be. */
export interface AssertionLies {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly userPresent?: boolean
  readonly userVerified?: boolean
  readonly crossOrigin?: boolean
  readonly counter?: number
  readonly challenge?: Uint8Array
}

export class SoftPasskey {
  readonly id = randomBytes(20)
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #host: string
  /** 0 for good: what an authenticator without a counter says. */
  #counter: number

  /** @param counts whether it says how often it has signed. */
  constructor(host: string, counts = false) {
    this.#host = host.toLowerCase()
    this.#counter = counts ? 1 : 0
  }

  /** 33 bytes. */
  get key(): Buffer {
    return compressed(this.#keys.publicKey)
  }

  /** @param message what the assertion is to vouch for; its SHA-256 is the challenge. */
  assert(message: Uint8Array, lies: AssertionLies = {}): Assertion {
    const counter = lies.counter ?? this.#counter
    if (this.#counter > 0) this.#counter++
    const flags = (lies.userPresent === false ? 0 : 1) | (lies.userVerified === false ? 0 : 4)
    const tail = Buffer.alloc(5)
    tail.writeUInt8(flags)
    tail.writeUInt32BE(counter, 1)
    const authenticatorData = Buffer.concat([sha256(Buffer.from(lies.rpId ?? this.#host)), tail])
    const clientData = Buffer.from(
      JSON.stringify({
        type: lies.type ?? 'webauthn.get',
        challenge: Buffer.from(lies.challenge ?? sha256(message)).toString('base64url'),
        origin: lies.origin ?? `https://${this.#host}`,
        crossOrigin: lies.crossOrigin ?? false,
      }),
    )
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), this.#keys.privateKey)
    return { authenticatorData, clientData, signature }
  }
}

/** SEC 1, 2.3.3. */
export function compressed(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'compressed') as Buffer
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
