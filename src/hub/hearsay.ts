// What a station's own log tells of the directory: whoever is closed out at one desk is closed out at all of them.
import type { z } from 'zod'
import { auditEvent } from '../contracts/event.ts'
import { parseJson } from '../contracts/json.ts'
import { lockDirectory } from './changes.ts'
import type { Scope } from './database.ts'
import { countAttempts, isAttempt } from './failures.ts'
import { changeStatus, type Doer, revokeCredential, suspendCredential } from './people.ts'
import { noteSteps } from './used-steps.ts'

type Heard = z.infer<typeof auditEvent>

/**
 * Only what takes away, a used code among it: a station gives nobody anything elsewhere. Only of people that it was sent: of others it can't know.
 * What it did because the hub said so is said back by nobody.
 * @param bodies events that were just kept, in order.
 */
export async function hearFrom(scope: Scope, doer: Doer, station: string, bodies: readonly string[]): Promise<void> {
  const events = bodies
    .filter((body) => telling.test(body))
    .flatMap((body) => auditEvent.safeParse(parseJson(body)).data ?? [])
    .filter((event) => event.details?.by !== 'hub')
  if (events.length === 0) return
  await lockDirectory(scope, doer.organisation)
  const sent = await sentCredentials(scope, station, new Set(events.flatMap(({ credential }) => credential ?? [])))
  for (const event of events) await hear(scope, doer, station, event, sent)
  // What a long log is full of, all in one go.
  const ofApps = events.flatMap((event) => {
    const found = sent.get(event.credential ?? '')
    return found?.kind === 'totp' && found.period_seconds !== null ? [{ ...found, event }] : []
  })
  const attempts = ofApps.filter(({ event }) => isAttempt(event)).map(({ id, event }) => ({ credential: id, event }))
  const failures = new Map([...sent.values()].map((each) => [each.id, each.failures]))
  await countAttempts(scope, doer, station, attempts, failures)
  const steps = ofApps.flatMap(({ id, period_seconds, event }) => {
    const step = event.details?.step
    return typeof step === 'number' ? [{ credential: id, periodSeconds: period_seconds ?? 0, step }] : []
  })
  await noteSteps(scope, doer, station, steps)
}

/** Most events are of none of these types, and are not parsed once more for it. */
const telling =
  /"type":"(person-status-changed|credential-ended|credential-suspended|hub-person-taken)"|"method":"totp"|"details":\{[^}]*"step":/

async function hear(
  scope: Scope,
  doer: Doer,
  station: string,
  event: Heard,
  sent: ReadonlyMap<string, unknown>,
): Promise<void> {
  if (event.type === 'hub-person-taken') return learnName(scope, station, event)
  const reason = event.reason ?? 'station'
  if (event.type === 'person-status-changed') {
    const after = event.details?.after
    const id = event.person && (await knownPerson(scope, station, event.person))
    if (id && (after === 'suspended' || after === 'left')) await changeStatus(scope, doer, id, after, reason)
    return
  }
  const { credential } = event
  // An event of a step says nothing else, whatever it calls itself.
  if (credential === undefined || !sent.has(credential) || typeof event.details?.step === 'number') return
  if (event.type === 'credential-ended') await revokeCredential(scope, doer, credential, reason, null)
  else if (event.type === 'credential-suspended') await suspendCredential(scope, doer, credential, reason)
}

/** Somebody who was there before the hub keeps the id that they had at that station. */
async function learnName(scope: Scope, station: string, event: Heard): Promise<void> {
  const hubId = event.details?.hub_person
  if (!event.person || typeof hubId !== 'string' || !uuid.test(hubId)) return
  await scope
    .updateTable('delivery')
    .set({ local_id: event.person })
    .where('station_number', '=', station)
    .where('person_id', '=', hubId)
    .execute()
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The person at the hub, where this station was sent them. @param local their id at the station. */
async function knownPerson(scope: Scope, station: string, local: string): Promise<string | null> {
  const row = await scope
    .selectFrom('delivery')
    .select('person_id')
    .where('station_number', '=', station)
    .where((eb) =>
      eb.or([eb('local_id', '=', local), eb.and([eb('local_id', 'is', null), eb('person_id', '=', local)])]),
    )
    .executeTakeFirst()
  return row?.person_id ?? null
}

/** Those of them that are of people whom this station was sent, by id. */
async function sentCredentials(scope: Scope, station: string, ids: ReadonlySet<string>) {
  if (ids.size === 0) return new Map<string, never>()
  const rows = await scope
    .selectFrom('credential')
    .innerJoin('delivery', 'delivery.person_id', 'credential.person_id')
    .select(['credential.id', 'credential.kind', 'credential.period_seconds', 'credential.failures'])
    .where('delivery.station_number', '=', station)
    .where('credential.id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
