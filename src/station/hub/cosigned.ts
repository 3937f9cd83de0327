// Whether the hub has kept the station's log up to a size: its own signature below the station's, and nobody's word beside it.
import { verify } from 'node:crypto'
import { parseNote } from '../../core/checkpoint.ts'
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
  const by = { name: `wardkey/${organisation_slug}/hub`, kind: 'cosignature', rawKey: hub_key } as const
  return signaturesBy(parsed, by, sha256, (text) => Buffer.from(text, 'base64')).some((bytes) => {
    const cosignature = readCosignature(bytes)
    if (!cosignature) return false
    const signed = Buffer.from(cosignedText(parsed.text, cosignature.atSeconds))
    return verify(null, signed, publicKeyOf(hub_key), cosignature.signature)
  })
}
