// Whether the hub has kept the station's log up to a size: its own signature below the station's, and nobody's word beside it.
import { verify } from 'node:crypto'
import { type ParsedNote, parseNote } from '../../core/checkpoint.ts'
import { cosignedText, readCosignature } from '../../core/cosignature.ts'
import { signaturesBy } from '../../core/signed-note.ts'
import { type Frontier, treeRoot } from '../../core/tree.ts'
import { sha256 } from '../primitives.ts'
import { publicKeyOf } from './keyring.ts'

interface HubKey {
  /** Raw Ed25519, 32 bytes. */
  readonly hub_key: Uint8Array
  readonly organisation_slug: string
}

/** True for a note (C2SP tlog-checkpoint) of just this log, cosigned by the organisation's key (cosignature/v1). */
export function isCosigned(note: string, frontier: Frontier, { hub_key, organisation_slug }: HubKey): boolean {
  const parsed = parseNote(note)
  const root = Buffer.from(treeRoot(frontier, sha256)).toString('base64')
  if (parsed?.checkpoint.size !== frontier.size || parsed.checkpoint.root !== root) return false
  return cosignedAtSeconds(parsed, `wardkey/${organisation_slug}/hub`, hub_key) !== null
}

/** When it was cosigned under this name; null where no signature of the key's holds. @param rawKey Ed25519, 32 bytes. */
export function cosignedAtSeconds(note: ParsedNote, name: string, rawKey: Uint8Array): number | null {
  const key = publicKeyOf(rawKey)
  const by = { name, kind: 'cosignature', rawKey } as const
  for (const bytes of signaturesBy(note, by, sha256, (text) => Buffer.from(text, 'base64'))) {
    const read = readCosignature(bytes)
    if (read && verify(null, Buffer.from(cosignedText(note.text, read.atSeconds)), key, read.signature))
      return read.atSeconds
  }
  return null
}
