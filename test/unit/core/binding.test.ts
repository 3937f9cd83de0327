// The payloads of binding a phone: their bytes, that they are read back as written, and that nothing else passes for them.
import { describe, expect, it } from 'vitest'
import { toBase32 } from '../../../src/core/base32.ts'
import {
  type BindingOffer,
  boxSubject,
  confirmationQuestion,
  encodeBindingOffer,
  encodePhonePart,
  encodeWelcome,
  linkSegments,
  type PhonePart,
  partMessage,
  readBindingOffer,
  readPhonePart,
  readShownText,
  readWelcome,
  shownText,
  type Welcome,
} from '../../../src/core/binding.ts'
import { fitting } from '../../../src/core/fields.ts'
import { fc } from '../support/properties.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((each) => each.slice())
const name = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => fitting(text.replace(/[^\p{L}\p{N} ]/gu, ''), 80))
const anyOffer: fc.Arbitrary<BindingOffer> = fc.record({
  offer: bytes(8),
  station: bytes(8),
  key: bytes(33),
  s: bytes(16),
  organisation: fc.option(fc.stringMatching(/^[a-z0-9-]{1,40}$/)),
})
const anyPart: fc.Arbitrary<PhonePart> = fc.record({
  offer: bytes(8),
  signingKey: bytes(33),
  agreementKey: bytes(33),
  passkey: fc.option(
    fc.record({ id: fc.uint8Array({ minLength: 16, maxLength: 128 }).map((each) => each.slice()), key: bytes(33) }),
  ),
  signature: bytes(64),
})
const anyWelcome: fc.Arbitrary<Welcome> = fc.record({
  offer: bytes(8),
  credential: bytes(16),
  signingKey: bytes(32),
  agreementKey: bytes(33),
  stationName: name,
  stationLocation: name,
  personName: name,
  organisation: fc.option(fc.record({ slug: fc.stringMatching(/^[a-z0-9-]{1,40}$/), key: bytes(32) })),
  signature: bytes(64),
})

describe('each payload', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyOffer, (each) => {
        expect(readBindingOffer(encodeBindingOffer(each))).toEqual(each)
      }),
    )
    fc.assert(
      fc.property(anyPart, (each) => {
        expect(readPhonePart(encodePhonePart(each))).toEqual(each)
      }),
    )
    fc.assert(
      fc.property(anyWelcome, (each) => {
        expect(readWelcome(encodeWelcome(each))).toEqual(each)
      }),
    )
  })

  it('is nothing with a byte more, a byte less, or another version', () => {
    fc.assert(
      fc.property(anyOffer, anyPart, anyWelcome, (offer, part, welcome) => {
        for (const [written, read] of [
          [encodeBindingOffer(offer), readBindingOffer],
          [encodePhonePart(part), readPhonePart],
          [encodeWelcome(welcome), readWelcome],
        ] as const) {
          expect(read(Uint8Array.from([...written, 0]))).toBeNull()
          expect(read(written.slice(0, -1))).toBeNull()
          expect(read(Uint8Array.from([3, ...written.slice(1)]))).toBeNull()
        }
      }),
    )
  })

  it('of random bytes is null or writes itself again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        const welcome = readWelcome(random)
        if (welcome) expect(encodeWelcome(welcome)).toEqual(random)
        const part = readPhonePart(random)
        if (part) expect(encodePhonePart(part)).toEqual(random)
      }),
    )
  })
})

describe('the offer', () => {
  const offer: BindingOffer = {
    offer: new Uint8Array(8).fill(1),
    station: new Uint8Array(8).fill(2),
    key: new Uint8Array(33).fill(3),
    s: new Uint8Array(16).fill(4),
    organisation: null,
  }

  it('is version, offer id, station number, key and s', () => {
    expect(Buffer.from(encodeBindingOffer(offer)).toString('hex')).toBe(
      `01${'01'.repeat(8)}${'02'.repeat(8)}${'03'.repeat(33)}${'04'.repeat(16)}`,
    )
  })

  it('of a station with a hub is version 2, and ends with whose hub it is', () => {
    expect(Buffer.from(encodeBindingOffer({ ...offer, organisation: 'acme' })).toString('hex')).toBe(
      `02${'01'.repeat(8)}${'02'.repeat(8)}${'03'.repeat(33)}${'04'.repeat(16)}04${Buffer.from('acme').toString('hex')}`,
    )
  })

  it('names no organisation that an address could not', () => {
    const whole = Buffer.from(encodeBindingOffer({ ...offer, organisation: 'acme' }))
    expect(readBindingOffer(new Uint8Array(whole))).toEqual({ ...offer, organisation: 'acme' })
    for (const bad of ['../x', 'ACME', 'a c', 'a/b', 'a.b'])
      expect(
        readBindingOffer(Buffer.concat([whole.subarray(0, 66), Buffer.of(bad.length), Buffer.from(bad)])),
      ).toBeNull()
    expect(readBindingOffer(Buffer.concat([whole.subarray(0, 66), Buffer.of(0)]))).toBeNull()
    expect(readBindingOffer(whole.subarray(0, 66))).toBeNull()
  })

  it('has a box that nobody knows who has not scanned all of it', () => {
    const other = { ...offer, s: new Uint8Array(16).fill(5) }
    expect(boxSubject(other)).not.toEqual(boxSubject(offer))
    expect(boxSubject({ ...offer, organisation: 'acme' })).not.toEqual(boxSubject(offer))
  })

  it('stands behind the # and a B', () => {
    expect(linkSegments('phone.example.org', 'B', encodeBindingOffer(offer)).join('')).toMatch(
      /^HTTPS:\/\/PHONE\.EXAMPLE\.ORG\/#B[A-Z2-7]{106}$/,
    )
  })

  it('is signed whole by the phone, and asked about whole by the digits', () => {
    const part = { offer: offer.offer, signingKey: new Uint8Array(33), agreementKey: new Uint8Array(33), passkey: null }
    const other = { ...offer, s: new Uint8Array(16).fill(5) }
    expect(partMessage(part, other)).not.toEqual(partMessage(part, offer))
    expect(confirmationQuestion(other, new Uint8Array(10))).not.toEqual(confirmationQuestion(offer, new Uint8Array(10)))
  })
})

describe('a text that is shown', () => {
  it('is read only as the kind that it is', () => {
    const text = shownText('P', Uint8Array.of(1, 2, 3))
    expect(readShownText(text, 'P')).toEqual(Uint8Array.of(1, 2, 3))
    expect(readShownText(text, 'R')).toBeNull()
  })

  it.each(['', 'WARDKEY:P', 'WARDKEY:Pab', 'WARDKEY:PA1', `WARDKEY:P${toBase32(Uint8Array.of(1))}=`, 'WARDKEY:PAB'])(
    'is nothing as %s',
    (text) => expect(readShownText(text, 'P')).toBeNull(),
  )
})
