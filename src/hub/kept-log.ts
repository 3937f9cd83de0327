// One station's log as the hub keeps it, for whoever wants to prove it elsewhere.
import type { z } from 'zod'
import type { KeptLogPage, logQuery } from '../contracts/hub/kept-log.ts'
import type { Scope } from './database.ts'
import { cosigner } from './ingest.ts'
import type { Organisation } from './organisations.ts'
import type { HubParts } from './ports.ts'

type Read = KeptLogPage | { readonly ok: false; readonly reason: 'no-such-station' }

/** In order. A page may come after the log has grown: each carries the checkpoint of its own moment. */
export async function readKeptLog(
  { keys }: HubParts,
  scope: Scope,
  organisation: Organisation,
  number: string,
  { after, limit }: z.output<typeof logQuery>,
): Promise<Read> {
  const station = await scope
    .selectFrom('station')
    .select(['signing_key', 'checkpoint', 'log_size'])
    .where('number', '=', number)
    .executeTakeFirst()
  if (!station) return { ok: false, reason: 'no-such-station' }
  const rows = await scope
    .selectFrom('event')
    .select(['number', 'body', 'leaf'])
    .where('station_number', '=', number)
    .where('number', '>', after)
    // What is handed in at this moment belongs to the next checkpoint.
    .where('number', '<=', station.log_size)
    .orderBy('number')
    .limit(limit + 1)
    .execute()
  const events = rows.slice(0, limit).map((row) => ({
    number: Number(row.number),
    body: row.body,
    leaf: Buffer.from(row.leaf).toString('base64'),
  }))
  return {
    ok: true,
    station: number,
    signingKey: Buffer.from(station.signing_key).toString('base64'),
    hubKey: keys.signing(organisation.id).raw.toString('base64'),
    hubName: cosigner(organisation.slug),
    checkpoint: station.checkpoint,
    events,
    next: rows.length > limit ? (events.at(-1)?.number ?? null) : null,
  }
}
