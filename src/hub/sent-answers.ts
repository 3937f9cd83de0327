// Answers that phones send by way of the hub: kept for a challenge's life at most, for the one station that each is for.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { answersAtOnce } from '../contracts/hub/answers.ts'
import { everyGroup } from '../contracts/hub/names.ts'
import { challengeRule, decodeChallengeBytes } from '../core/challenge.ts'
import { answerMessage, type PhoneAnswer, readAnswer, uuidOf } from '../core/phone-answer.ts'
import { announce, type Scope } from './database.ts'
import { isSignedBy } from './phone-proof.ts'
import { newId } from './primitives.ts'

/** Of one phone while a challenge lives: more than anybody taps. */
const answersOfPhone = 20

type Taken =
  | { readonly ok: true; readonly person: string }
  | { readonly ok: false; readonly reason: 'no-such-phone' | 'no-such-station' | 'not-an-answer' | 'throttled' }

/**
 * The hub looks whether a phone that it knows has signed it, so that no stranger fills its table; the station looks for itself.
 * One that was sent before is taken once.
 */
export async function takeAnswer(scope: Scope, organisation: string, bytes: Buffer, nowMs: number): Promise<Taken> {
  const answer = readAnswer(bytes)
  const challenge = answer && decodeChallengeBytes(answer.challenge)
  if (!answer || !challenge) return { ok: false, reason: 'not-an-answer' }
  const phone = await phoneOf(scope, uuidOf(answer.credential))
  if (!phone || !isOwn(answer, phone.keys)) return { ok: false, reason: 'no-such-phone' }
  const number = Buffer.from(challenge.station).toString('hex')
  const station = await scope
    .selectFrom('station')
    .select('station_group')
    .where('number', '=', number)
    .where('status', '=', 'active')
    .executeTakeFirst()
  const { groups, person } = phone
  const isTheirs = groups.includes(everyGroup) || groups.some((group) => group === station?.station_group)
  if (!station || !isTheirs) return { ok: false, reason: 'no-such-station' }
  const since = nowMs - challengeRule.livesMs
  await scope.deleteFrom('sent_answer').where('at', '<', since).execute()
  const { count } = await scope
    .selectFrom('sent_answer')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('credential_id', '=', phone.id)
    .executeTakeFirstOrThrow()
  if (count >= answersOfPhone) return { ok: false, reason: 'throttled' }
  const row = {
    organisation_id: organisation,
    id: newId(),
    credential_id: phone.id,
    station_number: number,
    digest: createHash('sha256').update(bytes).digest(),
    body: bytes,
    at: nowMs,
  }
  await scope
    .insertInto('sent_answer')
    .values(row)
    .onConflict((clash) => clash.columns(['organisation_id', 'digest']).doNothing())
    .execute()
  await announce(scope, organisation)
  return { ok: true, person }
}

/** Oldest first, each given out once. What is left of one is that it was there, so that it can't be sent again. */
export async function answersFor(scope: Scope, station: string, nowMs: number): Promise<string[]> {
  const rows = await scope
    .selectFrom('sent_answer')
    .select(['id', 'body'])
    .where('station_number', '=', station)
    .where('body', 'is not', null)
    .where('at', '>=', nowMs - challengeRule.livesMs)
    .orderBy('id')
    .limit(answersAtOnce)
    .forUpdate()
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await scope.updateTable('sent_answer').set({ body: null }).where('id', 'in', ids).execute()
  return rows.map(({ body }) => Buffer.from(body ?? []).toString('base64url'))
}

/** For which stations something is there. */
export async function stationsWithAnswers(scope: Scope, nowMs: number): Promise<Set<string>> {
  const rows = await scope
    .selectFrom('sent_answer')
    .select('station_number')
    .distinct()
    .where('body', 'is not', null)
    .where('at', '>=', nowMs - challengeRule.livesMs)
    .execute()
  return new Set(rows.map(({ station_number }) => station_number))
}

export interface KnownPhone {
  readonly id: string
  readonly person: string
  readonly groups: readonly string[]
  /** As JSON. */
  readonly keys: string
}

/** Also one that waits to be let in elsewhere: where it was bound, it works. null where it has ended, or nobody has it. */
export async function phoneOf(scope: Scope, id: string): Promise<KnownPhone | null> {
  const row = await scope
    .selectFrom('credential')
    .innerJoin('person', 'person.id', 'credential.person_id')
    .select(['credential.id', 'credential.phone_keys as keys', 'person.id as person', 'person.groups'])
    .where('credential.id', '=', id)
    .where('credential.kind', '=', 'phone')
    .where('credential.status', '!=', 'ended')
    .where('person.status', '!=', 'left')
    .executeTakeFirst()
  return row?.keys ? { ...row, keys: row.keys } : null
}

function isOwn({ signature, assertion: _, ...unsigned }: PhoneAnswer, keys: string): boolean {
  return isSignedBy(keys, answerMessage(unsigned), signature)
}
