// What the keychain keeps of the log: the newest checkpoint, and the subtree hashes that its root is made of.
import { z } from 'zod'
import type { Checkpoint } from '../core/checkpoint.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, treeRoot } from '../core/tree.ts'
import type { StationDatabase } from './database.ts'
import { readFrontier } from './ledger.ts'
import { sha256 } from './primitives.ts'
import { openNote } from './signing.ts'

const stored = z.strictObject({ note: z.string(), hashes: z.array(z.base64()) })

export interface Anchor {
  readonly checkpoint: Checkpoint
  readonly frontier: Frontier
}
export type LogFinding = 'log-cut' | 'log-changed'

export const writeAnchor = (note: string, frontier: Frontier): string =>
  JSON.stringify({ note, hashes: frontier.hashes.map((hash) => Buffer.from(hash).toString('base64')) })

/** null where the text is not an anchor that this station signed. */
export function readAnchor(text: string, signingPublic: Uint8Array): Anchor | null {
  const parsed = stored.safeParse(parseJson(text))
  const note = parsed.success ? openNote(parsed.data.note, signingPublic) : null
  if (!parsed.success || !note) return null
  const frontier = { size: note.checkpoint.size, hashes: parsed.data.hashes.map((hash) => Buffer.from(hash, 'base64')) }
  const root = Buffer.from(treeRoot(frontier, sha256)).toString('base64')
  return root === note.checkpoint.root ? { checkpoint: note.checkpoint, frontier } : null
}

/** Reads the events after the anchor and holds the whole against the log's head: the quick check of a start. */
export function checkTail(db: StationDatabase, anchor: Anchor | null): { finding: LogFinding | null; behind: number } {
  const head = readFrontier(db)
  let frontier = anchor?.frontier ?? emptyFrontier
  const behind = head.size - frontier.size
  if (behind < 0) return { finding: 'log-cut', behind: 0 }
  const rows = db.prepare('SELECT number, body FROM event WHERE number > ? ORDER BY number').iterate(frontier.size)
  for (const row of rows as Iterable<{ number: number; body: string }>) {
    if (row.number !== frontier.size + 1) return { finding: 'log-changed', behind }
    frontier = appendLeaf(frontier, leafHash(Buffer.from(row.body), sha256), sha256)
  }
  const same =
    frontier.size === head.size &&
    frontier.hashes.every((hash, i) => Buffer.from(hash).equals(head.hashes[i] as Buffer))
  return { finding: same ? null : 'log-changed', behind }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
