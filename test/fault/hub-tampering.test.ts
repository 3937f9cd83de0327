// A station's database changed below what its hub has acknowledged, or what it sends changed on the way: each is found, by the
// station where the keys were not to be had, by the hub where they were; what nobody changed raises no alarm.
import canonicalize from 'canonicalize'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseNote } from '../../src/core/checkpoint.ts'
import type { Frontier } from '../../src/core/tree.ts'
import { holdToHead, takeEvents } from '../../src/hub/ingest.ts'
import { findOrganisation, type Organisation } from '../../src/hub/organisations.ts'
import { runToEnd, verifyStore } from '../../src/station/audit-verify.ts'
import { type Progress, readProgress } from '../../src/station/hub/link.ts'
import { frontierAt, hashesOf, nextBatch } from '../../src/station/hub/up.ts'
import { DamageError } from '../../src/station/keys.ts'
import { readFrontier } from '../../src/station/log-head.ts'
import type { Opened } from '../../src/station/open-station.ts'
import { newId } from '../../src/station/primitives.ts'
import { newStationRow, readStation, signCheckpoint, stationNumber } from '../../src/station/signing.ts'
import * as tamper from '../integration/audit-tampering.ts'
import { closeAll, type Ward } from '../support/attack-station.ts'
import { join, openBeside, wardBy } from '../support/hub/joined-ward.ts'
import { beginOrganisation, joinLink, type RunningHub, startTestHub } from '../support/hub/running-hub.ts'
import { dice, isFull, rounds, seed } from './runs.ts'

const mutations = rounds(200, 10_000)
const roll = dice(seed)
const upTo = (most: number): number => Math.floor(roll() * most)
const pick = <T>(of: readonly T[]): T => of[upTo(of.length)] as T

let hub: RunningHub
let acme: Organisation
let opened: Opened
let progress: Progress
let number: string
beforeAll(async () => {
  hub = await startTestHub()
  const { slug } = await beginOrganisation(hub, 'acme').then(async (made) => {
    const ward = await wardBy(hub)
    grow(await openBeside(ward), 80)
    expect(await join(ward, await joinLink(hub, made))).toMatchObject({ ok: true })
    await handedIn(ward)
    return made
  })
  acme = (await findOrganisation(hub.parts.db, slug)) as Organisation
}, 90_000)
afterAll(async () => {
  opened?.db.close()
  await closeAll(true)
  await hub?.close()
})

function grow({ ledger }: Opened, count: number): void {
  ledger.record((recorder) => {
    for (let i = 0; i < count; i++) recorder.event({ type: 'session-ended', reason: `idle ${i}` })
  })
}

/** All of its log is at the hub; then it stops, and has some more that the hub has not. */
async function handedIn(ward: Ward): Promise<void> {
  opened = await openBeside(ward)
  number = stationNumber(station().signing_public)
  for (let tries = 0; ; tries++) {
    progress = readProgress(opened.db, opened.keys) as Progress
    if (progress.cursor > 0 && progress.acknowledged === opened.ledger.frontier().size) break
    if (tries > 300) throw new Error('its log was not handed in')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await ward.desk.close()
  // Its last word, at its end.
  const rest = opened.ledger.frontier().size - progress.acknowledged
  grow(opened, 40 - rest)
}

const station = () => {
  const row = readStation(opened.ledger)
  if (!row) throw new Error('no station')
  return row
}

/** Undone at both ends whatever comes of it. @returns why it was found, null where it was not. */
async function judged(
  change: () => Sent | null,
): Promise<{ readonly local: string | null; readonly hub: string | null }> {
  const { db } = opened
  db.exec('BEGIN IMMEDIATE')
  try {
    const sent = change() ?? sentNow(progress.acknowledged)
    return { local: foundHere(), hub: await foundThere(sent) }
  } finally {
    db.exec('ROLLBACK')
  }
}

interface Sent {
  readonly head: string
  readonly batch: { readonly events: readonly string[]; readonly checkpoint: string } | null
}

/** As the station's own code would say it of what is in its database now. @param after where it begins. */
function sentNow(after: number): Sent {
  const { db, keys } = opened
  const at = Math.min(after, Number(db.prepare('SELECT count(*) FROM event').pluck().get()))
  const hashes = at === progress.acknowledged ? progress.hashes : hashesOf(frontierAt(db, at))
  const batch = nextBatch(db, { ...progress, acknowledged: at, hashes })
  const signed = (frontier: Frontier) => signCheckpoint(station(), keys, frontier)
  return {
    head: signed(readFrontier(db)),
    batch: batch && { events: batch.events, checkpoint: signed(batch.frontier) },
  }
}

/** By what the station checks of itself, and the checkpoint that the hub countersigned. */
function foundHere(): string | null {
  const { db, keys } = opened
  const anchor = parseNote(progress.checkpoint ?? '')?.checkpoint
  try {
    const { finding } = runToEnd(verifyStore(db, keys, anchor ? [anchor] : []))
    return finding && JSON.stringify(finding)
  } catch (error) {
    if (error instanceof DamageError) return error.message
    throw error
  }
}

class Undone extends Error {}

async function foundThere({ head, batch }: Sent): Promise<string | null> {
  let found: string | null = null
  const work = hub.parts.db.within(acme.id, async (scope) => {
    await holdToHead(hub.parts, scope, acme, number, head)
    const taken = batch ? await takeEvents(hub.parts, scope, acme, number, batch) : { ok: true as const }
    const alert = await scope.selectFrom('alert').select('kind').executeTakeFirst()
    found = alert?.kind ?? (taken.ok ? null : taken.reason)
    const { count } = await scope
      .selectFrom('event')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
    // Whatever was said: what was acknowledged is there, each once.
    if (Number(count) < progress.acknowledged) found = null
    throw new Undone()
  })
  await work.catch((error) => {
    if (!(error instanceof Undone)) throw error
  })
  return found
}

const salt = () => Array.from({ length: 22 }, () => pick([...'ABCDEFGHIJKLMNOP'])).join('')
/** As new ones: the store takes none of one id twice. */
const changed = (events: readonly tamper.StoredEvent[]): tamper.StoredEvent[] =>
  events.map((event) => {
    const id = newId()
    return { ...event, id, body: canonicalize({ ...JSON.parse(event.body), id, salt: salt() }) as string }
  })

/** What is done to the events of its database, at or below `at`, which the hub has acknowledged. */
const databaseKinds: Record<string, (all: tamper.StoredEvent[], at: number) => tamper.StoredEvent[]> = {
  edit: (all, at) => all.map((event) => (event.number === at ? tamper.reworded(event, salt()) : event)),
  delete: (all, at) => all.filter((event) => event.number !== at),
  reorder: (all, at) => {
    const other = at === 1 ? 2 : at - 1
    const swap = new Map([
      [at, all[other - 1]],
      [other, all[at - 1]],
    ])
    return all.map((event) => swap.get(event.number) ?? event)
  },
  truncate: (all, at) => all.slice(0, at - 1),
  fork: (all, at) => [...all.slice(0, at - 1), ...changed(all.slice(at - 1))],
  'roll back and go on': (all, at) => [
    ...all.slice(0, at - 1),
    ...changed(all.slice(-(all.length - at + 1 + upTo(5)))),
  ],
  // Before an acknowledged one: after the last of them it would be an event like any other that is new.
  'put in once more': (all, at) => [
    ...all.slice(0, at - 1),
    ...changed([all[upTo(at)] as tamper.StoredEvent]),
    ...all.slice(at - 1),
  ],
}

/** What is done to a batch on its way, of which at least the first event is acknowledged. */
const sentKinds: Record<string, (sent: { events: string[]; checkpoint: string }) => void> = {
  edit: ({ events }) => events.splice(0, 1, (events[0] ?? '').replace(/"atMs":\d/, '"atMs":9').replace('idle', 'idol')),
  // Not the first, which the hub has: without it, it is the same batch from one further on.
  delete: ({ events }) => events.splice(1 + upTo(events.length - 2), 1),
  reorder: ({ events }) => events.splice(0, 2, events[1] ?? '', events[0] ?? ''),
  truncate: ({ events }) => events.splice(-1 - upTo(20)),
  'put in once more': ({ events }) => events.splice(upTo(events.length), 0, events[0] ?? ''),
  'of another station': ({ events }) =>
    events.splice(
      0,
      1,
      (events[0] ?? '').replace(
        number,
        number.replace(/^./, (hex) => (hex === 'a' ? 'b' : 'a')),
      ),
    ),
}

it(
  `finds all of ${mutations} changes, and none where there are none (seed ${seed})`,
  async () => {
    const { db, keys } = opened
    const known = progress.acknowledged
    const counted: Record<string, number> = {}
    const missed: string[] = []
    const otherKey = newStationRow(keys, 'x', 'x').signing_secret
    for (let i = 0; i < mutations; i++) {
      const way = pick(['database', 'database with the keys', 'sent', 'another key'])
      const at = 1 + upTo(known)
      let what = way
      const after = pick([known, at - 1])
      const verdict = await judged(() => {
        if (way === 'another key') {
          const by = { ...station(), signing_secret: otherKey }
          const { head, batch } = sentNow(pick([known, 0]))
          const forged = signCheckpoint(by, keys, readFrontier(db))
          if (roll() < 0.5) return { head: forged, batch }
          return { head, batch: batch && { ...batch, checkpoint: signCheckpoint(by, keys, readFrontier(db)) } }
        }
        if (way === 'sent') {
          const kind = pick(Object.keys(sentKinds))
          what = `${way}: ${kind}`
          // Down to where the rest is acknowledged too, so that some of it is and some is not.
          const { head, batch } = sentNow(known - 1 - upTo(40))
          const bent = { events: [...(batch?.events ?? [])], checkpoint: batch?.checkpoint ?? '' }
          sentKinds[kind]?.(bent)
          return { head, batch: bent }
        }
        const kind = pick(Object.keys(databaseKinds))
        what = `${way}: ${kind}`
        const events = databaseKinds[kind]?.(tamper.readEvents(db), at) ?? []
        const hasKeys = way === 'database with the keys'
        const put = hasKeys ? tamper.chained(events, keys) : roll() < 0.5 ? events.map(tamper.rehashed) : events
        tamper.writeEvents(db, put)
        tamper.writeHead(db, put, hasKeys ? keys : undefined)
        return sentNow(after)
      })
      counted[what] = (counted[what] ?? 0) + 1
      const isFound = way === 'database' ? (verdict.local ?? verdict.hub) : verdict.hub
      if (isFound === null) missed.push(`${what} at ${at} of ${known}, sent after ${after}`)
      if (i % 10 === 0) {
        const calm = await judged(() => sentNow(pick([known, at - 1])))
        if (calm.local !== null || calm.hub !== null) missed.push(`a false alarm: ${JSON.stringify(calm)}`)
      }
    }
    console.log(
      Object.entries(counted)
        .map(([what, count]) => `${count} × ${what}`)
        .join(', '),
    )
    expect(missed).toEqual([])
    expect(Object.keys(counted).length).toBe(2 * Object.keys(databaseKinds).length + Object.keys(sentKinds).length + 1)
  },
  isFull ? 3_600_000 : 120_000,
)
