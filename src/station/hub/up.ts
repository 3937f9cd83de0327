// What goes up: the log from where the hub has it, in batches, each ended by a checkpoint of just that.
import { eventLength, eventsAtMost } from '../../contracts/hub/up.ts'
import { appendLeaf, type Frontier } from '../../core/tree.ts'
import type { StationDatabase } from '../database.ts'
import { sha256 } from '../primitives.ts'
import type { Progress } from './link.ts'

/** Together, in characters: well below what a request may have. */
const batchLength = 2_000_000

export interface Batch {
  readonly events: readonly string[]
  /** Of the log as it is after the last of them. */
  readonly frontier: Frontier
}

/** A line that carries none of these in time carries nothing. */
const eventsAtLeast = 25

/** As many as the line carries: half as many after a batch that did not arrive, up to twice as many after one that did. */
export const nextSize = (size: number, arrived: boolean): number =>
  Math.min(Math.max(arrived ? size * 2 : Math.floor(size / 2), eventsAtLeast), eventsAtMost)

/** null where the hub has all of it. @param atMost events. */
export function nextBatch(
  db: StationDatabase,
  { acknowledged, hashes }: Progress,
  atMost: number = eventsAtMost,
): Batch | null {
  const rows = db
    .prepare('SELECT number, body, leaf FROM event WHERE number > ? ORDER BY number LIMIT ?')
    .all(acknowledged, Math.min(atMost, eventsAtMost)) as { number: number; body: string; leaf: Buffer }[]
  let frontier: Frontier = { size: acknowledged, hashes: hashes.map((hash) => Buffer.from(hash, 'base64')) }
  const events: string[] = []
  let length = 0
  for (const { body, leaf } of rows) {
    if (body.length > eventLength) throw new RangeError('an event is longer than any hub takes')
    length += body.length
    if (events.length > 0 && length > batchLength) break
    events.push(body)
    frontier = appendLeaf(frontier, leaf, sha256)
  }
  return events.length === 0 ? null : { events, frontier }
}

/** The subtree hashes of the log's first events, read anew: where the hub has fewer than the station thought. */
export function frontierAt(db: StationDatabase, size: number): Frontier {
  let frontier: Frontier = { size: 0, hashes: [] }
  const leaves = db.prepare('SELECT leaf FROM event WHERE number <= ? ORDER BY number').pluck().iterate(size)
  for (const leaf of leaves) frontier = appendLeaf(frontier, leaf as Buffer, sha256)
  return frontier
}

export const hashesOf = (frontier: Frontier): string[] =>
  frontier.hashes.map((hash) => Buffer.from(hash).toString('base64'))
