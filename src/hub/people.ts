// The directory: people, who they are for which groups of stations, and the end of what they prove themselves by.
import { sql } from 'kysely'
import type { z } from 'zod'
import type { newHubPerson, PersonView, peopleQuery } from '../contracts/hub/desk.ts'
import type { Role } from '../contracts/roles.ts'
import { mayActOn } from '../core/permissions.ts'
import { endAccessOf } from './access.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { endOpenOffers } from './enrollment.ts'
import { recordAction } from './organisations.ts'
import { newId } from './primitives.ts'

export interface Doer {
  readonly organisation: string
  /** A person's id; null: nobody here. */
  readonly actor: string | null
  /** Whose log said so, where it was a station's. */
  readonly station?: string
  readonly nowMs: number
}

type NewPerson = z.output<typeof newHubPerson>
type Added = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: 'staff-id-taken' }
export type Changed = { readonly ok: true } | { readonly ok: false; readonly reason: PersonProblem }
type PersonProblem = 'not-allowed' | 'no-such-person' | 'no-such-credential' | 'last-administrator' | 'has-left'

export async function addPerson(scope: Scope, doer: Doer, person: NewPerson): Promise<Added> {
  const id = newId()
  const { staffId, displayName, roles, groups } = person
  const row = {
    organisation_id: doer.organisation,
    id,
    staff_id: staffId,
    display_name: displayName,
    roles: [...new Set(roles)],
    groups: [...new Set(groups)],
    status: 'active' as const,
    reason: null,
  }
  const added = await scope
    .insertInto('person')
    .values(row)
    .onConflict((clash) => clash.columns(['organisation_id', 'staff_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return { ok: false, reason: 'staff-id-taken' }
  await noteChange(scope, doer.organisation, 'person', id)
  await record(scope, doer, 'person-added', { person: id, staffId, roles, groups })
  return { ok: true, id }
}

/** 'left' ends every credential and offer in the same transaction; any status but 'active' ends their access to the hub. */
export async function changeStatus(
  scope: Scope,
  doer: Doer,
  id: string,
  status: PersonView['status'],
  reason: string,
): Promise<Changed> {
  await lockDirectory(scope, doer.organisation)
  const person = await scope
    .selectFrom('person')
    .select(['status', 'roles'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return { ok: false, reason: 'no-such-person' }
  if (person.status === 'left' && status === 'suspended') return { ok: false, reason: 'has-left' }
  if (person.status === status) return { ok: true }
  if (status !== 'active' && (await isLastAdministrator(scope, id))) return { ok: false, reason: 'last-administrator' }
  const after = { status, reason: status === 'active' ? null : reason }
  await scope.updateTable('person').set(after).where('id', '=', id).execute()
  if (status !== 'active') {
    await endOpenOffers(scope, id)
    await endAccessOf(scope, id, doer.nowMs)
  }
  if (status === 'left') await endCredentials(scope, id)
  await noteChange(scope, doer.organisation, 'person', id)
  await record(scope, doer, 'person-status-changed', { person: id, before: person.status, after: status, reason })
  return { ok: true }
}

/**
 * Its secret is erased with it, and whatever it was used to come in at the hub by is over: whoever stole it is out.
 * @param by roles of whoever does it, who revokes nothing above their own; null: nobody here.
 */
export async function revokeCredential(
  scope: Scope,
  doer: Doer,
  id: string,
  reason: string,
  by: readonly Role[] | null,
): Promise<Changed> {
  await lockDirectory(scope, doer.organisation)
  const credential = await scope
    .selectFrom('credential')
    .select(['person_id', 'kind', 'status'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!credential || credential.status === 'ended') return { ok: false, reason: 'no-such-credential' }
  if (by && !mayActOn(by, await rolesOf(scope, credential.person_id))) return { ok: false, reason: 'not-allowed' }
  const others = await scope
    .selectFrom('credential')
    .select('id')
    .where('person_id', '=', credential.person_id)
    .where('kind', '=', 'totp')
    .where('status', '=', 'active')
    .where('id', '!=', id)
    .executeTakeFirst()
  const isLast = () => isLastAdministrator(scope, credential.person_id)
  if (credential.kind === 'totp' && !others && (await isLast())) return { ok: false, reason: 'last-administrator' }
  await scope.updateTable('credential').set({ status: 'ended', secret: null }).where('id', '=', id).execute()
  if (credential.kind === 'totp') await endAccessOf(scope, credential.person_id, doer.nowMs)
  await noteChange(scope, doer.organisation, 'person', credential.person_id)
  await record(scope, doer, 'credential-ended', { person: credential.person_id, credential: id, reason })
  return { ok: true }
}

/** It stays what it is, so that somebody can decide whether it works again. Of the last administrator it goes on here. */
export async function suspendCredential(scope: Scope, doer: Doer, id: string, reason: string): Promise<Changed> {
  await lockDirectory(scope, doer.organisation)
  const credential = await scope
    .selectFrom('credential')
    .select(['person_id', 'kind', 'status'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (credential?.status !== 'active') return { ok: false, reason: 'no-such-credential' }
  if (credential.kind === 'totp' && (await isLastAdministrator(scope, credential.person_id)))
    return { ok: false, reason: 'last-administrator' }
  await scope.updateTable('credential').set({ status: 'suspended' }).where('id', '=', id).execute()
  if (credential.kind === 'totp') await endAccessOf(scope, credential.person_id, doer.nowMs)
  await noteChange(scope, doer.organisation, 'person', credential.person_id)
  await record(scope, doer, 'credential-suspended', { person: credential.person_id, credential: id, reason })
  return { ok: true }
}

/** Of one that was suspended: somebody has looked, and it works again. */
export async function reinstateCredential(scope: Scope, doer: Doer, id: string, reason: string): Promise<Changed> {
  await lockDirectory(scope, doer.organisation)
  const found = await scope
    .updateTable('credential')
    .set({ status: 'active', failures: 0 })
    .where('id', '=', id)
    .where('status', '=', 'suspended')
    .returning('person_id')
    .executeTakeFirst()
  if (!found) return { ok: false, reason: 'no-such-credential' }
  await noteChange(scope, doer.organisation, 'person', found.person_id)
  await record(scope, doer, 'credential-reinstated', { person: found.person_id, credential: id, reason })
  return { ok: true }
}

async function rolesOf(scope: Scope, id: string): Promise<readonly Role[]> {
  const { roles } = await scope.selectFrom('person').select('roles').where('id', '=', id).executeTakeFirstOrThrow()
  return roles as Role[]
}

/**
 * The only one who can still come in at the hub, where phones that scan open nothing: without them nobody could put
 * anything right. Under the directory's lock: two administrators who suspend each other at once must not both succeed.
 */
export async function isLastAdministrator(scope: Scope, id: string): Promise<boolean> {
  const able = await scope
    .selectFrom('person')
    .innerJoin('credential', 'credential.person_id', 'person.id')
    .select('person.id')
    .distinct()
    .where('person.status', '=', 'active')
    .where(sql<boolean>`'administrator' = ANY (person.roles)`)
    .where('credential.kind', '=', 'totp')
    .where('credential.status', '=', 'active')
    .limit(2)
    .execute()
  return able.length === 1 && able[0]?.id === id
}

const endCredentials = (scope: Scope, person: string) =>
  scope
    .updateTable('credential')
    .set({ status: 'ended', secret: null })
    .where('person_id', '=', person)
    .where('status', '!=', 'ended')
    .execute()

const record = (scope: Scope, doer: Doer, type: string, details: Record<string, unknown>) =>
  recordAction(
    scope,
    doer.organisation,
    { type, actor: doer.actor, details: { ...details, station: doer.station } },
    doer.nowMs,
  )

/** By staff ID. @param after the last staff ID of the page before. */
export async function listPeople(
  scope: Scope,
  { after, find, only, limit }: z.output<typeof peopleQuery>,
): Promise<{ people: PersonView[]; next: string | null }> {
  let query = scope
    .selectFrom('person')
    .selectAll()
    .orderBy('staff_id')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('staff_id', '>', after)
  if (find !== undefined) query = query.where('staff_id', '=', find)
  if (only === 'unenrolled')
    query = query
      .where('status', '=', 'active')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('credential')
              .select('credential.id')
              .whereRef('credential.person_id', '=', 'person.id')
              .where('credential.status', '=', 'active'),
          ),
        ),
      )
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const ids = shown.map(({ id }) => id)
  const credentials =
    ids.length === 0
      ? []
      : await scope
          .selectFrom('credential')
          .select(['id', 'person_id', 'kind', 'status'])
          .where('person_id', 'in', ids)
          .orderBy('id')
          .execute()
  const people = shown.map((row) => ({
    id: row.id,
    staffId: row.staff_id,
    displayName: row.display_name,
    roles: row.roles as Role[],
    groups: row.groups,
    status: row.status,
    credentials: credentials
      .filter(({ person_id }) => person_id === row.id)
      .map(({ id, kind, status }) => ({ id, kind, status })),
  }))
  return { people, next: rows.length > limit ? (shown.at(-1)?.staff_id ?? null) : null }
}
