// Which step of an authenticator app was accepted where: refused everywhere else from then on, and the same at two stations is found.
import { sql } from 'kysely'
import { raiseAlert } from './alerts.ts'
import { noteChanges } from './changes.ts'
import type { Scope } from './database.ts'
import type { Doer } from './people.ts'

export interface UsedStep {
  /** Of a person whom this station was sent. */
  readonly credential: string
  readonly periodSeconds: number
  readonly step: number
}

/** Of a code, ahead of now, as far as honest clocks differ: beyond, it would close out its owner for as long as the station likes. */
const stepsAhead = 2

/** Accepted there: refused everywhere else from now on. Where another station took the same code, somebody has to look. */
export async function noteSteps(scope: Scope, doer: Doer, station: string, used: readonly UsedStep[]): Promise<void> {
  const steps = used.filter(
    ({ step, periodSeconds }) =>
      Number.isInteger(step) && step >= 0 && step <= doer.nowMs / 1000 / periodSeconds + stepsAhead,
  )
  if (steps.length === 0) return
  const ids = steps.map(({ credential }) => credential)
  const numbers = steps.map(({ step }) => step)
  const { rows: added } = await sql<{ id: string; step: string | number }>`
    INSERT INTO used_step (organisation_id, credential_id, step, station_number)
    SELECT ${doer.organisation}::uuid, id, step, ${station} FROM unnest(${ids}::uuid[], ${numbers}::bigint[]) AS new (id, step)
    ON CONFLICT DO NOTHING RETURNING credential_id AS id, step`.execute(scope)
  if (added.length < steps.length) await raiseUsedTwice(scope, doer, station, steps, added)
  const newest = new Map<string, number>()
  for (const { id, step } of added) newest.set(id, Math.max(Number(step), newest.get(id) ?? 0))
  const { rows: raised } = await sql<{ id: string }>`
    UPDATE credential SET last_step = new.step
    FROM unnest(${[...newest.keys()]}::uuid[], ${[...newest.values()]}::bigint[]) AS new (id, step)
    WHERE credential.id = new.id AND credential.last_step < new.step RETURNING credential.id`.execute(scope)
  await noteChanges(
    scope,
    doer.organisation,
    'step',
    raised.map(({ id }) => id),
  )
}

/** For the first of them: one alert of a kind and station is open at a time. */
async function raiseUsedTwice(
  scope: Scope,
  doer: Doer,
  station: string,
  steps: readonly UsedStep[],
  added: readonly { readonly id: string; readonly step: string | number }[],
): Promise<void> {
  const left = new Set(added.map(({ id, step }) => `${id} ${step}`))
  // Each that was added is taken off once: the same one twice in a log is found, too.
  const twice = steps.find(({ credential, step }) => !left.delete(`${credential} ${step}`))
  const details = `a code was accepted here that another station had accepted, of credential ${twice?.credential}`
  await raiseAlert(scope, doer.organisation, { kind: 'same-code-twice', station, details }, doer.nowMs)
}
