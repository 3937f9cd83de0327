// Somebody with the disk writes an entry into the emergency record that nobody could read afterwards: no time, no plain text.
import canonicalize from 'canonicalize'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { EmergencyEntry } from '../../src/contracts/emergency.ts'
import { chainOf, entryHash } from '../../src/station/emergency-chain.ts'
import { closeAll, copyOf, restart, type Stopped, signIn } from '../support/attack-station.ts'
import {
  alertsOf,
  eventsOf,
  reachIntoRecord,
  stationWithCodes,
  statusOf,
  type WithCodes,
} from '../support/emergency.ts'

let station: WithCodes
beforeAll(async () => {
  station = await stationWithCodes()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** With a hash that fits: the chain has no key. */
function plant(stopped: Stopped, said: Partial<EmergencyEntry>): void {
  reachIntoRecord(stopped, (db) => {
    const last = db.prepare('SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1').get() as {
      number: number
      hash: string
    }
    const entry = {
      ...{ chain: chainOf(db), number: last.number + 1, previous: last.hash, what: 'opened' as const },
      ...{ atMs: stopped.clock.nowMs(), name: 'Nora Quist', reason: 'nobody had a phone', ...said },
    }
    db.prepare('INSERT INTO entry VALUES (?, ?, ?)').run(entry.number, canonicalize(entry), entryHash(entry))
  })
}

it.each<[string, Partial<EmergencyEntry>]>([
  ['at a time that no calendar has', { atMs: 8_640_000_000_000_001 }],
  ['by a name that steers a terminal', { name: 'Nora\u001b[2K\u001b[1A' }],
  ['for a reason that runs backwards', { reason: 'because \u202e of it' }],
  ['for a reason that begins another line of a table', { reason: 'because\n=1+1' }],
])('%s: none of it is taken into the log, and the alert stands', async (_what, said) => {
  const stopped = copyOf(station)
  plant(stopped, said)
  const ward = await restart(stopped)
  expect(eventsOf(ward, 'break-glass-used')).toEqual([])
  expect(eventsOf(ward, 'emergency-record-broken')).toMatchObject([{ reason: 'damaged' }])
  expect(alertsOf(ward)).toContain('emergency-record-broken')
  await signIn(ward)
  expect(await statusOf(ward)).toMatchObject({ uses: [] })
})

it('one that could be true is taken as before', async () => {
  const stopped = copyOf(station)
  plant(stopped, {})
  const ward = await restart(stopped)
  expect(eventsOf(ward, 'break-glass-used')).toMatchObject([{ reason: 'nobody had a phone' }])
})
