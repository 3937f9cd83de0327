// Which roles somebody has, and whose stations they use: changed at the hub, in force at every station that hears of it.
import type { z } from 'zod'
import type { accessChange } from '../contracts/hub/pending.ts'
import { endAccessOf } from './access.ts'
import { raiseAlert } from './alerts.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { recordAction } from './organisations.ts'
import { type Doer, isLastAdministrator } from './people.ts'
import { waitsToBeLetIn } from './phones.ts'

type Changed =
  | { readonly ok: true; readonly phonesWaiting: number }
  | { readonly ok: false; readonly reason: 'no-such-person' | 'last-administrator' | 'has-left' }

/**
 * Whoever may less than before has to come in anew at the hub. Of whoever becomes more than staff, each phone that was let
 * in as a staff member's is asked for again: a station that was stolen may have made it, and what opened a colleague's
 * workstation would now open an administrator's.
 */
export async function changeAccess(
  scope: Scope,
  doer: Doer,
  id: string,
  change: z.output<typeof accessChange>,
): Promise<Changed> {
  await lockDirectory(scope, doer.organisation)
  const person = await scope
    .selectFrom('person')
    .select(['staff_id', 'roles', 'groups', 'status'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return { ok: false, reason: 'no-such-person' }
  if (person.status === 'left') return { ok: false, reason: 'has-left' }
  const roles = inOrder(change.roles ?? person.roles)
  const groups = inOrder(change.groups ?? person.groups)
  const before = { roles: inOrder(person.roles), groups: inOrder(person.groups) }
  const after = { roles, groups }
  if (JSON.stringify(before) === JSON.stringify(after)) return { ok: true, phonesWaiting: 0 }
  const losesAdministration = person.roles.includes('administrator') && !roles.includes('administrator')
  if (losesAdministration && (await isLastAdministrator(scope, id))) return { ok: false, reason: 'last-administrator' }
  await scope.updateTable('person').set(after).where('id', '=', id).execute()
  if (before.roles.some((role) => !roles.includes(role))) await endAccessOf(scope, id, doer.nowMs)
  const gains = waitsToBeLetIn(roles) && !waitsToBeLetIn(before.roles)
  const phonesWaiting = gains ? await askForPhones(scope, doer, id, person.staff_id) : 0
  await noteChange(scope, doer.organisation, 'person', id)
  const details = { person: id, before, after, phonesWaiting, reason: change.reason }
  await recordAction(
    scope,
    doer.organisation,
    { type: 'person-access-changed', actor: doer.actor, details },
    doer.nowMs,
  )
  return { ok: true, phonesWaiting }
}

const inOrder = (names: readonly string[]): string[] => [...new Set(names)].sort()

/** @returns how many. An alert for each station that bound one. */
async function askForPhones(scope: Scope, doer: Doer, person: string, staffId: string): Promise<number> {
  const phones = await scope
    .updateTable('credential')
    .set({ let_in: 'waiting', was_let_in: true })
    .where('person_id', '=', person)
    .where('kind', '=', 'phone')
    .where('status', '!=', 'ended')
    .where('let_in', '=', 'yes')
    .returning('bound_at')
    .execute()
  const details = `a phone of ${staffId}, who may more now, waits to be let in again at the other stations`
  for (const station of new Set(phones.map(({ bound_at }) => bound_at)))
    await raiseAlert(scope, doer.organisation, { kind: 'phone-waits', station, details }, doer.nowMs)
  return phones.length
}
