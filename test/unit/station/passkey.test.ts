// A passkey's assertion counts only as it should be: this passkey, this answer, this page, its owner seen, and no copy.
import { describe, expect, it } from 'vitest'
import { type Assertion, answerMessage, type UnsignedAnswer } from '../../../src/core/phone-answer.ts'
import { counterIfVerified } from '../../../src/station/passkey.ts'
import { type AssertionLies, SoftPasskey } from '../../support/soft-passkey.ts'

const host = 'phone.example.org'
const said: UnsignedAnswer = {
  challenge: new Uint8Array(29).fill(1),
  credential: new Uint8Array(16).fill(2),
  decision: 'approved',
  verification: 'passkey',
  device: 'Test phone',
  place: null,
}
const message = answerMessage(said)

interface Known {
  readonly id: Uint8Array
  readonly key: Uint8Array
  readonly counter: number
}
function counterIfVouched({ id, key, counter }: Known, at: string, unsigned: UnsignedAnswer, assertion: Assertion) {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const keys = { form: 'keys', signingKey: text(key), agreementKey: text(key) } as const
  const parameters = { ...keys, passkey: { id: text(id), key: text(key) } }
  return counterIfVerified({ ...unsigned, signature: new Uint8Array(64), assertion }, parameters, counter, at)
}

describe('an assertion', () => {
  const passkey = new SoftPasskey(host)
  const known = { id: passkey.id, key: passkey.key, counter: 0 }

  it('of this passkey about this message vouches, however the host is written', async () => {
    expect(await counterIfVouched(known, host, said, passkey.assert(message))).toBe(0)
    expect(await counterIfVouched(known, 'PHONE.EXAMPLE.ORG', said, passkey.assert(message))).toBe(0)
  })

  it.each<[string, AssertionLies]>([
    ['that has not seen its owner', { userVerified: false }],
    ['that nobody touched', { userPresent: false }],
    ['made for another page', { origin: 'https://phone.example.com' }],
    ['made over plain HTTP', { origin: 'http://phone.example.org' }],
    ['made for another port', { origin: 'https://phone.example.org:8443' }],
    ['of another host', { rpId: 'example.com' }],
    ['of a parent of the host', { rpId: 'example.org' }],
    ['of a registration', { type: 'webauthn.create' }],
    ['about something else', { challenge: new Uint8Array(32) }],
  ])('%s does not', async (_, lies) => {
    expect(await counterIfVouched(known, host, said, passkey.assert(message, lies))).toBeNull()
  })

  it('of another passkey, or about another message, does not', async () => {
    const stranger = new SoftPasskey(host)
    expect(await counterIfVouched(known, host, said, stranger.assert(message))).toBeNull()
    expect(await counterIfVouched(known, host, { ...said, device: 'Another' }, passkey.assert(message))).toBeNull()
  })

  it('with any byte changed does not', async () => {
    const whole = passkey.assert(message)
    for (const field of ['authenticatorData', 'clientData', 'signature'] as const)
      for (let at = 0; at < whole[field].length; at += 7) {
        const bytes = Uint8Array.from(whole[field])
        bytes[at] = (bytes[at] ?? 0) ^ 1
        expect(await counterIfVouched(known, host, said, { ...whole, [field]: bytes }), `${field} ${at}`).toBeNull()
      }
  })

  it.each([0, 1, 36, 38, 500])('of %i bytes that say nothing does not', async (length) => {
    const authenticatorData = new Uint8Array(length)
    const whole = { ...passkey.assert(message), authenticatorData }
    expect(await counterIfVouched(known, host, said, whole)).toBeNull()
    expect(await counterIfVouched(known, host, said, { ...whole, clientData: authenticatorData })).toBeNull()
  })
})

describe('a passkey that counts', () => {
  it('counts on, and one that counts behind is a copy', async () => {
    const passkey = new SoftPasskey(host, true)
    const known = { id: passkey.id, key: passkey.key, counter: 0 }
    const first = passkey.assert(message)
    const counter = await counterIfVouched(known, host, said, first)
    expect(counter).toBe(1)
    const later = { ...known, counter: counter ?? 0 }
    expect(await counterIfVouched(later, host, said, first)).toBeNull()
    expect(await counterIfVouched(later, host, said, passkey.assert(message, { counter: 0 }))).toBeNull()
    expect(await counterIfVouched(later, host, said, passkey.assert(message))).toBe(3)
  })
})
