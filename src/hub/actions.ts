// What administrators did at the hub, as they and auditors read it.
import { z } from 'zod'
import type { ActionView, actionsQuery } from '../contracts/hub/pending.ts'
import { parseJson } from '../contracts/json.ts'
import type { Scope } from './database.ts'

const recorded = z.record(z.string(), z.unknown())

/** Newest first. @param after the last id of the page before. */
export async function listActions(
  scope: Scope,
  { after, limit }: z.output<typeof actionsQuery>,
): Promise<{ actions: ActionView[]; next: string | null }> {
  let query = scope
    .selectFrom('action')
    .leftJoin('person', 'person.id', 'action.actor')
    .select(['action.id', 'action.at', 'action.type', 'action.actor', 'action.details', 'person.staff_id'])
    .orderBy('action.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('action.id', '<', after)
  const rows = await query.execute()
  const actions = rows.slice(0, limit).map((row) => ({
    id: row.id,
    atMs: Number(row.at),
    type: row.type,
    actor: row.actor === null ? null : { id: row.actor, staffId: row.staff_id ?? '' },
    details: recorded.parse(parseJson(row.details)),
  }))
  return { actions, next: rows.length > limit ? (actions.at(-1)?.id ?? null) : null }
}
