// The stations of an organisation as its administrators see and change them.
import type { z } from 'zod'
import type { StationView, stationChange } from '../contracts/hub/desk.ts'
import { raiseCursor } from './changes.ts'
import type { Scope } from './database.ts'
import { recordAction } from './organisations.ts'
import type { Doer } from './people.ts'

/** By number. @param after the last number of the page before. */
export async function listStations(
  scope: Scope,
  after: string | undefined,
  limit: number,
): Promise<{ stations: StationView[]; next: string | null }> {
  let query = scope
    .selectFrom('station')
    .selectAll()
    .orderBy('number')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('number', '>', after)
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const stations = shown.map((row) => ({
    number: row.number,
    name: row.name,
    location: row.location,
    group: row.station_group,
    status: row.status,
    events: Number(row.log_size),
    lastSeenAtMs: row.last_seen_at === null ? null : Number(row.last_seen_at),
    clockOffsetMs: row.clock_offset_ms === null ? null : Number(row.clock_offset_ms),
    cursor: Number(row.cursor),
    appVersion: row.app_version,
  }))
  return { stations, next: rows.length > limit ? (shown.at(-1)?.number ?? null) : null }
}

type Changed =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-station' | 'station-removed' | 'station-held' }

/**
 * Renamed, moved, suspended, let back in, removed. In another group its roster begins anew. A removed one stays so: to come
 * back it sets itself up anew, with new keys. One that is held goes on only as a new one: nobody can tell the two copies
 * apart.
 */
export async function changeStation(
  scope: Scope,
  doer: Doer,
  number: string,
  change: z.output<typeof stationChange>,
): Promise<Changed> {
  const station = await scope
    .selectFrom('station')
    .select(['name', 'location', 'station_group', 'status', 'epoch'])
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst()
  if (!station) return { ok: false, reason: 'no-such-station' }
  if (station.status === 'removed') return { ok: false, reason: 'station-removed' }
  if (station.status === 'held' && change.status !== undefined && change.status !== 'removed')
    return { ok: false, reason: 'station-held' }
  const group = change.group === undefined ? station.station_group : change.group
  const after = {
    name: change.name ?? station.name,
    location: change.location ?? station.location,
    station_group: group,
    status: change.status ?? station.status,
    epoch: group === station.station_group ? station.epoch : station.epoch + 1,
  }
  await scope.updateTable('station').set(after).where('number', '=', number).execute()
  await raiseCursor(scope, doer.organisation)
  const details = { station: number, before: station, after, reason: change.reason }
  await recordAction(scope, doer.organisation, { type: 'station-changed', actor: doer.actor, details }, doer.nowMs)
  return { ok: true }
}
