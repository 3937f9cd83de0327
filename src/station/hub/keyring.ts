// The station's own keys at work with its hub: it signs what it asks, and opens what was sealed for it.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { CompactSign, compactDecrypt, compactVerify } from 'jose'
import { type Entry, entry, entryHeader, type Statement, statement } from '../../contracts/hub/down.ts'
import { parseJson } from '../../contracts/json.ts'
import type { StationKeys } from '../keys.ts'
import type { Row } from '../ledger.ts'
import { stationRow } from '../signing.ts'

type Kind = 'signing' | 'sealing'

export class HubKeyring {
  readonly #keys: StationKeys
  readonly #station: Row<'station'>
  readonly #number: string

  constructor(keys: StationKeys, station: Row<'station'>, number: string) {
    this.#keys = keys
    this.#station = station
    this.#number = number
  }

  /** Opened for one use each, as every secret of the station is. */
  #key(kind: Kind): KeyObject {
    const sealed = kind === 'signing' ? this.#station.signing_secret : this.#station.sealing_secret
    const der = this.#keys.open(sealed, { table: 'station', row: stationRow, person: '', kind })
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  }

  /** A compact JWS (EdDSA). */
  sign(text: string): Promise<string> {
    return new CompactSign(Buffer.from(text)).setProtectedHeader({ alg: 'EdDSA' }).sign(this.#key('signing'))
  }

  /** null for an entry that is not for this station, not as it should be, or for another subject than it says. */
  async open(sealed: string): Promise<Entry | null> {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.#key('sealing'), {
        keyManagementAlgorithms: ['ECDH-ES'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      const header = entryHeader.safeParse(protectedHeader)
      const content = entry.safeParse(parseJson(Buffer.from(plaintext).toString()))
      if (!header.success || !content.success || header.data.station !== this.#number) return null
      const subject = content.data.kind === 'policy' ? 'policy' : content.data.id
      return header.data.subject === subject ? content.data : null
    } catch {
      return null
    }
  }
}

/** null where the organisation's key did not sign it. @param hubKey raw Ed25519, 32 bytes. */
export async function openStatement(text: string, hubKey: Uint8Array): Promise<Statement | null> {
  try {
    const { payload } = await compactVerify(text, publicKeyOf(hubKey), { algorithms: ['EdDSA'] })
    return statement.parse(parseJson(Buffer.from(payload).toString()))
  } catch {
    return null
  }
}

/** SPKI of an Ed25519 key begins so (RFC 8410). */
const prefix = Buffer.from('302a300506032b6570032100', 'hex')
/** @param raw Ed25519, 32 bytes. */
export const publicKeyOf = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([prefix, raw]), format: 'der', type: 'spki' })
