// Checkpoints as C2SP tlog-checkpoint and signed-note have them, without the signing itself.

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** Base64 of the tree's root. */
  readonly root: string
}

/** The bytes that are signed: origin, size and root, a line each. */
export const checkpointText = (checkpoint: Checkpoint): string =>
  `${checkpoint.origin}\n${checkpoint.size}\n${checkpoint.root}\n`

/** @param signature base64 of the 4-byte key id and the Ed25519 signature. */
export const signedNote = (text: string, name: string, signature: string): string =>
  `${text}\n\u2014 ${name} ${signature}\n`

export interface ParsedNote {
  readonly text: string
  readonly checkpoint: Checkpoint
  readonly signatures: readonly { readonly name: string; readonly signature: string }[]
}

/** null for anything that is not a checkpoint with at least one signature line. */
export function parseNote(note: string): ParsedNote | null {
  const match =
    /^(([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n)\n((?:\u2014 [^\s]+ [A-Za-z0-9+/=]+\n)+)$/.exec(note)
  if (!match) return null
  const [, text = '', origin = '', size = '', root = '', lines = ''] = match
  const signatures = [...lines.matchAll(/^\u2014 (\S+) (\S+)$/gmu)].map(([, name = '', signature = '']) => ({
    name,
    signature,
  }))
  return { text, checkpoint: { origin, size: Number(size), root }, signatures }
}
