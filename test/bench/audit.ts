// Writing the audit log and reading all of it again, beside bare commits and bare SHA-256 of the same bytes.
import { createHash } from 'node:crypto'
import path from 'node:path'
import { appendLeaf, emptyFrontier, leafHash } from '../../src/core/tree.ts'
import { runToEnd, verifyStore } from '../../src/station/audit-verify.ts'
import { newId, sha256 } from '../../src/station/primitives.ts'
import { openBareStore, pagesWritten } from './bare-store.ts'
import { median, takeTurns, timed } from './measure.ts'
import { compare, type Result } from './result.ts'
import { type BenchStation, openBenchStation } from './station.ts'

const verified = 20_000
const appended = 10_000

export async function benchAudit(folder: string): Promise<Result[]> {
  const station = openBenchStation(path.join(folder, 'audit'), 20)
  try {
    const durable = await benchRecord(station, path.join(folder, 'bare-audit'))
    fillLog(station, verified)
    return [durable, await benchTree(station), await benchVerify(station)]
  } finally {
    station.close()
  }
}

async function benchRecord(station: BenchStation, folder: string): Promise<Result> {
  const bare = openBareStore(folder)
  const event = () => station.ledger.record((recorder) => recorder.event(signInFields(station, 0)))
  const pages = median(Array.from({ length: 50 }, () => pagesWritten(station.db, event)))
  try {
    const samples = await takeTurns(500, { event: () => timed(event), bare: () => timed(() => bare.commit(pages)) })
    const beside = `bare commit of ${pages} pages`
    return compare('log one event, durably', samples.event, beside, samples.bare, { count: 1 })
  } finally {
    bare.close()
  }
}

/** Sign-ins and their ends, each with the row that it changes. */
function fillLog(station: BenchStation, size: number): void {
  station.ledger.record((recorder) => {
    for (let number = station.ledger.frontier().size; number < size; number += 2) {
      station.clock.pass(60_000)
      const fields = signInFields(station, number)
      const content = { person_id: fields.person, method: 'totp' as const, started_at_ms: station.clock.nowMs() }
      const session = newId()
      recorder.put('session', session, { ...content, ended_at_ms: null })
      recorder.event({ ...fields, session })
      recorder.put('session', session, { ...content, ended_at_ms: station.clock.nowMs() })
      recorder.event({ type: 'session-ended', session, person: fields.person, reason: 'idle' })
    }
  })
}

function signInFields(station: BenchStation, number: number) {
  const person = station.people[number % station.people.length]
  if (!person) throw new RangeError('nobody there')
  const attempt = { subject: station.keys.subject(person.staffId), method: 'totp' as const, person: person.id }
  return { type: 'login-attempted', ...attempt, outcome: 'accepted' as const }
}

const bodies = (station: BenchStation, limit: number): Buffer[] =>
  (station.db.prepare('SELECT body FROM event ORDER BY number LIMIT ?').pluck().all(limit) as string[]).map((body) =>
    Buffer.from(body),
  )

async function benchTree(station: BenchStation): Promise<Result> {
  const entries = bodies(station, appended)
  const samples = await takeTurns(20, {
    tree: () =>
      timed(() => {
        let frontier = emptyFrontier
        for (const entry of entries) frontier = appendLeaf(frontier, leafHash(entry, sha256), sha256)
      }),
    bare: () => timed(() => hashBare(entries)),
  })
  return compare(`tree of ${appended} events`, samples.tree, 'bare SHA-256', samples.bare, { count: appended })
}

async function benchVerify(station: BenchStation): Promise<Result> {
  const entries = bodies(station, verified)
  const samples = await takeTurns(
    5,
    {
      verify: () =>
        timed(() => {
          const { finding, events } = station.db.transaction(() =>
            runToEnd(verifyStore(station.db, station.keys, [])),
          )()
          if (finding || events < verified) throw new Error('the log does not verify')
        }),
      bare: () => timed(() => hashBare(entries)),
    },
    1,
  )
  return compare(`verify ${verified} events`, samples.verify, 'bare SHA-256', samples.bare, { count: verified })
}

/** What any Merkle tree has to hash: each leaf, and about one node of two hashes for it. */
function hashBare(entries: readonly Buffer[]): void {
  const node = Buffer.alloc(65, 1)
  for (const entry of entries) {
    createHash('sha256').update(entry).digest()
    createHash('sha256').update(node).digest()
  }
}
