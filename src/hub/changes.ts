// The counter of an organisation's changes: raised under its row lock in the change's own transaction, so none is skipped.
import { sql } from 'kysely'
import { announce, type Scope } from './database.ts'

/**
 * Of each subject only the newest change is kept: whoever comes with an old cursor gets what it is now. A change that
 * commits late holds the lock till then, so no later number is there before it.
 */
export async function noteChange(
  scope: Scope,
  organisation: string,
  kind: 'person' | 'policy' | 'step',
  subject: string,
): Promise<void> {
  const row = { organisation_id: organisation, kind, subject, cursor: await raiseCursor(scope, organisation) }
  await scope
    .insertInto('change')
    .values(row)
    .onConflict((clash) => clash.columns(['organisation_id', 'kind', 'subject']).doUpdateSet({ cursor: row.cursor }))
    .execute()
}

/** Stations that listen ask at once what is new: for what changed of themselves it needs no more. */
export async function raiseCursor(scope: Scope, organisation: string): Promise<number> {
  const raised = await scope
    .updateTable('organisation')
    .set({ cursor: sql`cursor + 1` })
    .where('id', '=', organisation)
    .returning('cursor')
    .executeTakeFirstOrThrow()
  await announce(scope, organisation)
  return Number(raised.cursor)
}

/** Whatever changes the directory takes this before any row of it: two that want each other's rows wait, and neither is lost. */
export async function lockDirectory(scope: Scope, organisation: string): Promise<void> {
  await scope.selectFrom('organisation').select('id').where('id', '=', organisation).forUpdate().execute()
}

export async function cursorOf(scope: Scope, organisation: string): Promise<number> {
  const row = await scope
    .selectFrom('organisation')
    .select('cursor')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return Number(row.cursor)
}
