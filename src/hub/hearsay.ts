// What a station's own log tells of the directory: whoever is closed out at one desk is closed out at all of them.
import type { z } from 'zod'
import { auditEvent } from '../contracts/event.ts'
import { parseJson } from '../contracts/json.ts'
import { raiseAlert } from './alerts.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { countAttempt, isAttempt } from './failures.ts'
import { changeStatus, type Doer, revokeCredential, suspendCredential } from './people.ts'

/**
 * Only what takes away, a used code among it: a station gives nobody anything elsewhere. Only of people that it was sent: of others it can't know.
 * What it did because the hub said so is said back by nobody.
 * @param bodies events that were just kept, in order.
 */
export async function hearFrom(scope: Scope, doer: Doer, station: string, bodies: readonly string[]): Promise<void> {
  const tellingBodies = bodies.filter((body) => telling.test(body))
  if (tellingBodies.length > 0) await lockDirectory(scope, doer.organisation)
  for (const body of tellingBodies) {
    const event = auditEvent.safeParse(parseJson(body))
    if (event.success && event.data.details?.by !== 'hub') await hear(scope, doer, station, event.data)
  }
}

/** Most events are of none of these types, and are not parsed once more for it. */
const telling =
  /"type":"(person-status-changed|credential-ended|credential-suspended|hub-person-taken)"|"method":"totp"|"details":\{[^}]*"step":/

async function hear(scope: Scope, doer: Doer, station: string, event: z.infer<typeof auditEvent>): Promise<void> {
  if (event.type === 'hub-person-taken') return learnName(scope, station, event)
  const reason = event.reason ?? 'station'
  if (event.type === 'person-status-changed') {
    const after = event.details?.after
    const id = event.person && (await knownPerson(scope, station, event.person))
    if (id && (after === 'suspended' || after === 'left')) await changeStatus(scope, doer, id, after, reason)
    return
  }
  const found = event.credential && (await sentCredential(scope, station, event.credential))
  if (!found) return
  const { id } = found
  if (found.kind === 'totp' && isAttempt(event)) await countAttempt(scope, doer, station, id, event)
  if (typeof event.details?.step === 'number')
    return found.kind === 'totp' ? noteStep(scope, doer, station, id, event.details.step) : undefined
  if (event.type === 'credential-ended') await revokeCredential(scope, doer, id, reason, null)
  else if (event.type === 'credential-suspended') await suspendCredential(scope, doer, id, reason)
}

/** Somebody who was there before the hub keeps the id that they had at that station. */
async function learnName(scope: Scope, station: string, event: z.infer<typeof auditEvent>): Promise<void> {
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

const sentCredential = (scope: Scope, station: string, credential: string) =>
  scope
    .selectFrom('credential')
    .innerJoin('delivery', 'delivery.person_id', 'credential.person_id')
    .select(['credential.id', 'credential.kind'])
    .where('delivery.station_number', '=', station)
    .where('credential.id', '=', credential)
    .executeTakeFirst()

/** Of a code, ahead of now, as far as honest clocks differ: beyond, it would close out its owner for as long as the station likes. */
const stepsAhead = 2

/** Accepted there: refused everywhere else from now on. Where another station took the same code, somebody has to look. */
async function noteStep(scope: Scope, doer: Doer, station: string, credential: string, step: number): Promise<void> {
  const { period_seconds } = await scope
    .selectFrom('credential')
    .select('period_seconds')
    .where('id', '=', credential)
    .executeTakeFirstOrThrow()
  if (
    period_seconds === null ||
    !Number.isInteger(step) ||
    step < 0 ||
    step > doer.nowMs / 1000 / period_seconds + stepsAhead
  )
    return
  const row = { organisation_id: doer.organisation, credential_id: credential, step, station_number: station }
  const added = await scope
    .insertInto('used_step')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning('step')
    .executeTakeFirst()
  if (!added) {
    const details = `a code was accepted here that another station had accepted, of credential ${credential}`
    return raiseAlert(scope, doer.organisation, { kind: 'same-code-twice', station, details }, doer.nowMs)
  }
  const raised = await scope
    .updateTable('credential')
    .set({ last_step: step })
    .where('id', '=', credential)
    .where('last_step', '<', step)
    .returning('id')
    .executeTakeFirst()
  if (raised) await noteChange(scope, doer.organisation, 'step', credential)
}
