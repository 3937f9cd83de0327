// Organisations: each a world of its own, told apart by the name in its address; and the link that makes the first one.
import type { HubDatabase, Scope } from './database.ts'
import type { HubParts } from './ports.ts'
import { hashOfSecret, newId, newSecret } from './primitives.ts'

export interface Organisation {
  readonly id: string
  readonly slug: string
  readonly name: string
}

/** null where there is none of that name. */
export async function findOrganisation(db: HubDatabase, slug: string): Promise<Organisation | null> {
  // One statement is a transaction by itself, and every request begins with this one.
  const query = db.kysely.selectFrom('organisation').select(['id', 'slug', 'name']).where('slug', '=', slug)
  return (await query.executeTakeFirst()) ?? null
}

/** For what is done for each in turn. */
export const organisationIds = (db: HubDatabase): Promise<string[]> =>
  db.outside(async (all) => (await all.selectFrom('organisation').select('id').execute()).map(({ id }) => id))

/**
 * A one-time link for whoever sets up an organisation, who becomes its first administrator. The ones before, unused, end.
 * @returns the secret in it: shown once, kept as its hash.
 */
export async function makeSetupSecret({ db }: HubParts): Promise<string> {
  const secret = newSecret()
  await db.outside(async (all) => {
    await all.deleteFrom('setup_link').where('used_at', 'is', null).where('organisation_id', 'is', null).execute()
    const row = { id: newId(), hash: hashOfSecret(secret), organisation_id: null, used_at: null }
    await all.insertInto('setup_link').values(row).execute()
  })
  return secret
}

export const isSetUp = async (db: HubDatabase): Promise<boolean> =>
  (await db.outside((all) =>
    all.selectFrom('setup_link').select('id').where('used_at', 'is not', null).executeTakeFirst(),
  )) !== undefined

/** What administrators did stays on record. @param actor null: whoever runs the hub, or nobody. */
export async function recordAction(
  scope: Scope,
  organisation: string,
  action: { readonly type: string; readonly actor: string | null; readonly details: Readonly<Record<string, unknown>> },
  nowMs: number,
): Promise<void> {
  const { type, actor, details } = action
  const row = { organisation_id: organisation, id: newId(), at: nowMs, actor, type, details: JSON.stringify(details) }
  await scope.insertInto('action').values(row).execute()
}
