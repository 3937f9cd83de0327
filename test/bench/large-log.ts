// A log of a million events: its first screen and every filter beside bare queries, and all of it verified beside bare hashing.
import { createHash } from 'node:crypto'
import path from 'node:path'
import { runToEnd, verifyStore } from '../../src/station/audit-verify.ts'
import { readLogPage } from '../../src/station/log-pages.ts'
import { newId } from '../../src/station/primitives.ts'
import { quantile, takeTurns, timed } from './measure.ts'
import { alone, compare, type Result } from './result.ts'
import { type BenchStation, openBenchStation } from './station.ts'

const size = 1_000_000
const pagesMs = 50
const peopleCount = 200
type Filter = Parameters<typeof readLogPage>[1]
const anything: Filter = { group: null, person: '', outcome: null, fromMs: null, toMs: null }

export async function benchLargeLog(folder: string): Promise<Result[]> {
  const station = openBenchStation(path.join(folder, 'large-log'), peopleCount)
  try {
    fill(station)
    return [...(await benchPages(station)), await benchVerification(station), benchMemory(station)]
  } finally {
    station.close()
  }
}

/** Days of sign-ins and their ends; now and then something rarer, and one event of its kind near the beginning. */
function fill(station: BenchStation): void {
  let number = station.ledger.frontier().size
  const event = (work: Parameters<BenchStation['ledger']['record']>[0]) => station.ledger.record(work)
  event((recorder) => recorder.event({ type: 'policy-changed', details: { before: 'version 1', after: 'version 2' } }))
  for (number++; number < size; )
    event((recorder) => {
      for (const batchEnd = Math.min(number + 20_000, size); number < batchEnd; number++) {
        station.clock.pass(31_000)
        const person = station.people[(number * 7919) % peopleCount]
        if (!person) throw new RangeError('nobody there')
        const attempt = { subject: station.keys.subject(person.staffId), method: 'totp' as const, person: person.id }
        const session = newId()
        const content = { person_id: person.id, method: 'totp' as const, started_at_ms: station.clock.nowMs() }
        if (number % 40 === 0)
          recorder.event({ type: 'login-attempted', ...attempt, outcome: 'refused', reason: 'wrong-code' })
        else if (number % 977 === 0)
          recorder.event({
            type: 'person-status-changed',
            person: person.id,
            actor: station.people[0]?.id,
            reason: 'on leave',
          })
        else if (number % 2 === 0) {
          recorder.put('session', session, { ...content, ended_at_ms: station.clock.nowMs() })
          recorder.event({ type: 'login-attempted', ...attempt, outcome: 'accepted', session })
        } else recorder.event({ type: 'session-ended', person: person.id, reason: 'idle' })
      }
    })
}

async function benchPages(station: BenchStation): Promise<Result[]> {
  const { db } = station
  const bare = db.prepare('SELECT number, body FROM event ORDER BY number DESC LIMIT 51')
  const show = (filter: Partial<Filter>, before: number | null = null) =>
    timed(() => {
      if (!readLogPage(station, { ...anything, ...filter }, before).ok) throw new Error('no page')
    })
  const samples = await takeTurns(400, { page: () => show({}), bare: () => timed(() => bare.all()) })
  const first = compare('first screen of the log of 1,000,000 events', samples.page, 'bare query', samples.bare)
  const half = station.clock.nowMs() - (size / 2) * 31_000
  const filters: Partial<Filter>[] = [
    { group: 'policy' },
    { group: 'people' },
    { group: 'alerts' },
    { outcome: 'refused' },
    { group: 'credentials', outcome: 'refused' },
    { person: 'S10007' },
    { person: 'S10007', outcome: 'refused' },
    { person: 'S10007', group: 'people' },
    { person: 'S1001' },
    { toMs: half },
    { fromMs: half - 1000, toMs: half + 60_000 },
    { person: 'S10007', toMs: half, outcome: 'refused' },
    { group: 'people', toMs: half },
    { fromMs: station.clock.nowMs() + 1 },
  ]
  const times = filters.map((filter) => Array.from({ length: 40 }, () => show(filter)))
  const slowest = times.reduce((worst, each) => (quantile(each, 0.99) > quantile(worst, 0.99) ? each : worst))
  const deep = Array.from({ length: 100 }, (_, i) => show({}, 1 + i * 9973))
  return [
    first,
    alone('… p99 within 50 ms', samples.page, { aim: pagesMs }),
    alone('the slowest of 14 filters', slowest, { aim: pagesMs }),
    alone('a page anywhere in it', deep, { aim: pagesMs }),
  ]
}

async function benchVerification(station: BenchStation): Promise<Result> {
  const samples = await takeTurns(
    3,
    {
      verify: () =>
        timed(() => {
          const { finding, events } = station.db.transaction(() =>
            runToEnd(verifyStore(station.db, station.keys, [])),
          )()
          if (finding || events < size) throw new Error('the log does not verify')
        }),
      bare: () => timed(() => hashBare(station)),
    },
    0,
  )
  return compare(`verifying ${size.toLocaleString('en')} events`, samples.verify, 'bare hashing', samples.bare, {
    aim: 2,
    count: size,
  })
}

/** What any reader of this tree has to do: read each event, hash it, and hash about one node for it. */
function hashBare({ db }: BenchStation): void {
  const node = Buffer.alloc(65, 1)
  const bodies = db.prepare('SELECT body FROM event ORDER BY number').pluck()
  for (const body of bodies.iterate() as Iterable<string>) {
    createHash('sha256').update('\0').update(body).digest()
    createHash('sha256').update(node).digest()
  }
}

/** Most of what one verification holds at a time, beyond what was held before. */
function benchMemory(station: BenchStation): Result {
  const held: number[] = []
  const used = () => process.memoryUsage().heapUsed / 1024 / 1024
  const before = used()
  let page = 0
  for (const _ of verifyStore(station.db, station.keys, [])) if (++page % 100 === 0) held.push(used() - before)
  return alone('memory while verifying it', held, { unit: 'MB' })
}
