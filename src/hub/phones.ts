// Phones that stations have bound: kept by their public keys, and sent to the other stations of the roster, where that is safe.
import { sql } from 'kysely'
import type { z } from 'zod'
import type { waitingPhone } from '../contracts/hub/desk.ts'
import type { BoundPhone, PhoneKeys } from '../contracts/hub/phones.ts'
import type { Role } from '../contracts/roles.ts'
import { raiseAlert } from './alerts.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { recordAction } from './organisations.ts'
import type { Doer } from './people.ts'
import { pointOf } from './phone-proof.ts'
import { vouchesFor } from './vouches.ts'

/** Of one person, not ended: a station that makes up phones fills nobody's list. */
const phonesOfPerson = 10
/** Whoever has only these gains nothing at other stations that a stolen one could turn into more. */
const harmless: readonly string[] = ['staff', 'auditor']
export const waitsToBeLetIn = (roles: readonly string[]): boolean => roles.some((role) => !harmless.includes(role))

/**
 * Told again, a phone changes nothing. Only for people whom this station was sent. Keys are never changed: another key under
 * a known id, or an id of another station's phone, is refused, and somebody has to look.
 */
export async function takePhones(
  scope: Scope,
  doer: Doer,
  station: string,
  phones: readonly BoundPhone[],
): Promise<void> {
  await lockDirectory(scope, doer.organisation)
  for (const phone of phones) await takePhone(scope, doer, station, phone)
}

async function takePhone(scope: Scope, doer: Doer, station: string, { id, person, keys }: BoundPhone): Promise<void> {
  const holder = await scope
    .selectFrom('delivery')
    .innerJoin('person', 'person.id', 'delivery.person_id')
    .select(['person.roles', 'person.status', 'person.staff_id'])
    .where('delivery.station_number', '=', station)
    .where('delivery.person_id', '=', person)
    .executeTakeFirst()
  if (!holder || holder.status === 'left') return
  const conflict = (details: string) =>
    raiseAlert(scope, doer.organisation, { kind: 'phone-conflict', station, details }, doer.nowMs)
  const known = await scope.selectFrom('credential').selectAll().where('id', '=', id).executeTakeFirst()
  const text = keysText(keys)
  if (known) {
    const isSame = known.person_id === person && known.bound_at === station && known.phone_keys === text
    return isSame ? undefined : conflict(`it tells of credential ${id}, which is another one`)
  }
  if (!pointOf(keys.signingKey) || !pointOf(keys.agreementKey) || (keys.passkey && !pointOf(keys.passkey.key)))
    return conflict(`it tells of phone ${id} with a key that is none`)
  const { count } = await scope
    .selectFrom('credential')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('person_id', '=', person)
    .where('kind', '=', 'phone')
    .where('status', '!=', 'ended')
    .executeTakeFirstOrThrow()
  if (count >= phonesOfPerson) return conflict(`it tells of more phones of ${holder.staff_id} than anybody has`)
  const { texts, letsIn } = await vouchesFor(scope, person, keys, doer.nowMs)
  const waits = waitsToBeLetIn(holder.roles) && !letsIn
  const row = {
    organisation_id: doer.organisation,
    id,
    person_id: person,
    kind: 'phone' as const,
    status: 'active' as const,
    algorithm: null,
    digits: null,
    period_seconds: null,
    secret: null,
    last_step: -1,
    phone_keys: text,
    bound_at: station,
    vouches: JSON.stringify(texts),
    let_in: waits ? ('waiting' as const) : ('yes' as const),
  }
  await scope.insertInto('credential').values(row).execute()
  const details = { person, credential: id, station, waits, vouches: texts.length }
  await recordAction(scope, doer.organisation, { type: 'phone-bound', actor: null, details }, doer.nowMs)
  if (!waits) return noteChange(scope, doer.organisation, 'person', person)
  const why = `a phone of ${holder.staff_id} was bound there, and waits to be let in at the other stations`
  await raiseAlert(scope, doer.organisation, { kind: 'phone-waits', station, details: why }, doer.nowMs)
}

/** In one order of names, whatever order they came in. */
const keysText = ({ signingKey, agreementKey, passkey }: PhoneKeys): string =>
  JSON.stringify({ signingKey, agreementKey, passkey: passkey && { id: passkey.id, key: passkey.key } })

type Settled = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-phone' }

/** Whether the other stations of the roster take it. The one that bound it goes on in either case, until it is revoked. */
export async function settlePhone(
  scope: Scope,
  doer: Doer,
  id: string,
  letIn: 'yes' | 'no',
  reason: string,
): Promise<Settled> {
  await lockDirectory(scope, doer.organisation)
  const phone = await scope
    .updateTable('credential')
    .set({ let_in: letIn })
    .where('id', '=', id)
    .where('kind', '=', 'phone')
    .where('let_in', '=', 'waiting')
    .where('status', '!=', 'ended')
    .returning('person_id')
    .executeTakeFirst()
  if (!phone) return { ok: false, reason: 'no-such-phone' }
  const type = letIn === 'yes' ? 'phone-let-in' : 'phone-refused'
  const details = { person: phone.person_id, credential: id, reason }
  await recordAction(scope, doer.organisation, { type, actor: doer.actor, details }, doer.nowMs)
  if (letIn === 'yes') await noteChange(scope, doer.organisation, 'person', phone.person_id)
  return { ok: true }
}

/** Oldest first. @param after the last id of the page before. */
export async function listWaitingPhones(
  scope: Scope,
  after: string | undefined,
  limit: number,
): Promise<{ phones: z.infer<typeof waitingPhone>[]; next: string | null }> {
  let query = scope
    .selectFrom('credential')
    .innerJoin('person', 'person.id', 'credential.person_id')
    .innerJoin('station', 'station.number', 'credential.bound_at')
    .select(['credential.id', 'person.staff_id', 'person.display_name', 'person.roles'])
    .select(['station.number', 'station.name', 'station.location'])
    .where('credential.let_in', '=', 'waiting')
    .where('credential.status', '!=', 'ended')
    .orderBy('credential.id')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('credential.id', '>', after)
  const rows = await query.execute()
  const phones = rows.slice(0, limit).map((row) => ({
    id: row.id,
    staffId: row.staff_id,
    displayName: row.display_name,
    roles: row.roles as Role[],
    station: { number: row.number, name: row.name, location: row.location },
  }))
  return { phones, next: rows.length > limit ? (phones.at(-1)?.id ?? null) : null }
}
