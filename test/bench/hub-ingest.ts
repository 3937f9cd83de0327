// Stations that hand in their logs all at once, beside bare inserts of the same rows, in the same batches, into the same PostgreSQL.
import pg from 'pg'
import { eventsAtMost } from '../../src/contracts/hub/up.ts'
import { appendLeaf, emptyFrontier, leafHash } from '../../src/core/tree.ts'
import { newId, random, sha256 } from '../../src/station/primitives.ts'
import { enrollAtHub, joinLink } from '../support/hub/running-hub.ts'
import { SoftLog, SoftStation } from '../support/hub/soft-station.ts'
import type { BenchHub } from './hub.ts'
import { takeTurns } from './measure.ts'
import { compare, type Result } from './result.ts'

const stationCount = 4
const batchesARound = 2
const rounds = 10
const warmUps = 2
const eventsEach = (rounds + warmUps) * batchesARound * eventsAtMost

interface Row {
  readonly number: number
  readonly body: string
  readonly leaf: Buffer
}
interface Batch {
  readonly rows: readonly Row[]
  /** The body of the request. */
  readonly sent: string
}

export async function benchIngest(hub: BenchHub): Promise<Result[]> {
  const { credentialId } = await enrollAtHub(hub.reached, hub.acme, 'DAILY-1')
  return [await ingest(hub, null), await ingest(hub, credentialId)]
}

/** @param credential whose sign-ins half of the events are, each with the step that its code used up; null: they tell nothing. */
async function ingest(hub: BenchHub, credential: string | null): Promise<Result> {
  const stations: Awaited<ReturnType<typeof newSender>>[] = []
  for (let i = 0; i < stationCount; i++) stations.push(await newSender(hub, credential))
  const bare = await openBare(hub)
  const inTurn = (round: number, work: (station: (typeof stations)[number], batch: Batch) => Promise<void>) =>
    timedAll(
      stations.map(async (station) => {
        const batches = station.batches.slice(round * batchesARound, (round + 1) * batchesARound)
        for (const batch of batches) await work(station, batch)
      }),
    )
  const samples = await takeTurns(
    rounds,
    {
      hub: (round) => inTurn(round, ({ station }, { sent }) => take(station, sent)),
      bare: (round) => inTurn(round, ({ station }, { rows }) => bare.insert(station.number, rows)),
    },
    warmUps,
  )
  await bare.close()
  const count = stationCount * batchesARound * eventsAtMost
  const name = `${stationCount} stations hand in ${count} events${credential ? ', half of them sign-ins' : ''}`
  return compare(name, samples.hub, 'bare inserts of these', samples.bare, { aim: 2, count })
}

async function timedAll(works: readonly Promise<void>[]): Promise<number> {
  const startMs = performance.now()
  await Promise.all(works)
  return performance.now() - startMs
}

async function take(station: SoftStation, sent: string): Promise<void> {
  const { status, body } = await station.ask('/station/events', sent)
  if (status !== 200) throw new Error(`the hub did not take a batch: ${JSON.stringify(body)}`)
}

/** With all that it will send made beforehand: what a station does for it is no work of the hub's. */
async function newSender({ reached, acme }: BenchHub, credential: string | null) {
  const station = new SoftStation(reached, acme.slug)
  const joined = await station.join(await joinLink(reached, acme))
  if (joined.status !== 200) throw new Error(JSON.stringify(joined.body))
  const log = new SoftLog(station)
  await station.changes(log)
  // As a day goes: somebody comes in, and goes. Each code is of a step of its own.
  const step = Math.floor(Date.now() / 30_000) - eventsEach - Math.floor(Math.random() * 1e6)
  const person = newId()
  for (let i = 0; i < eventsEach; i += 2) {
    const session = newId()
    const attempt = { type: 'login-attempted', method: 'totp', outcome: 'accepted', details: { step: step + i } }
    const told = credential ? { ...attempt, credential } : { type: 'session-ended', reason: 'lock-button' }
    log.grow(1, { ...told, person, session, subject: random(32).toString('hex') })
    log.grow(1, { type: 'session-ended', reason: 'idle', person, session })
  }
  return { station, batches: batchesOf(station, log) }
}

function batchesOf(station: SoftStation, log: SoftLog): Batch[] {
  let frontier = emptyFrontier
  const batches: Batch[] = []
  for (let from = 0; from < log.bodies.length; from += eventsAtMost) {
    const events = log.bodies.slice(from, from + eventsAtMost)
    const rows = events.map((body, index) => {
      const leaf = Buffer.from(leafHash(Buffer.from(body), sha256))
      frontier = appendLeaf(frontier, leaf, sha256)
      return { number: from + index + 1, body, leaf }
    })
    batches.push({ rows, sent: JSON.stringify({ events, checkpoint: station.noteOf(frontier) }) })
  }
  return batches
}

/** Into a table like the hub's own, as quick as we know how: one statement, a column in each parameter, a transaction. */
async function openBare({ databaseUrl, acme }: BenchHub) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: stationCount })
  await pool.query(`CREATE TABLE IF NOT EXISTS bare (LIKE event INCLUDING ALL,
    FOREIGN KEY (organisation_id, station_number) REFERENCES station (organisation_id, number))`)
  const { rows } = await pool.query('SELECT id FROM organisation WHERE slug = $1', [acme.slug])
  return {
    async insert(station: string, events: readonly Row[]): Promise<void> {
      const columns = [
        events.map(({ number }) => number),
        events.map(({ body }) => body),
        events.map(({ leaf }) => leaf),
      ]
      await pool.query(
        `INSERT INTO bare (organisation_id, station_number, received_at, number, body, leaf) SELECT $1, $2, $3, number, body, leaf
         FROM unnest($4::bigint[], $5::text[], $6::bytea[]) AS new (number, body, leaf)`,
        [rows[0]?.id, station, Date.now(), ...columns],
      )
    },
    close: () => pool.end(),
  }
}
