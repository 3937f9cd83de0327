// The counter of an organisation's changes: raised under its row lock in the change's own transaction, so none is skipped.
import { sql } from 'kysely'
import { announce, type Scope } from './database.ts'

type ChangeKind = 'person' | 'policy' | 'step'

/**
 * Of each subject only the newest change is kept: whoever comes with an old cursor gets what it is now. A change that
 * commits late holds the lock till then, so no later number is there before it.
 */
export const noteChange = (scope: Scope, organisation: string, kind: ChangeKind, subject: string): Promise<void> =>
  noteChanges(scope, organisation, kind, [subject])

/** The same of many, each with a number of its own. @param subjects each once. */
export async function noteChanges(
  scope: Scope,
  organisation: string,
  kind: ChangeKind,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return
  const newest = await raiseCursor(scope, organisation, subjects.length)
  const before = newest - subjects.length
  await sql`INSERT INTO change (organisation_id, kind, subject, cursor)
    SELECT ${organisation}::uuid, ${kind}, subject, ${before}::bigint + place
    FROM unnest(${subjects}::text[]) WITH ORDINALITY AS new (subject, place)
    ON CONFLICT (organisation_id, kind, subject) DO UPDATE SET cursor = excluded.cursor`.execute(scope)
}

/** Stations that listen ask at once what is new: for what changed of themselves it needs no more. */
export async function raiseCursor(scope: Scope, organisation: string, by = 1): Promise<number> {
  const raised = await scope
    .updateTable('organisation')
    .set({ cursor: sql`cursor + ${by}::bigint` })
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
