// Words of bound phones for new ones: kept for as long as a binding takes, and sent down with the phone that they are about.

import { sql } from 'kysely'
import type { PhoneKeys } from '../contracts/hub/phones.ts'
import { vouchesAtMost } from '../contracts/hub/vouches.ts'
import { uuidOf } from '../core/phone-answer.ts'
import { isVouchFor, readVouch, vouchMessage } from '../core/vouch.ts'
import type { Scope } from './database.ts'
import { isSignedBy } from './phone-proof.ts'
import { phoneOf } from './sent-answers.ts'

/** An offer of most policies is over long before. */
const livesMs = 60 * 60_000
/** Of one phone in that time. */
const vouchesOfPhone = 5

type Taken =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-a-vouch' | 'no-such-phone' | 'throttled' }

/** Only of a phone that works, by its own signature; what its passkey says the stations look at. */
export async function takeVouch(scope: Scope, organisation: string, bytes: Buffer, nowMs: number): Promise<Taken> {
  const vouch = readVouch(bytes)
  if (!vouch) return { ok: false, reason: 'not-a-vouch' }
  const phone = await phoneOf(scope, uuidOf(vouch.credential))
  const { signature, assertion: _, ...unsigned } = vouch
  if (!phone || !isSignedBy(phone.keys, vouchMessage(unsigned), signature))
    return { ok: false, reason: 'no-such-phone' }
  await forgetVouches(scope, nowMs)
  const { count } = await scope
    .selectFrom('vouch')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('credential_id', '=', phone.id)
    .executeTakeFirstOrThrow()
  if (count >= vouchesOfPhone) return { ok: false, reason: 'throttled' }
  const row = { organisation_id: organisation, credential_id: phone.id, signing_key: text(vouch.signingKey), at: nowMs }
  await scope
    .insertInto('vouch')
    .values({ ...row, body: bytes })
    .onConflict((clash) => clash.columns(['organisation_id', 'credential_id', 'signing_key']).doNothing())
    .execute()
  return { ok: true }
}

/** What phones of this person that work have said for exactly these keys. */
export async function vouchesFor(
  scope: Scope,
  person: string,
  keys: PhoneKeys,
  nowMs: number,
): Promise<{ readonly texts: string[]; readonly letsIn: boolean }> {
  const rows = await scope
    .selectFrom('vouch')
    .innerJoin('credential', 'credential.id', 'vouch.credential_id')
    .select(['vouch.body', 'credential.let_in'])
    .where('vouch.signing_key', '=', keys.signingKey)
    .where('vouch.at', '>', nowMs - livesMs)
    .where('credential.person_id', '=', person)
    .where('credential.status', '=', 'active')
    .orderBy('vouch.credential_id')
    .limit(vouchesAtMost)
    .execute()
  const good = rows.filter(({ body }) => {
    const vouch = readVouch(Uint8Array.from(body))
    return vouch !== null && isVouchFor(vouch, keys, text)
  })
  return {
    texts: good.map(({ body }) => Buffer.from(body).toString('base64url')),
    // One that waits itself lets in nobody.
    letsIn: good.some(({ let_in }) => let_in === 'yes'),
  }
}

export async function forgetVouches(scope: Scope, nowMs: number): Promise<void> {
  await scope
    .deleteFrom('vouch')
    .where('at', '<=', nowMs - livesMs)
    .execute()
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
