// The station's own keys, and its signature on checkpoints (C2SP signed-note, Ed25519).
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { type Checkpoint, checkpointText, type ParsedNote, parseNote, signedNote } from '../core/checkpoint.ts'
import { noteKeyId, signaturesBy } from '../core/signed-note.ts'
import { type Frontier, treeRoot } from '../core/tree.ts'
import type { StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { sha256 } from './primitives.ts'
import type { Rows } from './schema.ts'

export const stationRow = 'this'
const organisation = 'standalone'

/** First 8 bytes of SHA-256 of the signing public key (SPKI, DER), as 16 hex digits. */
export const stationNumber = (signingPublic: Uint8Array): string =>
  createHash('sha256').update(signingPublic).digest('hex').slice(0, 16)

export const logOrigin = (number: string): string => `wardkey/${organisation}/${number}`

/** New keys, sealed from the start: Ed25519 to sign, P-256 to agree, P-256 to be sealed for. */
export function newStationRow(keys: StationKeys, name: string, location: string): Rows['station'] {
  const spki = { type: 'spki', format: 'der' } as const
  const pkcs8 = { type: 'pkcs8', format: 'der' } as const
  const curve = { namedCurve: 'P-256', publicKeyEncoding: spki, privateKeyEncoding: pkcs8 }
  const signing = generateKeyPairSync('ed25519', { publicKeyEncoding: spki, privateKeyEncoding: pkcs8 })
  const agreement = generateKeyPairSync('ec', curve)
  const sealing = generateKeyPairSync('ec', curve)
  const seal = (kind: string, secret: Buffer) =>
    keys.seal(secret, { table: 'station', row: stationRow, person: '', kind })
  return {
    name,
    location,
    organisation,
    signing_public: signing.publicKey,
    signing_secret: seal('signing', signing.privateKey),
    agreement_public: agreement.publicKey,
    agreement_secret: seal('agreement', agreement.privateKey),
    sealing_public: sealing.publicKey,
    sealing_secret: seal('sealing', sealing.privateKey),
    key_check: keys.check,
    station_group: null,
    unconfirmed_since_ms: null,
  }
}

export const readStation = (source: Ledger | Recorder): Row<'station'> | null => source.get('station', stationRow)

export function signCheckpoint(station: Row<'station'>, keys: StationKeys, frontier: Frontier): string {
  const place = { table: 'station', row: stationRow, person: '', kind: 'signing' }
  const key = createPrivateKey({ key: keys.open(station.signing_secret, place), format: 'der', type: 'pkcs8' })
  const origin = logOrigin(stationNumber(station.signing_public))
  const text = checkpointText(checkpointOf(origin, frontier))
  const signature = Buffer.concat([keyId(origin, station.signing_public), sign(null, Buffer.from(text), key)])
  return signedNote(text, origin, signature.toString('base64'))
}

export const checkpointOf = (origin: string, frontier: Frontier): Checkpoint => ({
  origin,
  size: frontier.size,
  root: Buffer.from(treeRoot(frontier, sha256)).toString('base64'),
})

/** An Ed25519 public key (SPKI, DER; RFC 8410): a prefix of 12 bytes, then 32 of the key. */
export const isSigningKey = (bytes: Uint8Array): boolean =>
  bytes.length === 44 && Buffer.from(bytes.subarray(0, 12)).toString('hex') === '302a300506032b6570032100'

/** The note, where this station's key signed it for this log; else null. */
export function openNote(note: string, signingPublic: Uint8Array): ParsedNote | null {
  const parsed = parseNote(note)
  const origin = logOrigin(stationNumber(signingPublic))
  if (!parsed || parsed.checkpoint.origin !== origin || !isSigningKey(signingPublic)) return null
  const key: KeyObject = createPublicKey({ key: Buffer.from(signingPublic), format: 'der', type: 'spki' })
  const by = { name: origin, kind: 'ed25519', rawKey: signingPublic.subarray(-32) } as const
  const good = signaturesBy(parsed, by, sha256, fromBase64).some((signature) =>
    verify(null, Buffer.from(parsed.text), key, signature),
  )
  return good ? parsed : null
}

const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64')
const keyId = (name: string, signingPublic: Uint8Array): Uint8Array =>
  noteKeyId(name, 'ed25519', signingPublic.subarray(-32), sha256)
