// What a camera may read off anything: changed parts bind no phone, changed answers open nothing, and nothing crashes.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase32 } from '../../src/core/base32.ts'
import {
  type BindingOffer,
  encodeBindingOffer,
  encodePhonePart,
  encodeWelcome,
  readBindingOffer,
  readPhonePart,
  readShownText,
  readWelcome,
  shownText,
} from '../../src/core/binding.ts'
import { encodeAnswer, readAnswer } from '../../src/core/phone-answer.ts'
import { makeBinding, takeShownPart } from '../../src/station/binding-offers.ts'
import { ChallengeBoard } from '../../src/station/challenge-board.ts'
import { type AnswerParts, loginByDigits } from '../../src/station/login-answer.ts'
import { loginByShown, readShownAnswer, verifiedCounter } from '../../src/station/login-shown.ts'
import type { Opened } from '../../src/station/open-station.ts'
import { closeAll, type Stopped, signIn } from '../support/attack-station.ts'
import { type BoundPhone, phoneHost } from '../support/bound-phone.ts'
import { bind, newScanningWard } from '../support/scanning-ward.ts'
import { openBeside, partsOf } from '../support/ward-ways.ts'
import { runsAtOnce, runsOf, seed, timeLimitMs } from './runs.ts'
import { anyText, edited } from './text-edits.ts'

let opened: Opened
let station: Stopped
let phone: BoundPhone
let parts: AnswerParts
let challenge: Uint8Array
beforeAll(async () => {
  const ward = await newScanningWard()
  await signIn(ward)
  phone = await bind(ward, ward.desk.handlers.bindOwnPhone({}), { passkey: 'passkey' })
  await closeAll()
  station = ward
  opened = await openBeside(ward)
  const board = new ChallengeBoard(ward.clock, phoneHost)
  board.wake(phone.offer.station)
  parts = { ...partsOf(opened, ward.clock), board, stationNumber: phone.offer.station }
  challenge = board.known()[0]?.bytes ?? new Uint8Array()
})
afterAll(async () => {
  opened.db.close()
  await closeAll(true)
})

/** A few bits and bytes of it changed, cut, doubled or put elsewhere; never as it was. */
const mutated = (whole: () => Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('flip', 'set', 'cut', 'grow', 'swap' as const), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map((steps) =>
      steps.reduce((bytes, [at, how, value]) => step(bytes, at % (bytes.length || 1), how, value), whole()),
    )
    .filter((bytes) => Buffer.compare(bytes, whole()) !== 0)

function step(bytes: Uint8Array, at: number, how: 'flip' | 'set' | 'cut' | 'grow' | 'swap', value: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  switch (how) {
    case 'flip':
      changed[at] = (changed[at] ?? 0) ^ (1 << (value % 8))
      return changed
    case 'set':
      changed[at] = value
      return changed
    case 'cut':
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + (value % 9))])
    case 'grow':
      return Uint8Array.from([...bytes.subarray(0, at), value, ...bytes.subarray(at)])
    case 'swap': {
      const other = (at + value) % (bytes.length || 1)
      changed[at] = bytes[other] ?? 0
      changed[other] = bytes[at] ?? 0
      return changed
    }
  }
}

describe(`a part that was changed (seed ${seed})`, () => {
  it(
    'is nothing, or signed by nobody: no phone is bound by it',
    () => {
      const { ledger, keys } = opened
      const [person] = ledger.find('person', '1')
      if (!person) throw new Error('nobody')
      const offer = ledger.record((recorder) =>
        makeBinding(recorder, keys, person, station.clock.nowMs() + 1, undefined, { purpose: 'add' }),
      )
      const whole = phone.partFor(offer.offer)
      const texts = fc.oneof(
        mutated(() => whole).map((bytes) => shownText('P', bytes)),
        edited(fc.constant(shownText('P', whole))).filter((text) => text !== shownText('P', whole)),
        anyText,
      )
      fc.assert(
        fc.property(texts, (text) => {
          const taken = ledger.record((recorder) =>
            takeShownPart(recorder, keys, offer.id, text, station.clock.nowMs()),
          )
          expect(taken.ok).toBe(false)
        }),
        runsAtOnce('phoneParts'),
      )
      const text = shownText('P', whole)
      expect(ledger.record((recorder) => takeShownPart(recorder, keys, offer.id, text, station.clock.nowMs()))).toEqual(
        {
          ok: true,
        },
      )
    },
    timeLimitMs,
  )
})

describe('an answer that was changed', () => {
  /** The throttle of the station is another test's: none of these counts for anybody. */
  const decide = async (text: string) => {
    const answer = readShownAnswer(text)
    if (!answer) return { ok: false }
    return loginByShown(parts, answer, await verifiedCounter(opened.ledger, answer, phoneHost))
  }

  it(
    'is nothing, or refused: nobody comes in by it',
    async () => {
      const whole = encodeAnswer(phone.answer(challenge))
      const plain = encodeAnswer(phone.answer(challenge, { verification: 'none' }))
      const denied = encodeAnswer(phone.answer(challenge, { decision: 'denied' }))
      const texts = fc.oneof(
        mutated(() => whole).map((bytes) => shownText('R', bytes)),
        mutated(() => plain).map((bytes) => shownText('R', bytes)),
        mutated(() => denied).map((bytes) => shownText('R', bytes)),
        edited(fc.constant(shownText('R', whole))).filter((text) => text !== shownText('R', whole)),
        anyText,
      )
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          const outcome = await decide(text)
          expect(outcome.ok, text).toBe(false)
        }),
        runsOf('phoneAnswers', [[shownText('R', otherTag(whole))]]),
      )
      expect(opened.ledger.find('throttle', "id LIKE 'closed:%'")).toEqual([])
      expect(opened.ledger.find('session', "method = 'phone'")).toEqual([])
      expect(await decide(shownText('R', whole))).toMatchObject({ ok: true })
    },
    timeLimitMs,
  )

  it(
    'by digits lets in only whom they are for',
    () => {
      const right = phone.digits(challenge)
      fc.assert(
        fc.property(fc.stringMatching(/^[0-9]{8}$/), fc.constantFrom(null, 'A1001', 'X9999'), (digits, who) => {
          if (digits === right) return
          expect(loginByDigits(parts, who, digits).ok).toBe(false)
        }),
        runsAtOnce('phoneDigits'),
      )
    },
    timeLimitMs,
  )
})

/** The passkey's signature as ASN.1 of another tag, which some libraries read alike. */
function otherTag(whole: Uint8Array): Uint8Array {
  const answer = readAnswer(whole)
  if (!answer?.assertion) throw new Error('no assertion')
  const signature = Uint8Array.from(answer.assertion.signature)
  signature[0] = 0xa4
  return encodeAnswer({ ...answer, assertion: { ...answer.assertion, signature } })
}

describe('what a phone reads off anything', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const offers: fc.Arbitrary<BindingOffer> = fc.record({
    offer: bytes(8),
    station: bytes(8),
    key: bytes(33),
    s: bytes(16),
    organisation: fc.option(fc.stringMatching(/^[a-z0-9-]{1,40}$/)),
  })

  it(
    'is nothing, or writes itself again: no two texts are one payload',
    () => {
      const offer = offers.map(encodeBindingOffer)
      const sources = fc.oneof(
        offer.chain((each) => mutated(() => each)),
        mutated(() => encodeWelcome(phone.welcome)),
        mutated(() => encodeAnswer(phone.answer(challenge))),
        fc.uint8Array({ maxLength: 600 }),
      )
      fc.assert(
        fc.property(sources, (source) => {
          const pairs = [
            [readBindingOffer(source), encodeBindingOffer],
            [readWelcome(source), encodeWelcome],
            [readPhonePart(source), encodePhonePart],
            [readAnswer(source), encodeAnswer],
          ] as const
          for (const [read, write] of pairs)
            if (read) expect(Buffer.from((write as (value: unknown) => Uint8Array)(read))).toEqual(Buffer.from(source))
          const text = `WARDKEY:P${toBase32(source)}`
          const back = readShownText(text, 'P')
          if (back) expect(shownText('P', back)).toBe(text)
        }),
        runsAtOnce('phonePayloads'),
      )
    },
    timeLimitMs,
  )
})
