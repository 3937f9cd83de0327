// What was begun at the hub and may still be withdrawn: offers, and codes to join with.
import { sql } from 'kysely'
import type { z } from 'zod'
import type { JoinCodeView, OfferView, pendingQuery } from '../contracts/hub/pending.ts'
import { lockDirectory } from './changes.ts'
import type { Scope } from './database.ts'
import { recordAction } from './organisations.ts'
import type { Doer } from './people.ts'

type Query = z.output<typeof pendingQuery>
const dayMs = 24 * 60 * 60_000

/** Oldest first. @param after the last id of the page before. */
export async function listOffers(
  scope: Scope,
  { after, limit, only }: Query,
  nowMs: number,
): Promise<{ offers: OfferView[]; next: string | null }> {
  let query = scope
    .selectFrom('offer')
    .innerJoin('person', 'person.id', 'offer.person_id')
    .select(['offer.id', 'offer.person_id', 'offer.status', 'offer.tries', 'offer.expires_at'])
    .select(['person.staff_id', 'person.display_name'])
    .orderBy('offer.id')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('offer.id', '>', after)
  if (only === 'open') query = query.where('offer.status', '=', 'open').where('offer.expires_at', '>', nowMs)
  const rows = await query.execute()
  const offers = rows.slice(0, limit).map((row) => ({
    id: row.id,
    personId: row.person_id,
    staffId: row.staff_id,
    displayName: row.display_name,
    // It is over from its time on, whenever somebody comes by to say so.
    status: row.status === 'open' && Number(row.expires_at) <= nowMs ? ('ended' as const) : row.status,
    tries: row.tries,
    expiresAtMs: Number(row.expires_at),
  }))
  return { offers, next: rows.length > limit ? (offers.at(-1)?.id ?? null) : null }
}

export async function listJoinCodes(
  scope: Scope,
  { after, limit, only }: Query,
  nowMs: number,
): Promise<{ joinCodes: JoinCodeView[]; next: string | null }> {
  let query = scope
    .selectFrom('join_code')
    .innerJoin('person', 'person.id', 'join_code.made_by')
    .select(['join_code.id', 'join_code.station_group', 'join_code.used_at', 'join_code.expires_at'])
    .select('person.staff_id')
    .orderBy('join_code.id')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('join_code.id', '>', after)
  if (only === 'open') query = query.where('used_at', 'is', null).where('join_code.expires_at', '>', nowMs)
  const rows = await query.execute()
  const joinCodes = rows.slice(0, limit).map((row) => ({
    id: row.id,
    group: row.station_group,
    status: statusOf(row.used_at, Number(row.expires_at), nowMs),
    madeBy: row.staff_id,
    expiresAtMs: Number(row.expires_at),
  }))
  return { joinCodes, next: rows.length > limit ? (joinCodes.at(-1)?.id ?? null) : null }
}

const statusOf = (usedAt: unknown, expiresAtMs: number, nowMs: number): JoinCodeView['status'] =>
  usedAt !== null ? 'used' : expiresAtMs > nowMs ? 'open' : 'ended'

type Withdrawn = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-offer' | 'no-such-join-code' }

/** Its secret is erased with it: whoever scanned it has nothing. */
export async function withdrawOffer(scope: Scope, doer: Doer, id: string, reason: string): Promise<Withdrawn> {
  // As confirming does: a first code that comes at this moment is either before this or after.
  await lockDirectory(scope, doer.organisation)
  const offer = await scope
    .updateTable('offer')
    .set({ status: 'ended', secret: null })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .where('expires_at', '>', doer.nowMs)
    .returning('person_id')
    .executeTakeFirst()
  if (!offer) return { ok: false, reason: 'no-such-offer' }
  const details = { person: offer.person_id, offer: id, reason }
  await recordAction(scope, doer.organisation, { type: 'offer-withdrawn', actor: doer.actor, details }, doer.nowMs)
  return { ok: true }
}

/** From now on it is refused like any that is over. */
export async function withdrawJoinCode(scope: Scope, doer: Doer, id: string, reason: string): Promise<Withdrawn> {
  const code = await scope
    .updateTable('join_code')
    .set({ expires_at: doer.nowMs })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', doer.nowMs)
    .returning('station_group')
    .executeTakeFirst()
  if (!code) return { ok: false, reason: 'no-such-join-code' }
  const details = { code: id, group: code.station_group, reason }
  await recordAction(scope, doer.organisation, { type: 'join-code-withdrawn', actor: doer.actor, details }, doer.nowMs)
  return { ok: true }
}

/** Of what is over; what is open stays, however old. That it was done stays on record. */
export async function purgePending(scope: Scope, doer: Doer, days: number, reason: string) {
  const before = doer.nowMs - days * dayMs
  const offers = await scope
    .deleteFrom('offer')
    .where('expires_at', '<', before)
    .where(({ or, eb }) => or([eb('status', '!=', 'open'), eb('expires_at', '<=', doer.nowMs)]))
    .executeTakeFirst()
  const codes = await scope
    .deleteFrom('join_code')
    .where(sql<boolean>`coalesce(used_at, expires_at) < ${before}`)
    .executeTakeFirst()
  const counts = { offers: Number(offers.numDeletedRows), joinCodes: Number(codes.numDeletedRows) }
  const details = { ...counts, days, reason }
  await recordAction(scope, doer.organisation, { type: 'pending-purged', actor: doer.actor, details }, doer.nowMs)
  return { ok: true as const, ...counts }
}
