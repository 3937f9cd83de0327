// Who signed a note (C2SP signed-note): key ids, and the first signature that a known key made.
import type { ParsedNote } from './checkpoint.ts'
import { utf8 } from './fields.ts'
import type { Sha256 } from './tree.ts'

/** Kinds of signature by the first byte of what a key id is made of: plain Ed25519, and cosignature/v1. */
export const signatureKind = { ed25519: 1, cosignature: 4 } as const
export type SignatureKind = keyof typeof signatureKind

/** SHA-256(name ‖ LF ‖ kind ‖ raw public key), first four bytes. @param rawKey 32 bytes (RFC 8032). */
export function noteKeyId(name: string, kind: SignatureKind, rawKey: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(utf8(`${name}\n`), new Uint8Array([signatureKind[kind]]), rawKey).subarray(0, 4)
}

export interface NoteKey {
  readonly name: string
  readonly kind: SignatureKind
  /** 32 bytes (RFC 8032). */
  readonly rawKey: Uint8Array
}

/**
 * What follows the key id in each signature of this name and key, in order: whoever calls verifies them.
 * @param fromBase64 of the signature's text.
 */
export function signaturesBy(
  { signatures }: ParsedNote,
  key: NoteKey,
  sha256: Sha256,
  fromBase64: (text: string) => Uint8Array,
): Uint8Array[] {
  const id = noteKeyId(key.name, key.kind, key.rawKey, sha256)
  return signatures
    .filter(({ name }) => name === key.name)
    .map(({ signature }) => fromBase64(signature))
    .filter((bytes) => bytes.length > 4 && id.every((byte, at) => bytes[at] === byte))
    .map((bytes) => bytes.subarray(4))
}
