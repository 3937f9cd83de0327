// The login QR code: its bytes, its text, its size, and that no other text passes for it.
import QRCode from 'qrcode'
import { describe, expect, it } from 'vitest'
import { fromBase32, toBase32 } from '../../../src/core/base32.ts'
import {
  type Challenge,
  challengeRule,
  challengeSegments,
  decodeChallenge,
  encodeChallenge,
} from '../../../src/core/challenge.ts'
import { fc } from '../support/properties.ts'

const challenge: Challenge = {
  purpose: 'unlock',
  station: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]),
  nonce: Uint8Array.from({ length: 16 }, (_, i) => 0xf0 + i),
  issuedAtSeconds: 0x6a5b4c3d,
}
const anyChallenge = fc.record({
  purpose: fc.constantFrom('unlock' as const, 'step-up' as const, 'second' as const, 'move' as const),
  station: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  nonce: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  issuedAtSeconds: fc.nat({ max: 2 ** 32 - 1 }),
})
const plain = (found: Challenge | null) =>
  found && { ...found, station: Uint8Array.from(found.station), nonce: Uint8Array.from(found.nonce) }

describe('the payload', () => {
  it('is version, station, nonce and time, in that order and nothing else', () => {
    const hex = Buffer.from(encodeChallenge(challenge)).toString('hex')
    expect(hex).toBe('01' + '0102030405060708' + 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff' + '6a5b4c3d')
  })

  it('says by its first byte what an answer is for, and is of no other purpose', () => {
    const first = (['unlock', 'step-up', 'second', 'move'] as const).map(
      (purpose) => encodeChallenge({ ...challenge, purpose })[0],
    )
    expect(first).toEqual([1, 2, 3, 4])
    for (const other of [0, 5, 255]) {
      const bytes = encodeChallenge(challenge)
      bytes[0] = other
      expect(decodeChallenge(toBase32(bytes))).toBeNull()
    }
  })

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyChallenge, (each) => {
        expect(plain(decodeChallenge(toBase32(encodeChallenge(each))))).toEqual(each)
      }),
    )
  })

  it('turns into another challenge, or none, with any one of its bytes changed', () => {
    const bytes = encodeChallenge(challenge)
    const read = decodeChallenge(toBase32(bytes))
    for (let at = 0; at < bytes.length; at++) {
      for (let flip = 1; flip < 256; flip++) {
        const tampered = Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ flip : byte))
        const found = decodeChallenge(toBase32(tampered))
        // The first byte: of 255 others three say another purpose, and the rest nothing.
        if (at === 0 && (1 ^ flip) > 4) expect(found).toBeNull()
        else if (at > 0 || flip !== 1) {
          expect(found).not.toBeNull()
          expect(found).not.toEqual(read)
        } else expect(found).toBeNull()
      }
    }
  })

  it('has one text alone: no character can change and mean the same', () => {
    const text = toBase32(encodeChallenge(challenge))
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    const means = new Set<string>()
    for (let at = 0; at < text.length; at++)
      for (const letter of alphabet) {
        const found = decodeChallenge(text.slice(0, at) + letter + text.slice(at + 1))
        if (found) means.add(toBase32(encodeChallenge(found)))
      }
    // As many meanings as texts that were read: the last character's three spare bits are held to zero.
    const last = [...alphabet].filter((letter) => decodeChallenge(text.slice(0, -1) + letter))
    expect(last).toHaveLength(4)
    expect(means.has(text)).toBe(true)
  })

  it.each([
    ['empty', ''],
    ['a character short', toBase32(encodeChallenge(challenge)).slice(0, -1)],
    ['a character long', `${toBase32(encodeChallenge(challenge))}A`],
    ['lower case', toBase32(encodeChallenge(challenge)).toLowerCase()],
    ['padded', `${toBase32(encodeChallenge(challenge))}=`],
    ['a line break after it', `${toBase32(encodeChallenge(challenge))}\n`],
    ['a space before it', ` ${toBase32(encodeChallenge(challenge))}`],
    ['a letter outside the alphabet', toBase32(encodeChallenge(challenge)).replace(/.$/, '1')],
    ['purpose 0', toBase32(new Uint8Array(29))],
    ['purpose 5', toBase32(Uint8Array.from({ length: 29 }, (_, i) => (i === 0 ? 5 : 0)))],
    ['spare bits set', toBase32(encodeChallenge(challenge)).replace(/.$/, '7')],
  ])('is refused: %s', (_, text) => {
    expect(decodeChallenge(text)).toBeNull()
  })

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[A-Z2-7]{47}$/)), (text) => {
        const found = decodeChallenge(text)
        if (found) expect(toBase32(encodeChallenge(found))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the QR code', () => {
  const draw = (host: string, each: Challenge) => {
    const [start, hash, payload] = challengeSegments(host, each)
    return QRCode.create(
      [
        { data: start, mode: 'alphanumeric' },
        { data: Buffer.from(hash), mode: 'byte' },
        { data: payload, mode: 'alphanumeric' },
      ],
      { errorCorrectionLevel: 'Q' },
    )
  }

  it('is version 5 at level Q for a host of 24 characters, whatever the challenge', () => {
    const host = 'phone.hospital-7.example'
    expect(host).toHaveLength(24)
    fc.assert(
      fc.property(anyChallenge, (each) => {
        const symbol = draw(host, each)
        expect(symbol.version).toBe(5)
        expect(symbol.modules.size).toBe(37)
      }),
      { numRuns: 50 },
    )
  })

  it('says the host in upper case, the hash as a segment of its own, and the payload after it', () => {
    const segments = challengeSegments('Phone.Example.org', challenge)
    expect(segments).toEqual(['HTTPS://PHONE.EXAMPLE.ORG/', '#', toBase32(encodeChallenge(challenge))])
    const url = new URL(segments.join(''))
    expect(url.host).toBe('phone.example.org')
    // What a browser sends to a server holds none of it.
    expect(url.pathname + url.search).toBe('/')
    expect(fromBase32(url.hash.slice(1))).toHaveLength(29)
  })
})

it('lets four codes live at a time, and rests after ten', () => {
  expect(challengeRule.livesMs / challengeRule.rotatesMs).toBe(4)
  expect(challengeRule).toMatchObject({ rotatesMs: 30_000, livesMs: 120_000, idleRotations: 10, nonceBytes: 16 })
})
