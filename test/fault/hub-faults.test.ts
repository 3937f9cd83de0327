// Three stations and two hubs on one PostgreSQL, over a network that drops, delays, cuts and brings twice, hubs that are killed
// and a database that is restarted: afterwards no event is lost, none is there twice, every chain holds, nobody was accused.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HubDatabase, openPostgres } from '../../src/hub/database.ts'
import type { Opened } from '../../src/station/open-station.ts'
import { closeAll, codeNow, newWard, read, staffId, type Ward } from '../support/attack-station.ts'
import { FakeClock } from '../support/fakes.ts'
import { join, openBeside } from '../support/hub/joined-ward.ts'
import { keptLog } from '../support/hub/kept-log.ts'
import { type RealHub, type RealHubs, startRealHub, startRealHubs } from '../support/hub/real-hubs.ts'
import { calm, type RoughNetwork, startRoughNetwork } from '../support/hub/rough-network.ts'
import { joinLink } from '../support/hub/running-hub.ts'
import { dice, isFull, rounds, seed } from './runs.ts'

const events = rounds(3000, 100_000)
const blows = rounds(16, 300)
const stationCount = 3
const rough = { drops: 0.15, cuts: 0.25, delays: 0.4, repeats: 0.2 }
const roll = dice(seed)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

let real: RealHubs
let network: RoughNetwork
let db: HubDatabase
const hubs: (RealHub | null)[] = []
const stations: { ward: Ward; beside: Opened; number: string }[] = []
let alone: Ward
beforeAll(async () => {
  network = await startRoughNetwork(() => hubs.flatMap((hub) => (hub ? [Number(new URL(hub.url).port)] : [])), roll)
  real = await startRealHubs(2, { WARDKEY_HUB_URL: network.url })
  hubs.push(...real.hubs)
  db = await openPostgres(real.env.WARDKEY_HUB_DATABASE_URL ?? '')
  for (let i = 0; i < stationCount; i++) {
    const ward = await newWard({ clock: runningClock() })
    expect(await join(ward, await joinLink(real.hubs[0] as RealHub, real.acme))).toMatchObject({ ok: true })
    const [number = ''] = read<string>(ward, "SELECT json_extract(body, '$.station') FROM event LIMIT 1")
    stations.push({ ward, beside: await openBeside(ward), number })
  }
  alone = await newWard({ clock: runningClock() })
}, 180_000)
afterAll(async () => {
  for (const { beside } of stations) beside.db.close()
  await closeAll(true)
  await db?.close()
  await network?.close()
  await Promise.all(hubs.map((hub) => hub?.process.stop()))
  real?.server.stop()
}, 60_000)

/** It goes on by itself, and further where a test says so. */
function runningClock(): FakeClock {
  const clock = new FakeClock()
  const from = performance.now()
  let passed = 0
  const startMs = Date.now()
  clock.nowMs = () => startMs + passed + Math.round(performance.now() - from)
  clock.runningMs = () => 1000 + passed + Math.round(performance.now() - from)
  clock.pass = (ms) => {
    passed += ms
  }
  return clock
}

function write({ beside }: (typeof stations)[number], count: number): void {
  for (let left = count; left > 0; left -= 25)
    beside.ledger.record((recorder) => {
      for (let i = 0; i < Math.min(left, 25); i++) recorder.event({ type: 'session-ended', reason: 'idle' })
    })
}

/** @returns how long somebody at the station waited, ms. */
async function signInAt(ward: Ward): Promise<number> {
  ward.clock.pass(30_000)
  const code = codeNow(ward, ward.setupKey)
  const before = performance.now()
  expect(await ward.desk.handlers.submitCode({ staffId, code })).toMatchObject({ ok: true })
  const took = performance.now() - before
  ward.desk.lock('lock-button')
  return took
}

/** Killed in the middle of whatever it does; another takes its place, as soon as the database lets it. */
async function killHub(which: number): Promise<void> {
  const hub = hubs[which]
  hubs[which] = null
  await hub?.process.kill()
  for (let tries = 1; hubs[which] === null; tries++)
    hubs[which] = await startRealHub({ ...real.env }).catch((error) => {
      if (tries >= 10) throw error
      return null
    })
}

const p99 = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0

it(
  `${blows} kills, cuts and restarts while ${events} events are handed in (seed ${seed})`,
  async () => {
    const waits = { connected: [] as number[], alone: [] as number[] }
    const blown = { kills: 0, cuts: 0, restarts: 0 }
    network.roughness = rough
    // A hub is up again after a second or two; the blows do not wait for it.
    const returning = new Set<Promise<void>>()
    for (let blow = 0; blow < blows; blow++) {
      for (const station of stations) write(station, Math.ceil(events / blows / stationCount))
      const which = roll()
      const isDown = hubs.includes(null)
      if (blow % 40 === 8) {
        blown.restarts++
        await real.server.restart()
      } else if (which < 0.5 && !isDown) {
        blown.kills++
        const back = killHub(roll() < 0.5 ? 0 : 1).finally(() => returning.delete(back))
        returning.add(back)
      } else {
        blown.cuts++
        network.cutAll()
      }
      waits.connected.push(await signInAt((stations[blow % stationCount] as (typeof stations)[number]).ward))
      waits.alone.push(await signInAt(alone))
      await pause(100 + roll() * 700)
    }
    await Promise.all(returning)
    network.roughness = calm
    network.cutAll()
    for (const { ward, number } of stations) {
      const here = () => read<number>(ward, 'SELECT max(number) FROM event')[0] ?? 0
      const kept = async () => {
        const row = await db.outside((all) =>
          all.selectFrom('station').select('log_size').where('number', '=', number).executeTakeFirstOrThrow(),
        )
        return Number(row.log_size) - here()
      }
      await expect.poll(kept, { timeout: isFull ? 900_000 : 180_000, interval: 500 }).toBe(0)
      const log = await keptLog(db, number)
      expect(log.bodies).toEqual(read<string>(ward, 'SELECT body FROM event ORDER BY number'))
      expect(log.signed).toMatchObject(log.found)
      expect(log.found.size).toBeGreaterThanOrEqual(Math.floor(events / stationCount))
    }
    const alerts = await db.outside((all) => all.selectFrom('alert').select(['kind', 'details']).execute())
    expect(alerts).toEqual([])
    const total = stations.reduce(
      (sum, { ward }) => sum + (read<number>(ward, 'SELECT count(*) FROM event')[0] ?? 0),
      0,
    )
    const { counts } = network
    console.log(
      `${total} events; ${blown.kills} kills, ${blown.cuts} cuts of all, ${blown.restarts} restarts of the database; ` +
        `${counts.drops} connections dropped, ${counts.cuts} cut, ${counts.delays} delayed, ${counts.repeats} repeated; ` +
        `logins p99 ${p99(waits.connected).toFixed(1)} ms, at a station alone ${p99(waits.alone).toFixed(1)} ms`,
    )
  },
  isFull ? 3_600_000 : 300_000,
)
