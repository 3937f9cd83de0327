// What a hub's database has of one station's log, held event by event to what the station has.

import { parseNote } from '../../../src/core/checkpoint.ts'
import { appendLeaf, emptyFrontier, leafHash, treeRoot } from '../../../src/core/tree.ts'
import type { HubDatabase } from '../../../src/hub/database.ts'
import { sha256 } from '../../../src/station/primitives.ts'

export interface KeptLog {
  readonly bodies: readonly string[]
  /** What its newest countersigned checkpoint says, and what the events really come to. */
  readonly signed: { readonly size: number; readonly root: string } | null
  readonly found: { readonly size: number; readonly root: string }
}

export async function keptLog(db: HubDatabase, station: string): Promise<KeptLog> {
  const { rows, checkpoint } = await db.outside(async (all) => ({
    rows: await all
      .selectFrom('event')
      .select(['number', 'body'])
      .where('station_number', '=', station)
      .orderBy('number')
      .execute(),
    checkpoint: (
      await all.selectFrom('station').select('checkpoint').where('number', '=', station).executeTakeFirstOrThrow()
    ).checkpoint,
  }))
  let frontier = emptyFrontier
  const bodies: string[] = []
  for (const { number, body } of rows) {
    if (Number(number) !== bodies.length + 1) throw new Error(`event ${bodies.length + 1} is not there`)
    if (body === null) throw new Error(`event ${number} was pruned`)
    bodies.push(body)
    frontier = appendLeaf(frontier, leafHash(Buffer.from(body), sha256), sha256)
  }
  const root = Buffer.from(treeRoot(frontier, sha256)).toString('base64')
  return {
    bodies,
    signed: checkpoint ? (parseNote(checkpoint)?.checkpoint ?? null) : null,
    found: { size: bodies.length, root },
  }
}
