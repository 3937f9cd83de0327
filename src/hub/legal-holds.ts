// Legal holds: what is pruned by nobody and nothing until an administrator lifts it, each with its reason on record.
import { type Expression, sql } from 'kysely'
import type { z } from 'zod'
import type { holdRequest } from '../contracts/hub/retention.ts'
import type { Scope } from './database.ts'
import { recordAction } from './organisations.ts'
import type { Doer } from './people.ts'
import { newId } from './primitives.ts'

type Actor = Doer & { readonly actor: string }

export async function setHold(scope: Scope, doer: Actor, hold: z.output<typeof holdRequest>) {
  const id = newId()
  if (hold.fromMs !== null && hold.toMs !== null && hold.fromMs > hold.toMs)
    return { ok: false as const, reason: 'ends-before-it-begins' }
  if (hold.personId !== null) {
    const known = await scope.selectFrom('person').select('id').where('id', '=', hold.personId).executeTakeFirst()
    if (!known) return { ok: false as const, reason: 'no-such-person' }
  }
  const row = {
    organisation_id: doer.organisation,
    id,
    person_id: hold.personId,
    from_ms: hold.fromMs,
    to_ms: hold.toMs,
    reason: hold.reason,
    set_at: doer.nowMs,
    set_by: doer.actor,
    lifted_at: null,
  }
  await scope.insertInto('legal_hold').values(row).execute()
  const action = { type: 'hold-set', actor: doer.actor, details: { hold: id, ...hold } }
  await recordAction(scope, doer.organisation, action, doer.nowMs)
  return { ok: true as const, id }
}

export async function liftHold(scope: Scope, doer: Actor, id: string, reason: string) {
  const lifted = await scope
    .updateTable('legal_hold')
    .set({ lifted_at: doer.nowMs })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!lifted) return { ok: false as const, reason: 'no-such-hold' }
  const action = { type: 'hold-lifted', actor: doer.actor, details: { hold: id, reason } }
  await recordAction(scope, doer.organisation, action, doer.nowMs)
  return { ok: true as const }
}

export async function listHolds(scope: Scope) {
  const rows = await scope.selectFrom('legal_hold').selectAll().where('lifted_at', 'is', null).orderBy('id').execute()
  const ms = (value: string | number | null) => (value === null ? null : Number(value))
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    fromMs: ms(row.from_ms),
    toMs: ms(row.to_ms),
    reason: row.reason,
    setAtMs: Number(row.set_at),
    setBy: row.set_by,
  }))
}

/**
 * Of an event's row, in SQL: does a hold want it? A span holds what happened in it by the station's clock or by the hub's,
 * since either may be wrong; a person, whatever names them, by the hub's id or by that of the station.
 */
export const isHeld: Expression<boolean> = sql<boolean>`EXISTS (
  SELECT 1 FROM legal_hold WHERE legal_hold.lifted_at IS NULL
  AND (
    event.received_at BETWEEN coalesce(legal_hold.from_ms, 0) AND coalesce(legal_hold.to_ms, 9223372036854775807)
    OR substring(event.body FROM '"atMs":([0-9]{1,16})')::bigint
      BETWEEN coalesce(legal_hold.from_ms, 0) AND coalesce(legal_hold.to_ms, 9223372036854775807)
  )
  AND (
    legal_hold.person_id IS NULL OR strpos(event.body, legal_hold.person_id::text) > 0
    OR EXISTS (
      SELECT 1 FROM delivery WHERE delivery.person_id = legal_hold.person_id
      AND delivery.station_number = event.station_number AND strpos(event.body, delivery.local_id::text) > 0
    )
    OR EXISTS (
      SELECT 1 FROM credential WHERE credential.person_id = legal_hold.person_id
      AND strpos(event.body, credential.id::text) > 0
    )
  )
)`
