// What the keychain keeps of the log: the newest checkpoint, and the subtree hashes that its root is made of.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import type { Checkpoint } from '../core/checkpoint.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, treeRoot } from '../core/tree.ts'
import type { StationDatabase } from './database.ts'
import { eventMac } from './event-writer.ts'
import { type StationKeys, sameBytes } from './keys.ts'
import { readFrontier } from './log-head.ts'
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
  const { size } = note.checkpoint
  const frontier = { size, hashes: parsed.data.hashes.map((hash) => Buffer.from(hash, 'base64')) }
  // One hash for each set bit: fewer, with the root among them, would give the same root and another log.
  const subtrees = size.toString(2).replaceAll('0', '').length
  if (frontier.hashes.length !== subtrees || frontier.hashes.some((hash) => hash.length !== 32)) return null
  const root = Buffer.from(treeRoot(frontier, sha256)).toString('base64')
  return root === note.checkpoint.root ? { checkpoint: note.checkpoint, frontier } : null
}

/** Reads the events after the anchor and holds the whole against the log's head: the quick check of a start. */
export function checkTail(
  db: StationDatabase,
  keys: StationKeys,
  anchor: Anchor | null,
): { finding: LogFinding | null; behind: number } {
  const head = readFrontier(db)
  let frontier = anchor?.frontier ?? emptyFrontier
  const behind = head.size - frontier.size
  if (behind < 0) return { finding: 'log-cut', behind: 0 }
  const rows = db.prepare('SELECT number, body, mac FROM event WHERE number > ? ORDER BY number').iterate(frontier.size)
  for (const row of rows as Iterable<{ number: number; body: string; mac: Buffer }>) {
    const leaf = leafHash(Buffer.from(row.body), sha256)
    // No checkpoint speaks for these yet: only the station's own key does.
    if (row.number !== frontier.size + 1 || !sameBytes(row.mac, eventMac(keys, row.number, leaf)))
      return { finding: 'log-changed', behind }
    frontier = appendLeaf(frontier, leaf, sha256)
  }
  return { finding: sameFrontier(frontier, head) ? null : 'log-changed', behind }
}

export const sameFrontier = (a: Frontier, b: Frontier): boolean =>
  a.size === b.size &&
  a.hashes.length === b.hashes.length &&
  a.hashes.every((hash, i) => sameBytes(hash, b.hashes[i] ?? new Uint8Array()))
