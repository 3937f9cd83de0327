// What administrators have to see, until one of them says that they have.
import type { HubAlertKind } from '../contracts/hub/desk.ts'
import type { Scope } from './database.ts'
import { newId } from './primitives.ts'

/** One of a kind and station is open at a time: a station that repeats itself fills nobody's list. */
export async function raiseAlert(
  scope: Scope,
  organisation: string,
  alert: { readonly kind: HubAlertKind; readonly station: string | null; readonly details: string },
  nowMs: number,
): Promise<void> {
  const open = await scope
    .selectFrom('alert')
    .select('id')
    .where('kind', '=', alert.kind)
    .where('station_number', 'is not distinct from', alert.station)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst()
  if (open) return
  const row = {
    organisation_id: organisation,
    id: newId(),
    kind: alert.kind,
    station_number: alert.station,
    details: alert.details,
    at: nowMs,
    acknowledged_at: null,
    acknowledged_by: null,
  }
  await scope.insertInto('alert').values(row).execute()
}

/** Newest first. @param after the last id of the page before. */
export async function listAlerts(scope: Scope, after: string | undefined, limit: number) {
  let query = scope
    .selectFrom('alert')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('id', '<', after)
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const alerts = shown.map((row) => ({
    id: row.id,
    kind: row.kind as HubAlertKind,
    station: row.station_number,
    details: row.details,
    atMs: Number(row.at),
    acknowledgedAtMs: row.acknowledged_at === null ? null : Number(row.acknowledged_at),
  }))
  return { alerts, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

/** false where there is none open of this id. */
export async function acknowledgeAlert(scope: Scope, id: string, actor: string, nowMs: number): Promise<boolean> {
  const found = await scope
    .updateTable('alert')
    .set({ acknowledged_at: nowMs, acknowledged_by: actor })
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return found !== undefined
}
