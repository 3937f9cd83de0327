// Whatever is decoded from outside is nothing, or exactly what its text says.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase32 } from '../../src/core/base32.ts'
import { type Challenge, decodeChallenge, encodeChallenge } from '../../src/core/challenge.ts'
import { checkpointText, parseNote, signedNote } from '../../src/core/checkpoint.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash } from '../../src/core/tree.ts'
import { readAnchor, writeAnchor } from '../../src/station/anchor.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { sha256 } from '../../src/station/primitives.ts'
import { newStationRow, signCheckpoint } from '../../src/station/signing.ts'
import { runsAtOnce, seed, timeLimitMs } from './runs.ts'
import { anyText, edited } from './text-edits.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const challenge: fc.Arbitrary<Challenge> = fc.record({
  purpose: fc.constantFrom('unlock' as const, 'step-up' as const, 'second' as const, 'move' as const),
  station: bytes(8),
  nonce: bytes(16),
  issuedAtSeconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
})

describe(`the login QR code's payload (seed ${seed})`, () => {
  const valid = challenge.map((each) => toBase32(encodeChallenge(each)))
  /** The last character carries two bits of the payload and three that have to be nothing. */
  const otherEnd = fc
    .tuple(valid, fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', '=', 'a', '\n', ''))
    .map(([text, end]) => text.slice(0, -1) + end)
  const payload = fc.oneof(valid, otherEnd, edited(valid), fc.stringMatching(/^[A-Z2-7]{46,48}$/), anyText)

  it(
    'is nothing, or exactly what the text says: no two texts are one challenge',
    () => {
      fc.assert(
        fc.property(payload, (text) => {
          const decoded = decodeChallenge(text)
          if (decoded) expect(toBase32(encodeChallenge(decoded))).toBe(text)
        }),
        runsAtOnce('challenge'),
      )
    },
    timeLimitMs,
  )

  it('comes back as it went in', () => {
    fc.assert(
      fc.property(challenge, (each) => {
        expect(decodeChallenge(toBase32(encodeChallenge(each)))).toEqual(each)
      }),
      { seed },
    )
  })
})

describe('a signed note', () => {
  const base64 = (length: number) => bytes(length).map((each) => Buffer.from(each).toString('base64'))
  const name = fc.stringMatching(/^[a-z0-9/.+-]{1,40}$/)
  const size = fc.oneof(fc.nat(), fc.integer({ min: 0, max: 10 ** 15 - 1 }))
  const valid = fc
    .tuple(name, size, base64(32), base64(68))
    .map(([origin, count, root, signature]) =>
      signedNote(checkpointText({ origin, size: count, root }), origin, signature),
    )
  const sizes = ['0$1', '+$1', '-$1', '$1.0', '$1e0', ' $1', '$1\r', '$1\n$1', '', '99999999999999999999']
  const otherSize = fc
    .tuple(valid, fc.constantFrom(...sizes))
    .map(([note, put]) => note.replace(/(?<=\n)(\d+)(?=\n)/, put))

  it(
    'is nothing, or says exactly what its bytes say',
    () => {
      fc.assert(
        fc.property(fc.oneof(valid, otherSize, edited(valid), anyText), (note) => {
          const parsed = parseNote(note)
          if (!parsed) return
          expect(checkpointText(parsed.checkpoint)).toBe(parsed.text)
          expect(Number.isSafeInteger(parsed.checkpoint.size)).toBe(true)
          const lines = parsed.signatures.map((each) => `\u2014 ${each.name} ${each.signature}\n`)
          expect(lines.length).toBeGreaterThan(0)
          expect(`${parsed.text}\n${lines.join('')}`).toBe(note)
        }),
        runsAtOnce('note'),
      )
    },
    timeLimitMs,
  )
})

describe('what the keychain keeps of the log', () => {
  const keys = new StationKeys(new Uint8Array(32).fill(7))
  const station = { id: 'this', event_number: 1, ...newStationRow(keys, 'Ward 7', 'Level 2') }
  const stranger = { id: 'this', event_number: 1, ...newStationRow(keys, 'Ward 8', 'Level 2') }
  const frontiers: Frontier[] = [emptyFrontier]
  for (let size = 1; size <= 70; size++) {
    const leaf = leafHash(Buffer.from(`event ${size}`), sha256)
    frontiers.push(appendLeaf(frontiers[size - 1] ?? emptyFrontier, leaf, sha256))
  }
  const anchors = frontiers.map((frontier) => writeAnchor(signCheckpoint(station, keys, frontier), frontier))
  const noteOf = (text: string): string => (JSON.parse(text) as { note: string }).note

  const valid = fc.constantFrom(...anchors)
  const hash = fc.oneof(
    fc.constantFrom(...frontiers.flatMap(({ hashes }) => hashes)).map((each) => Buffer.from(each).toString('base64')),
    fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each).toString('base64')),
    fc.constantFrom('', 'AA==', 'not base64'),
  )
  const rootOf = (note: string): string => note.split('\n')[2] ?? ''
  /** A note that holds, beside hashes that are not its own. */
  const otherHashes = fc
    .tuple(valid, fc.array(hash, { maxLength: 7 }))
    .map(([text, hashes]) => JSON.stringify({ note: noteOf(text), hashes }))
  const rootAlone = valid.map((text) => JSON.stringify({ note: noteOf(text), hashes: [rootOf(noteOf(text))] }))
  const foreign = fc
    .constantFrom(...frontiers)
    .map((frontier) => writeAnchor(signCheckpoint(stranger, keys, frontier), frontier))

  it(
    'is nothing, or a head of the log that this station signed, with the hashes that it had',
    () => {
      fc.assert(
        fc.property(fc.oneof(valid, edited(valid), otherHashes, rootAlone, foreign, anyText), (text) => {
          const anchor = readAnchor(text, station.signing_public)
          if (!anchor) return
          const { size, hashes } = anchor.frontier
          const known = frontiers[size]?.hashes.map((each) => Buffer.from(each).toString('base64'))
          expect(hashes.map((each) => Buffer.from(each).toString('base64'))).toEqual(known)
        }),
        runsAtOnce('anchor', [[JSON.stringify({ note: noteOf(anchors[5] ?? ''), hashes: [] })]]),
      )
    },
    timeLimitMs,
  )
})
