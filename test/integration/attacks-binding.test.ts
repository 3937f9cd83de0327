// Attacks on binding: what a photo of the offer is worth in each way, and parts that are not what they should be.
import { createECDH, randomBytes } from 'node:crypto'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type PhonePart, shownText } from '../../src/core/binding.ts'
import { closeAll, eventsOf, read, signIn, type Ward } from '../support/attack-station.ts'
import { BoundPhone } from '../support/bound-phone.ts'
import { challengeOf, newScanningWard, offerText, refused, welcome } from '../support/scanning-ward.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

const typed = (phone: BoundPhone) => phone.typedPart.replaceAll('-', '')
const own = ({ desk }: Ward) => desk.handlers.bindOwnPhone({})
const bound = (ward: Ward) => read<string>(ward, "SELECT id FROM credential WHERE kind = 'phone'")

/** Two phones that have scanned one offer: its owner's, and that of somebody with a photo of the screen. */
async function photographed() {
  const ward = await newScanningWard()
  await signIn(ward)
  const text = await offerText(own(ward))
  return { ward, handlers: ward.desk.handlers, mine: new BoundPhone(text), theirs: new BoundPhone(text) }
}
async function ended(ward: Ward, mine: BoundPhone): Promise<void> {
  expect(eventsOf(ward, 'offer-ended').at(-1)).toMatchObject({ reason: 'second-part' })
  expect(ward.desk.screen()).toMatchObject({ offer: { ended: true, secondPart: true } })
  for (const digits of [mine.digitsForPart(), mine.digitsForTyped()])
    expect(await ward.desk.handlers.confirmBinding({ digits })).toMatchObject({ ok: false })
  expect(bound(ward)).toEqual([])
}

describe('a photo of the offer, where the camera reads the part', () => {
  it('has digits that confirm nothing', async () => {
    const { ward, handlers, mine, theirs } = await photographed()
    expect(await handlers.submitPhonePart({ text: mine.part() })).toEqual({ ok: true })
    for (const digits of [theirs.digitsForPart(), theirs.digitsForTyped()])
      expect(await handlers.confirmBinding({ digits })).toEqual(refused('wrong-code'))
    expect(bound(ward)).toEqual([])
    expect(await handlers.confirmBinding({ digits: mine.digitsForPart() })).toEqual({ ok: true })
  })

  it.each(['after', 'before'])('with a part of its own %s the owner’s ends the offer', async (when) => {
    const { ward, handlers, mine, theirs } = await photographed()
    const [first, second] = when === 'after' ? [mine, theirs] : [theirs, mine]
    expect(await handlers.submitPhonePart({ text: first.part() })).toEqual({ ok: true })
    expect(await handlers.submitPhonePart({ text: second.part() })).toEqual(refused('second-part'))
    await ended(ward, mine)
  })

  it('with the owner’s part, shown once more, changes nothing: only the owner’s phone has the digits', async () => {
    const { ward, handlers, mine, theirs } = await photographed()
    const text = mine.part()
    expect(await handlers.submitPhonePart({ text })).toEqual({ ok: true })
    expect(await handlers.submitPhonePart({ text })).toEqual({ ok: true })
    expect(await handlers.confirmBinding({ digits: theirs.digitsForPart() })).toEqual(refused('wrong-code'))
    expect(await handlers.confirmBinding({ digits: mine.digitsForPart() })).toEqual({ ok: true })
    await welcome(ward, mine)
    await handlers.lockNow({})
    // Whoever took a photo of the welcome as well knows the workstation, and still answers for nobody.
    const challenge = await challengeOf(ward)
    expect(await handlers.submitAnswer({ staffId: null, digits: theirs.digitsForPart() })).toMatchObject({ ok: false })
    expect(await handlers.submitAnswer({ staffId: 'A1001', digits: mine.digits(challenge) })).toMatchObject({
      ok: true,
    })
  })
})

describe('a photo of the offer, where the part is typed', () => {
  it('is worth nothing without r', async () => {
    const { ward, handlers, mine, theirs } = await photographed()
    expect(await handlers.submitTypedPart({ part: typed(mine) })).toEqual({ ok: true })
    for (const digits of [theirs.digitsForTyped(), theirs.digitsForPart()])
      expect(await handlers.confirmBinding({ digits })).toEqual(refused('wrong-code'))
    expect(await handlers.confirmBinding({ digits: mine.digitsForTyped() })).toEqual({ ok: true })
    await welcome(ward, mine)
    await handlers.lockNow({})
    // With s, and with everything that was on the station's screen.
    const challenge = await challengeOf(ward)
    expect(await handlers.submitAnswer({ staffId: 'A1001', digits: theirs.digits(challenge) })).toEqual(
      refused('wrong-or-over'),
    )
    expect(await handlers.submitAnswer({ staffId: 'A1001', digits: mine.digits(challenge) })).toMatchObject({
      ok: true,
    })
  })

  it('with a part of its own before the camera ends the offer', async () => {
    const { ward, handlers, mine, theirs } = await photographed()
    expect(await handlers.submitTypedPart({ part: typed(mine) })).toEqual({ ok: true })
    expect(await handlers.submitPhonePart({ text: theirs.part() })).toEqual(refused('second-part'))
    await ended(ward, mine)
  })

  it('with r of its own, typed after the camera had the owner’s part, ends the offer', async () => {
    const { ward, handlers, mine, theirs } = await photographed()
    expect(await handlers.submitPhonePart({ text: mine.part() })).toEqual({ ok: true })
    expect(await handlers.submitTypedPart({ part: typed(theirs) })).toEqual(refused('second-part'))
    await ended(ward, mine)
  })

  it('binds nothing that signs: a signed answer of that phone is refused', async () => {
    const { ward, handlers, mine } = await photographed()
    await handlers.submitTypedPart({ part: typed(mine) })
    await handlers.confirmBinding({ digits: mine.digitsForTyped() })
    await welcome(ward, mine)
    await handlers.lockNow({})
    const text = mine.shownAnswer(await challengeOf(ward))
    expect(await handlers.submitShownAnswer({ text })).toEqual(refused('bad-answer'))
  })
})

describe('a photo of an offer that is over', () => {
  it('binds nothing, though it was confirmed by its owner', async () => {
    const { ward, handlers, mine, theirs } = await photographed()
    await handlers.submitPhonePart({ text: mine.part() })
    await handlers.confirmBinding({ digits: mine.digitsForPart() })
    await welcome(ward, mine)
    expect(await handlers.submitPhonePart({ text: theirs.part() })).toEqual(refused('not-now'))
    expect(await handlers.submitTypedPart({ part: typed(theirs) })).toEqual(refused('not-now'))
    expect(bound(ward)).toHaveLength(1)
  })

  it('answers no other offer', async () => {
    const { ward, handlers, theirs } = await photographed()
    const next = new BoundPhone(await offerText(handlers.renewBinding({})))
    expect(await handlers.submitPhonePart({ text: theirs.part() })).toEqual(refused('other-offer'))
    expect(await handlers.submitPhonePart({ text: next.part() })).toEqual({ ok: true })
    expect(await handlers.confirmBinding({ digits: theirs.digitsForPart() })).toEqual(refused('wrong-code'))
    expect(bound(ward)).toEqual([])
  })
})

/** A point of P-256 that is nobody's; and 33 bytes that are none. */
function somePoint(): Buffer {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  return Buffer.from(ecdh.getPublicKey('hex', 'compressed'), 'hex')
}
const noPoints: [string, Uint8Array][] = [
  ['zeros', new Uint8Array(33)],
  ['of another form', Buffer.concat([Buffer.of(4), randomBytes(32)])],
  ['past the field', Buffer.concat([Buffer.of(2), Buffer.alloc(32, 0xff)])],
  ['off the curve', Buffer.concat([Buffer.of(2), Buffer.alloc(31), Buffer.of(1)])],
]

describe('a part', () => {
  const swapped: [string, Partial<PhonePart>][] = [
    ['whose signing key is another’s', { signingKey: somePoint() }],
    ['with no signature', { signature: new Uint8Array(64) }],
    ['with a signature of the greatest numbers', { signature: new Uint8Array(64).fill(0xff) }],
    ...noPoints.map(([name, agreementKey]): [string, Partial<PhonePart>] => [
      `whose agreement key is ${name}`,
      { agreementKey },
    ]),
    ...noPoints.map(([name, signingKey]): [string, Partial<PhonePart>] => [
      `whose signing key is ${name}`,
      { signingKey },
    ]),
    ...noPoints.map(([name, key]): [string, Partial<PhonePart>] => [
      `whose passkey is ${name}`,
      { passkey: { id: randomBytes(16), key } },
    ]),
  ]
  it.each(swapped)('%s is refused, and the phone’s own still comes', async (_, changed) => {
    const { ward, handlers, mine } = await photographed()
    expect(await handlers.submitPhonePart({ text: mine.part(changed) })).toEqual(refused('bad-part'))
    expect(eventsOf(ward, 'offer-tried').at(-1)).toMatchObject({ outcome: 'refused', reason: 'bad-part' })
    expect(await handlers.submitPhonePart({ text: mine.part() })).toEqual({ ok: true })
    expect(await handlers.confirmBinding({ digits: mine.digitsForPart() })).toEqual({ ok: true })
  })

  it('whose keys were changed on the way is refused', async () => {
    const { handlers, mine } = await photographed()
    const bytes = mine.partBytes()
    // version 1, offer 8, signing key 33, agreement key 33: each byte of the keys, and of the signature.
    for (let at = 9; at < bytes.length; at += 5) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const answer = await handlers.submitPhonePart({ text: shownText('P', changed) })
      expect(answer, `byte ${at}`).toMatchObject({ ok: false })
    }
    expect(await handlers.submitPhonePart({ text: mine.part() })).toEqual({ ok: true })
  })

  it.each(['not a code', 'WARDKEY:P', 'WARDKEY:RAAAA', 'HTTPS://PHONE.EXAMPLE.ORG/#BAEAA', 'wardkey:pae'])(
    'is not %s',
    async (text) => {
      const { handlers } = await photographed()
      expect(await handlers.submitPhonePart({ text })).toEqual(refused('not-a-part'))
    },
  )
})
