// What the hub does by itself, whichever of its processes gets to it first: misses silent stations, and forgets what is over.
import { sql } from 'kysely'
import { challengeRule } from '../core/challenge.ts'
import { raiseAlert } from './alerts.ts'
import { forgetBoxes } from './bindings.ts'
import { lockDirectory } from './changes.ts'
import { organisationIds } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { prune } from './retention.ts'

const everyMs = 60_000
const dayMs = 24 * 60 * 60_000
/** A station asks at least each minute while it can. */
const silentAfterMs = 60 * 60_000
/** Longer than the longest lease, so that two offline stations are still found to have taken one code. */
const stepsKeptMs = 60 * dayMs
/** Staff IDs that were typed wrong, in one organisation: of more, those that failed least are forgotten. */
const throttlesKept = 10_000
const offersKeptMs = 30 * dayMs

export async function doChores(parts: HubParts): Promise<void> {
  for (const organisation of await organisationIds(parts.db)) {
    await doChoresOf(parts, organisation)
    await prune(parts, organisation)
  }
}

async function doChoresOf({ db, nowMs }: HubParts, organisation: string): Promise<void> {
  const now = nowMs()
  await db.within(organisation, async (scope) => {
    // One process at a time, or each would miss the same station.
    await lockDirectory(scope, organisation)
    const silent = await scope
      .selectFrom('station')
      .select(['number', 'name', 'last_seen_at'])
      .where('status', '=', 'active')
      .where('last_seen_at', '<', now - silentAfterMs)
      .execute()
    for (const { number, name, last_seen_at } of silent) {
      const details = `${name} has said nothing since ${new Date(Number(last_seen_at)).toISOString()}`
      await raiseAlert(scope, organisation, { kind: 'silent', station: number, details }, now)
    }
    await scope
      .deleteFrom('access_token')
      .where('expires_at', '<', now - dayMs)
      .execute()
    // Of more failures in a row the count stays: it must not be waited out.
    await scope
      .deleteFrom('throttle')
      .where('failures', '<', 3)
      .where('waits_until', '<', now - dayMs)
      .execute()
    await sql`DELETE FROM throttle WHERE subject IN
      (SELECT subject FROM throttle ORDER BY failures DESC, waits_until DESC OFFSET ${throttlesKept})`.execute(scope)
    await scope
      .deleteFrom('join_code')
      .where('expires_at', '<', now - offersKeptMs)
      .execute()
    await scope
      .updateTable('offer')
      .set({ status: 'ended', secret: null })
      .where('status', '=', 'open')
      .where('expires_at', '<', now)
      .execute()
    await scope
      .deleteFrom('offer')
      .where('expires_at', '<', now - offersKeptMs)
      .execute()
    await scope
      .deleteFrom('sent_answer')
      .where('at', '<', now - challengeRule.livesMs)
      .execute()
    await forgetBoxes(scope, now)
    await sql`DELETE FROM used_step USING credential
      WHERE credential.organisation_id = used_step.organisation_id AND credential.id = used_step.credential_id
      AND used_step.step * credential.period_seconds * 1000 < ${now - stepsKeptMs}`.execute(scope)
  })
}

/** Each minute, one after the other. @returns how to stop, once what is under way is done. */
export function startChores(parts: HubParts, onFailure: (error: unknown) => void): () => Promise<void> {
  let underWay: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    underWay = underWay.then(() => doChores(parts)).catch(onFailure)
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
