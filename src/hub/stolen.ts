// What a station took with it when it was stolen: the secrets that it was sent, listed and ended in one action.
import type { HeldSecret } from '../contracts/hub/stolen.ts'
import { endAccessOf } from './access.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { endOpenOffers } from './enrollment.ts'
import { recordAction } from './organisations.ts'
import type { Doer } from './people.ts'

type Actor = Doer & { readonly actor: string }
type Held =
  | { readonly ok: true; readonly station: string; readonly status: string; readonly secrets: HeldSecret[] }
  | { readonly ok: false; readonly reason: 'no-such-station' }
type Renewed =
  | { readonly ok: true; readonly ended: HeldSecret[]; readonly own: HeldSecret[] }
  | { readonly ok: false; readonly reason: 'no-such-station' }

/** For good, though the person leaves its roster: a disk remembers what its software forgot. */
export async function noteSecretsSent(
  scope: Scope,
  organisation: string,
  station: string,
  credentials: readonly string[],
): Promise<void> {
  if (credentials.length === 0) return
  const rows = credentials.map((credential_id) => ({
    organisation_id: organisation,
    station_number: station,
    credential_id,
  }))
  await scope
    .insertInto('sent_secret')
    .values(rows)
    .onConflict((clash) => clash.doNothing())
    .execute()
}

/** By staff ID. */
export async function secretsHeld(scope: Scope, actor: string, number: string): Promise<Held> {
  const station = await scope.selectFrom('station').select('status').where('number', '=', number).executeTakeFirst()
  if (!station) return { ok: false, reason: 'no-such-station' }
  const rows = await scope
    .selectFrom('sent_secret')
    .innerJoin('credential', 'credential.id', 'sent_secret.credential_id')
    .innerJoin('person', 'person.id', 'credential.person_id')
    .select(['credential.id as credential', 'person.id', 'person.staff_id', 'person.display_name'])
    .where('sent_secret.station_number', '=', number)
    .where('credential.status', '!=', 'ended')
    .orderBy('person.staff_id')
    .execute()
  const secrets = rows.map((row) => ({
    credentialId: row.credential,
    personId: row.id,
    staffId: row.staff_id,
    displayName: row.display_name,
    own: row.id === actor,
  }))
  return { ok: true, station: number, status: station.status, secrets }
}

/**
 * The station is removed, each secret that it had ends everywhere, and with it the access to the hub of whoever it was
 * of: it may be the thief's by now. Bound phones stay: their keys were never there. That of whoever asks stays till they
 * enroll anew, which they have to do next: somebody must be able to come in afterwards and enroll the others.
 */
export async function renewStolen(scope: Scope, doer: Actor, number: string, reason: string): Promise<Renewed> {
  await lockDirectory(scope, doer.organisation)
  await scope.selectFrom('station').select('number').where('number', '=', number).forUpdate().execute()
  const held = await secretsHeld(scope, doer.actor, number)
  if (!held.ok) return held
  const others = held.secrets.filter(({ own }) => !own)
  await scope.updateTable('station').set({ status: 'removed' }).where('number', '=', number).execute()
  const people = [...new Set(others.map(({ personId }) => personId))]
  const ids = others.map(({ credentialId }) => credentialId)
  if (ids.length > 0)
    await scope.updateTable('credential').set({ status: 'ended', secret: null }).where('id', 'in', ids).execute()
  for (const person of people) {
    await endOpenOffers(scope, person)
    await endAccessOf(scope, person, doer.nowMs)
    await noteChange(scope, doer.organisation, 'person', person)
  }
  const details = { station: number, before: held.status, credentials: ids, reason }
  await recordAction(scope, doer.organisation, { type: 'station-stolen', actor: doer.actor, details }, doer.nowMs)
  return { ok: true, ended: others, own: held.secrets.filter(({ own }) => own) }
}
