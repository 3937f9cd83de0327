// What events say goes once the organisation's time for it is over; that there was such an event stays, so that the log proves on.
import { sql } from 'kysely'
import type { Scope } from './database.ts'
import { isHeld } from './legal-holds.ts'
import { recordAction } from './organisations.ts'
import type { Doer } from './people.ts'
import type { HubParts } from './ports.ts'

const dayMs = 24 * 60 * 60_000
const atOnce = 2000

/** null: for ever, as where nobody has said anything. */
export async function readRetention(scope: Scope): Promise<number | null> {
  return (await scope.selectFrom('retention').select('days').executeTakeFirst())?.days ?? null
}

export async function setRetention(
  scope: Scope,
  doer: Doer & { readonly actor: string },
  days: number | null,
  reason: string,
) {
  const before = await readRetention(scope)
  await scope
    .insertInto('retention')
    .values({ organisation_id: doer.organisation, days })
    .onConflict((clash) => clash.column('organisation_id').doUpdateSet({ days }))
    .execute()
  const details = { before, after: days, reason }
  await recordAction(scope, doer.organisation, { type: 'retention-set', actor: doer.actor, details }, doer.nowMs)
  return { ok: true as const, days }
}

/**
 * By the hub's own clock: a station can say what it likes of when something was. The leaf stays in the tree, of the event
 * itself nothing can be told from it (each has a salt), and nobody can put another in its place. In portions, each on
 * record with what went.
 */
export async function prune({ db, nowMs }: HubParts, organisation: string): Promise<void> {
  for (let pruned = atOnce; pruned === atOnce; )
    pruned = await db.within(organisation, (scope) => pruneSome(scope, organisation, nowMs()))
}

async function pruneSome(scope: Scope, organisation: string, now: number): Promise<number> {
  const days = await readRetention(scope)
  if (days === null) return 0
  // One process at a time; a hold that is being set waits for it, or it for the hold.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`prune ${organisation}`}, 0))`.execute(scope)
  await sql`LOCK TABLE legal_hold IN SHARE MODE`.execute(scope)
  const before = now - days * dayMs
  const { rows: gone } = await sql<{ station_number: string }>`UPDATE event SET body = NULL
    WHERE (organisation_id, station_number, number) IN (
      SELECT organisation_id, station_number, number FROM event
      WHERE body IS NOT NULL AND received_at < ${before} AND NOT ${isHeld} LIMIT ${atOnce}
    ) RETURNING station_number`.execute(scope)
  if (gone.length === 0) return 0
  const counts: Record<string, number> = {}
  for (const { station_number } of gone) counts[station_number] = (counts[station_number] ?? 0) + 1
  const details = { receivedBeforeMs: before, days, stations: counts }
  await recordAction(scope, organisation, { type: 'events-pruned', actor: null, details }, now)
  return gone.length
}
