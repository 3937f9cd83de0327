// An offer to an authenticator app, made at the hub: it becomes a credential only once a first code proves it.
import type { z } from 'zod'
import type { madeOffer } from '../contracts/hub/desk.ts'
import { toBase32 } from '../core/base32.ts'
import { enrollmentUri } from '../core/enrollment-uri.ts'
import { defaultTotp, verifyTotp } from '../core/otp.ts'
import { endAccessOf } from './access.ts'
import { lockDirectory, noteChange } from './changes.ts'
import type { Scope } from './database.ts'
import { recordAction } from './organisations.ts'
import type { Doer } from './people.ts'
import type { HubParts } from './ports.ts'
import { hmac, newId, random } from './primitives.ts'

const livesMs = 5 * 60_000
const triesAllowed = 5
const secretBytes = 20
const windowSteps = 1

type Made = z.infer<typeof madeOffer> | { readonly ok: false; readonly reason: 'no-such-person' | 'not-active' }
type Confirmed =
  | { readonly ok: true; readonly personId: string; readonly credentialId: string }
  | { readonly ok: false; readonly reason: 'no-such-offer' | 'offer-ended' | 'wrong-code' | 'clock-wrong' }

/** The offers before it end. Its secret is sealed from the moment it exists. */
export async function makeOffer(parts: HubParts, scope: Scope, doer: Doer, personId: string): Promise<Made> {
  await lockDirectory(scope, doer.organisation)
  const person = await scope
    .selectFrom('person')
    .select(['staff_id', 'status'])
    .where('id', '=', personId)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return { ok: false, reason: 'no-such-person' }
  if (person.status !== 'active') return { ok: false, reason: 'not-active' }
  await endOpenOffers(scope, personId)
  const id = newId()
  const secret = random(secretBytes)
  const expiresAtMs = doer.nowMs + livesMs
  const row = {
    organisation_id: doer.organisation,
    id,
    person_id: personId,
    secret: parts.keys.seal(secret, { organisation: doer.organisation, table: 'offer', row: id }),
    expires_at: expiresAtMs,
    tries: 0,
    status: 'open' as const,
  }
  await scope.insertInto('offer').values(row).execute()
  const details = { person: personId, offer: id }
  await recordAction(scope, doer.organisation, { type: 'offer-made', actor: doer.actor, details }, doer.nowMs)
  const setupKey = toBase32(secret)
  return { ok: true, offerId: id, personId, uri: enrollmentUri(person.staff_id, setupKey), setupKey, expiresAtMs }
}

/** A first code proves it: the credential is active at once, and ends the authenticator apps from before. */
export async function confirmOffer(
  parts: HubParts,
  scope: Scope,
  doer: Doer,
  offerId: string,
  code: string,
): Promise<Confirmed> {
  await lockDirectory(scope, doer.organisation)
  const offer = await scope.selectFrom('offer').selectAll().where('id', '=', offerId).forUpdate().executeTakeFirst()
  if (!offer) return { ok: false, reason: 'no-such-offer' }
  const person = await scope
    .selectFrom('person')
    .select('status')
    .where('id', '=', offer.person_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const over = offer.status !== 'open' || Number(offer.expires_at) <= doer.nowMs || person.status !== 'active'
  if (over || !offer.secret) {
    if (offer.status === 'open') await endOffer(scope, offerId)
    return { ok: false, reason: 'offer-ended' }
  }
  const place = { organisation: doer.organisation, table: 'offer', row: offerId }
  const secret = parts.keys.open(offer.secret, place)
  const outcome = verifyTotp(secret, defaultTotp, code, doer.nowMs, -1, windowSteps, hmac)
  if (!outcome.ok) {
    const tries = offer.tries + 1
    await scope.updateTable('offer').set({ tries }).where('id', '=', offerId).execute()
    if (tries >= triesAllowed) await endOffer(scope, offerId)
    return { ok: false, reason: outcome.reason === 'clock-wrong' ? 'clock-wrong' : 'wrong-code' }
  }
  const credentialId = newId()
  await scope
    .updateTable('credential')
    .set({ status: 'ended', secret: null })
    .where('person_id', '=', offer.person_id)
    .where('kind', '=', 'totp')
    .where('status', '!=', 'ended')
    .execute()
  const row = {
    organisation_id: doer.organisation,
    id: credentialId,
    person_id: offer.person_id,
    kind: 'totp' as const,
    status: 'active' as const,
    algorithm: defaultTotp.algorithm,
    digits: defaultTotp.digits,
    period_seconds: defaultTotp.periodSeconds,
    secret: parts.keys.seal(secret, { organisation: doer.organisation, table: 'credential', row: credentialId }),
    last_step: outcome.step,
  }
  await scope.insertInto('credential').values(row).execute()
  await endAccessOf(scope, offer.person_id, doer.nowMs)
  await scope.updateTable('offer').set({ status: 'confirmed', secret: null }).where('id', '=', offerId).execute()
  await noteChange(scope, doer.organisation, 'person', offer.person_id)
  const details = { person: offer.person_id, offer: offerId, credential: credentialId }
  await recordAction(scope, doer.organisation, { type: 'offer-confirmed', actor: doer.actor, details }, doer.nowMs)
  return { ok: true, personId: offer.person_id, credentialId }
}

const endOffer = (scope: Scope, id: string) =>
  scope.updateTable('offer').set({ status: 'ended', secret: null }).where('id', '=', id).execute()

export const endOpenOffers = async (scope: Scope, personId: string): Promise<void> => {
  await scope
    .updateTable('offer')
    .set({ status: 'ended', secret: null })
    .where('person_id', '=', personId)
    .where('status', '=', 'open')
    .execute()
}
