// Who may use the hub's interface: a code of the person's own authenticator app gives a token for a while.
import { type Insertable, sql } from 'kysely'
import type { Role } from '../contracts/roles.ts'
import { stepAt, verifyTotp } from '../core/otp.ts'
import { afterFailure, freshThrottle, reanchored, remainingWaitMs, throttleRule } from '../core/throttle.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { type Organisation, recordAction } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { hashOfSecret, hmac, newId, newSecret } from './primitives.ts'
import type { Tables } from './tables.ts'

const tokenLivesMs = 15 * 60_000
const windowSteps = 1
/** As many steps of the last ten minutes, used at stations, are more than anybody types. */
const floodAt = 5
const floodSteps = 20

export interface Holder {
  readonly personId: string
  readonly roles: readonly Role[]
}
type SignedIn =
  | { readonly ok: true; readonly token: string; readonly expiresAtMs: number }
  | { readonly ok: false; readonly reason: 'wrong-code' | 'throttled'; readonly waitMs?: number }

/**
 * Known or unknown, right or wrong: one secret is tried, and one row written. A code is accepted once: the last step only
 * grows, under the row's lock.
 */
export async function signIn(
  parts: HubParts,
  scope: Scope,
  { id: organisation }: Organisation,
  typed: { readonly staffId: string; readonly code: string },
): Promise<SignedIn> {
  const nowMs = parts.nowMs()
  const subject = parts.keys.subject(organisation, typed.staffId)
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${organisation}/${subject}`}, 0))`.execute(scope)
  const kept = await scope.selectFrom('throttle').selectAll().where('subject', '=', subject).executeTakeFirst()
  const before = kept ? { failures: kept.failures, waitsUntilMs: Number(kept.waits_until) } : freshThrottle
  const state = reanchored(before, nowMs, throttleRule)
  const found = await scope
    .selectFrom('person')
    .innerJoin('credential', 'credential.person_id', 'person.id')
    .select(['person.id as person', 'person.status as status', 'person.roles'])
    .select(['credential.id as credential', 'credential.secret', 'credential.last_step'])
    .select(['credential.algorithm', 'credential.digits', 'credential.period_seconds'])
    .where('person.staff_id', '=', typed.staffId)
    .where('credential.kind', '=', 'totp')
    .where('credential.status', '=', 'active')
    .executeTakeFirst()
  const place = { organisation, table: 'credential', row: found?.credential ?? '' }
  const secret = found?.secret ? parts.keys.open(found.secret, place) : parts.keys.nobodysSecret(subject)
  const parameters = {
    algorithm: (found?.algorithm ?? 'SHA1') as 'SHA1',
    digits: (found?.digits ?? 6) as 6,
    periodSeconds: found?.period_seconds ?? 30,
  }
  const mine = { person: found?.person ?? newId(), credential: found?.credential ?? newId() }
  const own = await stepsTakenFrom(scope, mine, stepAt(nowMs, parameters.periodSeconds), parameters.periodSeconds)
  const lastStep = own ?? Number(found?.last_step ?? -1)
  const outcome = verifyTotp(secret, parameters, typed.code, nowMs, lastStep, windowSteps, hmac)
  const waitMs = remainingWaitMs(state, nowMs)
  if (waitMs > 0) return { ok: false, reason: 'throttled', waitMs }
  const mayUse = found?.status === 'active' && found.roles.some((role) => role !== 'staff')
  const taken =
    outcome.ok && mayUse && (await takeStep(scope, organisation, found.credential, outcome.step, own !== null))
  if (!taken || !found) {
    const { failures, waitsUntilMs } = afterFailure(state, nowMs, throttleRule)
    await putThrottle(scope, { organisation_id: organisation, subject, failures, waits_until: waitsUntilMs })
    const details = { subject, failures }
    await recordAction(scope, organisation, { type: 'sign-in-refused', actor: null, details }, nowMs)
    return { ok: false, reason: 'wrong-code' }
  }
  await scope.deleteFrom('throttle').where('subject', '=', subject).execute()
  const token = newSecret()
  const expiresAtMs = nowMs + tokenLivesMs
  const row = {
    organisation_id: organisation,
    id: newId(),
    hash: hashOfSecret(token),
    person_id: found.person,
    made_at: nowMs,
    expires_at: expiresAtMs,
    ended_at: null,
  }
  await scope.insertInto('access_token').values(row).execute()
  const details = { credential: found.credential }
  await recordAction(scope, organisation, { type: 'signed-in', actor: found.person, details }, nowMs)
  return { ok: true, token, expiresAtMs }
}

/**
 * A station that lies could say of every step that its code was used there, and nobody could come in to put it out. Whose
 * codes were used so often within minutes is held to those that they used here alone.
 * @param now the step of now. @returns the newest step that may have been used here; null where stations are believed.
 */
async function stepsTakenFrom(
  scope: Scope,
  of: { readonly person: string; readonly credential: string },
  now: number,
  periodSeconds: number,
): Promise<number | null> {
  const { told } = await scope
    .selectFrom('used_step')
    .select((eb) => eb.fn.countAll().as('told'))
    .where('credential_id', '=', of.credential)
    .where('step', '>', now - floodSteps)
    .executeTakeFirstOrThrow()
  const { last } = await scope
    .selectFrom('access_token')
    .select((eb) => eb.fn.max('made_at').as('last'))
    .where('person_id', '=', of.person)
    .executeTakeFirstOrThrow()
  if (Number(told) < floodAt) return null
  return last === null ? -1 : stepAt(Number(last), periodSeconds)
}

/**
 * false where a later step was accepted meanwhile, or the credential has ended. Refused at every station from now on.
 * @param anyStep also one that was accepted at a station.
 */
async function takeStep(
  scope: Scope,
  organisation: string,
  credential: string,
  step: number,
  anyStep: boolean,
): Promise<boolean> {
  await lockDirectory(scope, organisation)
  const raised = await scope
    .updateTable('credential')
    .set({ last_step: sql`greatest(last_step, ${step})` })
    .where('id', '=', credential)
    .where('status', '=', 'active')
    .where(anyStep ? sql<boolean>`true` : sql<boolean>`last_step < ${step}`)
    .returning('id')
    .executeTakeFirst()
  if (raised) await noteChange(scope, organisation, 'step', credential)
  return raised !== undefined
}

const putThrottle = (scope: Scope, row: Insertable<Tables['throttle']>) =>
  scope
    .insertInto('throttle')
    .values(row)
    .onConflict((clash) =>
      clash
        .columns(['organisation_id', 'subject'])
        .doUpdateSet({ failures: row.failures, waits_until: row.waits_until }),
    )
    .execute()

/** null for a token that is unknown here, over, or of somebody who may not come in any more. */
export async function holderOf(parts: HubParts, scope: Scope, token: string): Promise<Holder | null> {
  const found = await scope
    .selectFrom('access_token')
    .innerJoin('person', 'person.id', 'access_token.person_id')
    .select(['person.id', 'person.roles', 'person.status', 'access_token.expires_at'])
    .where('access_token.hash', '=', hashOfSecret(token))
    .where('access_token.ended_at', 'is', null)
    .executeTakeFirst()
  if (found?.status !== 'active' || Number(found.expires_at) <= parts.nowMs()) return null
  return { personId: found.id, roles: found.roles as Role[] }
}

export async function endAccess(parts: HubParts, scope: Scope, token: string): Promise<void> {
  await scope
    .updateTable('access_token')
    .set({ ended_at: parts.nowMs() })
    .where('hash', '=', hashOfSecret(token))
    .where('ended_at', 'is', null)
    .execute()
}

/** Everything they came in by. */
export async function endAccessOf(scope: Scope, personId: string, nowMs: number): Promise<void> {
  await scope
    .updateTable('access_token')
    .set({ ended_at: nowMs })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute()
}
