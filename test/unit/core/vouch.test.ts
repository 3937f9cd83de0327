// A phone's word for another: read back as it was written, every field of it signed, and nothing else passes for one.
import { describe, expect, it } from 'vitest'
import { encodeVouch, readVouch, type Vouch, vouchMessage } from '../../../src/core/vouch.ts'

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value)
const vouch: Vouch = {
  ...{ credential: bytes(16, 1), atSeconds: 1_700_000_000, verified: false },
  ...{ signingKey: bytes(33, 2), agreementKey: bytes(33, 3), passkey: null, signature: bytes(64, 4), assertion: null },
}
const verified: Vouch = {
  ...vouch,
  verified: true,
  passkey: { id: bytes(20, 5), key: bytes(33, 6) },
  assertion: { authenticatorData: bytes(37, 7), clientData: bytes(90, 8), signature: bytes(70, 9) },
}

describe('a phone’s word for another', () => {
  it('is read back as it was written', () => {
    for (const each of [vouch, verified]) expect(readVouch(encodeVouch(each))).toEqual(each)
  })

  it('is version, what vouches, credential, time, keys and signature', () => {
    const head = `0100${'01'.repeat(16)}6553f100${'02'.repeat(33)}${'03'.repeat(33)}00`
    expect(Buffer.from(encodeVouch(vouch)).toString('hex')).toBe(head + '04'.repeat(64))
    expect(Buffer.from(vouchMessage(vouch)).toString('hex')).toBe(
      Buffer.from('wardkey vouch v1').toString('hex') + head,
    )
  })

  it('is nothing where it is cut, goes on, or says what none says', () => {
    const whole = encodeVouch(verified)
    for (let length = 0; length < whole.length; length++) expect(readVouch(whole.slice(0, length))).toBeNull()
    expect(readVouch(Uint8Array.from([...whole, 0]))).toBeNull()
    for (const [at, value] of [
      [0, 2],
      [1, 2],
      [1, 0],
    ] as const) {
      const changed = Uint8Array.from(whole)
      changed[at] = value
      expect(readVouch(changed)).toBeNull()
    }
  })

  it('signs each of its fields', () => {
    const message = Buffer.from(vouchMessage(verified))
    for (const other of [
      { credential: bytes(16, 9) },
      { atSeconds: 1 },
      { verified: false },
      { signingKey: bytes(33, 9) },
      { agreementKey: bytes(33, 9) },
      { passkey: null },
      { passkey: { id: bytes(20, 5), key: bytes(33, 9) } },
    ])
      expect(message.equals(Buffer.from(vouchMessage({ ...verified, ...other })))).toBe(false)
  })
})
