// Checkpoints as this station signs them, read by a second reader that shares no code with the first.
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkpointText, signedNote } from '../../../src/core/checkpoint.ts'
import { emptyFrontier } from '../../../src/core/tree.ts'
import { StationKeys } from '../../../src/station/keys.ts'
import {
  isSigningKey,
  logOrigin,
  newStationRow,
  openNote,
  signCheckpoint,
  stationNumber,
} from '../../../src/station/signing.ts'
import { rootKey, setUpStore } from '../support/store.ts'

/** signed-note: the first four bytes of SHA-256 over name, line feed, 0x01 and the raw key. */
const keyIdOf = (name: string, raw: Buffer) =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([1]))
    .update(raw)
    .digest()
    .subarray(0, 4)

it('the second reader itself: a key that Go’s own tests publish has the id they publish', () => {
  const [name, id, key] = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'.split('+', 3)
  const raw = Buffer.from(key ?? '', 'base64').subarray(1)
  expect(keyIdOf(name ?? '', raw).toString('hex')).toBe(id)
})

describe('a signed checkpoint', () => {
  const keys = new StationKeys(rootKey())
  const station = { ...newStationRow(keys, 'Ward 7', 'Level 2'), id: 'this', event_number: 1 }
  const frontier = { size: 1, hashes: [Buffer.alloc(32, 5)] }
  const note = signCheckpoint(station, keys, frontier)
  const origin = logOrigin(stationNumber(station.signing_public))

  it('is a note that anyone with the public key can check', () => {
    const [head, tail] = note.split('\n\n')
    const lines = `${head}\n`.split('\n')
    expect(lines[0]).toBe(origin)
    expect(lines[1]).toBe('1')
    expect(lines[2]).toBe(Buffer.alloc(32, 5).toString('base64'))
    const [dash, name, signature] = (tail ?? '').trim().split(' ')
    expect([dash, name]).toEqual(['\u2014', origin])
    const bytes = Buffer.from(signature ?? '', 'base64')
    expect(bytes).toHaveLength(4 + 64)
    const raw = Buffer.from(
      createPublicKey({ key: station.signing_public, format: 'der', type: 'spki' }).export({ format: 'jwk' }).x ?? '',
      'base64url',
    )
    expect(bytes.subarray(0, 4).equals(keyIdOf(origin, raw))).toBe(true)
    const key = createPublicKey({ key: station.signing_public, format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from(`${head}\n`), key, bytes.subarray(4))).toBe(true)
  })

  it('names the station by the first eight bytes of its key’s hash', () => {
    const number = createHash('sha256').update(station.signing_public).digest('hex').slice(0, 16)
    expect(stationNumber(station.signing_public)).toBe(number)
    expect(origin).toBe(`wardkey/standalone/${number}`)
  })

  it('opens with the text that it signs', () => {
    expect(openNote(note, station.signing_public)).toMatchObject({ checkpoint: { origin, size: 1 } })
  })

  it('opens with no character of its text or its signature changed', () => {
    const last = note.length - 1
    for (let at = 0; at < last; at++) {
      // A and Q differ in a bit that counts also where base64 leaves some to spare.
      const letter = note[at] === 'A' ? 'Q' : 'A'
      expect(openNote(note.slice(0, at) + letter + note.slice(at + 1), station.signing_public), `${at}`).toBeNull()
    }
  })

  it('opens under no other key, also for the same text', () => {
    const other = newStationRow(keys, 'Ward 8', 'Level 2')
    expect(openNote(note, other.signing_public)).toBeNull()
    const theirs = signCheckpoint({ ...other, id: 'this', event_number: 1 }, keys, frontier)
    expect(openNote(theirs, station.signing_public)).toBeNull()
    // Their signature under our name.
    const borrowed = theirs.replaceAll(logOrigin(stationNumber(other.signing_public)), origin)
    expect(openNote(borrowed, station.signing_public)).toBeNull()
  })

  it('opens beside a witness’s signature, and not by that alone', () => {
    const witness = `\u2014 witness.example ${Buffer.alloc(68, 1).toString('base64')}\n`
    expect(openNote(note + witness, station.signing_public)).not.toBeNull()
    const [, signature] = /\u2014 \S+ (\S+)\n$/.exec(note) ?? []
    const text = checkpointText({ origin, size: 1, root: Buffer.alloc(32, 5).toString('base64') })
    expect(openNote(`${text}\n${witness}`, station.signing_public)).toBeNull()
    expect(openNote(signedNote(text, 'witness.example', signature ?? ''), station.signing_public)).toBeNull()
  })

  it('is of an empty log too', () => {
    const empty = signCheckpoint(station, keys, emptyFrontier)
    expect(openNote(empty, station.signing_public)?.checkpoint).toMatchObject({
      size: 0,
      root: createHash('sha256').digest('base64'),
    })
  })
})

describe('a station’s keys', () => {
  it('are three, for three uses, and no two stations share one', () => {
    const keys = new StationKeys(rootKey())
    const rows = [newStationRow(keys, 'a', 'b'), newStationRow(keys, 'a', 'b')]
    const publics = rows.flatMap((row) => [row.signing_public, row.agreement_public, row.sealing_public])
    expect(new Set(publics.map((key) => key.toString('hex'))).size).toBe(6)
    const kinds = rows.slice(0, 1).flatMap((row) =>
      [row.signing_public, row.agreement_public, row.sealing_public].map((key) => {
        const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key, format: 'der', type: 'spki' })
        return asymmetricKeyDetails?.namedCurve ?? asymmetricKeyType
      }),
    )
    expect(kinds).toEqual(['ed25519', 'prime256v1', 'prime256v1'])
  })

  it('are sealed from the start, each for its own use', () => {
    const { station, keys, db } = setUpStore()
    const open = (kind: string, sealed: Buffer) =>
      keys.open(sealed, { table: 'station', row: 'this', person: '', kind })
    expect(open('signing', station.signing_secret)).toBeInstanceOf(Buffer)
    expect(() => open('agreement', station.signing_secret)).toThrow('data-edited')
    expect(() => open('signing', station.sealing_secret)).toThrow('data-edited')
    const plain = open('signing', station.signing_secret)
    const stored = db.prepare('SELECT signing_secret FROM station').pluck().get() as Buffer
    expect(stored.includes(plain)).toBe(false)
  })

  it('to sign are told from every other: 44 bytes that begin as an Ed25519 key’s do', () => {
    const row = newStationRow(new StationKeys(rootKey()), 'a', 'b')
    expect(isSigningKey(row.signing_public)).toBe(true)
    const others = [
      row.sealing_public,
      row.signing_public.subarray(0, 43),
      row.signing_public.subarray(-32),
      Buffer.concat([row.signing_public, Buffer.alloc(1)]),
      Buffer.concat([Buffer.alloc(12), row.signing_public.subarray(12)]),
      Buffer.alloc(0),
    ]
    for (const other of others) {
      expect(isSigningKey(other)).toBe(false)
      const origin = logOrigin(stationNumber(other))
      const text = checkpointText({ origin, size: 1, root: Buffer.alloc(32).toString('base64') })
      expect(openNote(signedNote(text, origin, Buffer.alloc(68).toString('base64')), other)).toBeNull()
    }
  })

  it('sign nothing where the sealed key was put there by somebody else', () => {
    const keys = new StationKeys(rootKey())
    const row = { ...newStationRow(keys, 'a', 'b'), id: 'this', event_number: 1 }
    const { privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    })
    expect(() => signCheckpoint({ ...row, signing_secret: privateKey }, keys, emptyFrontier)).toThrow('data-edited')
  })
})
