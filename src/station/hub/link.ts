// Which hub the station belongs to, and how far it has come with it.
import { z } from 'zod'
import { parseJson } from '../../contracts/json.ts'
import type { StationDatabase } from '../database.ts'
import { DamageError, type StationKeys } from '../keys.ts'
import type { Ledger, Recorder, Row } from '../ledger.ts'

export const linkRow = 'this'

export const readLink = (source: Ledger | Recorder): Row<'hub_link'> | null => source.get('hub_link', linkRow)

/** What moves with every request: no event records it, so it is sealed whole. One that is put back costs work, never access. */
const progress = z.strictObject({
  /** What the hub wants to see next. */
  token: z.string(),
  epoch: z.number().int().nonnegative(),
  /** Changes up to here are taken. */
  cursor: z.number().int().nonnegative(),
  /** As many events are kept at the hub, and the subtree hashes of the log up to there, base64. */
  acknowledged: z.number().int().nonnegative(),
  hashes: z.array(z.base64()),
  /** The newest checkpoint that the hub countersigned. */
  checkpoint: z.string().nullable(),
  /** Of the phones bound here that the hub was told of last. */
  phones: z.string().nullable().default(null),
})
export type Progress = z.infer<typeof progress>

export const firstProgress = (token: string): Progress => ({
  token,
  epoch: 0,
  cursor: 0,
  acknowledged: 0,
  hashes: [],
  checkpoint: null,
  phones: null,
})

const place = { table: 'hub_sync', row: linkRow, person: '', kind: 'sync' }

/** null where the station has joined nothing. Throws DamageError where it is not what the station wrote. */
export function readProgress(db: StationDatabase, keys: StationKeys): Progress | null {
  const sealed = db.prepare('SELECT sealed FROM hub_sync WHERE id = 1').pluck().get() as Buffer | undefined
  if (!sealed) return null
  const parsed = progress.safeParse(parseJson(keys.open(sealed, place).toString()))
  if (!parsed.success) throw new DamageError('data-edited', 'hub_sync')
  return parsed.data
}

export function writeProgress(db: StationDatabase, keys: StationKeys, now: Progress): void {
  const sealed = keys.seal(Buffer.from(JSON.stringify(now)), place)
  db.prepare(
    'INSERT INTO hub_sync (id, sealed) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed',
  ).run(sealed)
}
