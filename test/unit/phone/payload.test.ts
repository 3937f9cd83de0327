// What a code or an address may ask the phone page for, and that nothing else asks for anything.
import { describe, expect, it } from 'vitest'
import { encodeBindingOffer, encodeWelcome, linkSegments } from '../../../src/core/binding.ts'
import { challengeSegments, encodeChallenge } from '../../../src/core/challenge.ts'
import { payloadOf, payloadOfFragment } from '../../../src/phone/payload.ts'
import { fc } from '../support/properties.ts'

const host = 'phone.example.org'
const bytes = (length: number, value: number) => new Uint8Array(length).fill(value)
const challenge = {
  purpose: 'unlock' as const,
  station: bytes(8, 1),
  nonce: bytes(16, 2),
  issuedAtSeconds: 1_790_000_000,
}
const offer = { offer: bytes(8, 3), station: bytes(8, 1), key: bytes(33, 2), s: bytes(16, 4), organisation: null }
const welcome = {
  ...{ offer: bytes(8, 3), credential: bytes(16, 5), signingKey: bytes(32, 6), agreementKey: bytes(33, 2) },
  ...{ stationName: 'Ward 7', stationLocation: '', personName: 'Ada', signature: bytes(64, 7) },
  organisation: null,
}

describe('a code', () => {
  it('is a challenge, an offer or a welcome, however its letters are written', () => {
    const link = challengeSegments(host, challenge).join('')
    const taken = { kind: 'challenge', challenge, bytes: encodeChallenge(challenge) }
    expect(payloadOf(link, host)).toEqual(taken)
    expect(payloadOf(link.replace('HTTPS://PHONE.EXAMPLE.ORG', 'https://phone.example.org'), host)).toEqual(taken)
    expect(payloadOf(linkSegments(host, 'B', encodeBindingOffer(offer)).join(''), host)).toEqual({
      kind: 'offer',
      offer,
    })
    expect(payloadOf(linkSegments(host, 'S', encodeWelcome(welcome)).join(''), host)).toEqual({
      kind: 'welcome',
      welcome,
    })
  })

  it('of another host is named as that, and gives nothing', () => {
    for (const other of [
      'evil.example',
      'phone.example.org.evil.example',
      'xphone.example.org',
      'phone.example.org:444',
    ])
      expect(payloadOf(challengeSegments(other, challenge).join(''), host)).toEqual({
        kind: 'nothing',
        why: 'other-page',
      })
  })

  it.each([
    ['plain HTTP', (link: string) => link.replace('HTTPS', 'HTTP')],
    ['a path', (link: string) => link.replace('/#', '/x/#')],
    ['a query', (link: string) => link.replace('/#', '/?a#')],
    ['a name before the host', (link: string) => link.replace('//', '//PHONE.EXAMPLE.ORG#@')],
    ['a space', (link: string) => `${link} `],
    ['a line after it', (link: string) => `${link}\nX`],
    ['a letter too many', (link: string) => `${link}A`],
    ['no payload', (link: string) => link.replace(/#.*/, '#')],
  ])('with %s is none', (_what, change) => {
    expect(payloadOf(change(challengeSegments(host, challenge).join('')), host)).toMatchObject({ kind: 'nothing' })
  })

  it('that is anything at all never throws', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'ABS234567ZQ#/: é'), maxLength: 300 })
    fc.assert(
      fc.property(fc.oneof(fc.string(), letters), (text) => {
        expect(payloadOf(`https://${host}/#${text}`, host).kind).toBeTypeOf('string')
        expect(payloadOfFragment(text).kind).toBeTypeOf('string')
      }),
    )
  })
})
