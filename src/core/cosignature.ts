// A second signature on a checkpoint, with the time at which it was made (C2SP tlog-cosignature, cosignature/v1).

/** The bytes that are signed. @param text of the checkpoint: origin, size and root, a line each. */
export const cosignedText = (text: string, atSeconds: number): string => `cosignature/v1\ntime ${atSeconds}\n${text}`

/** Time (8 bytes, big-endian seconds) and Ed25519 signature (64): what stands behind the key id. */
export function cosignatureBytes(atSeconds: number, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + signature.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(atSeconds))
  bytes.set(signature, 8)
  return bytes
}

export interface Cosignature {
  readonly atSeconds: number
  readonly signature: Uint8Array
}

/** null where it has another length, or a time that no calendar has. */
export function readCosignature(bytes: Uint8Array): Cosignature | null {
  if (bytes.length !== 72) return null
  const at = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
  return at > 253_402_300_799n ? null : { atSeconds: Number(at), signature: bytes.subarray(8) }
}
