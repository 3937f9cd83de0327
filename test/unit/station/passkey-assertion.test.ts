// An assertion counts only as it should be: this passkey, this answer, this page, its owner seen, and no copy.
import { describe, expect, it } from 'vitest'
import { counterIfVouched } from '../../../src/station/passkey-assertion.ts'
import { type AssertionLies, SoftPasskey } from '../../support/soft-passkey.ts'

const host = 'phone.example.org'
const message = Buffer.from('what the phone answers')

describe('an assertion', () => {
  const passkey = new SoftPasskey(host)
  const known = { id: passkey.id, key: passkey.key, counter: 0 }

  it('of this passkey about this message vouches, however the host is written', async () => {
    expect(await counterIfVouched(known, host, message, passkey.assert(message))).toBe(0)
    expect(await counterIfVouched(known, 'PHONE.EXAMPLE.ORG', message, passkey.assert(message))).toBe(0)
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
    expect(await counterIfVouched(known, host, message, passkey.assert(message, lies))).toBeNull()
  })

  it('of another passkey, or about another message, does not', async () => {
    const stranger = new SoftPasskey(host)
    expect(await counterIfVouched(known, host, message, stranger.assert(message))).toBeNull()
    expect(await counterIfVouched(known, host, Buffer.from('something else'), passkey.assert(message))).toBeNull()
  })

  it('with any byte changed does not', async () => {
    const whole = passkey.assert(message)
    for (const field of ['authenticatorData', 'clientData', 'signature'] as const)
      for (let at = 0; at < whole[field].length; at += 7) {
        const bytes = Uint8Array.from(whole[field])
        bytes[at] = (bytes[at] ?? 0) ^ 1
        expect(await counterIfVouched(known, host, message, { ...whole, [field]: bytes }), `${field} ${at}`).toBeNull()
      }
  })

  it.each([0, 1, 36, 38, 500])('of %i bytes that say nothing does not', async (length) => {
    const authenticatorData = new Uint8Array(length)
    const whole = { ...passkey.assert(message), authenticatorData }
    expect(await counterIfVouched(known, host, message, whole)).toBeNull()
    expect(await counterIfVouched(known, host, message, { ...whole, clientData: authenticatorData })).toBeNull()
  })
})

describe('a passkey that counts', () => {
  it('counts on, and one that counts behind is a copy', async () => {
    const passkey = new SoftPasskey(host, true)
    const known = { id: passkey.id, key: passkey.key, counter: 0 }
    const first = passkey.assert(message)
    const counter = await counterIfVouched(known, host, message, first)
    expect(counter).toBe(1)
    const later = { ...known, counter: counter ?? 0 }
    expect(await counterIfVouched(later, host, message, first)).toBeNull()
    expect(await counterIfVouched(later, host, message, passkey.assert(message, { counter: 0 }))).toBeNull()
    expect(await counterIfVouched(later, host, message, passkey.assert(message))).toBe(3)
  })
})
