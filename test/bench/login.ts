// A whole login decision with its durable commit, beside a bare durable commit of as many pages.
import path from 'node:path'
import { loginByCode } from '../../src/station/login.ts'
import { openBareStore, pagesWritten } from './bare-store.ts'
import { median, takeTurns, timed } from './measure.ts'
import { compare, type Result } from './result.ts'
import { type BenchStation, codeNow, openBenchStation, wrongCode } from './station.ts'

const eachWay = 30
const rounds = 600
const aim = 1.5

type Case = 'right' | 'wrong' | 'unknown'
const words: Readonly<Record<Case, string>> = {
  right: 'login, right code',
  wrong: 'login, wrong code',
  unknown: 'login, unknown person',
}

export async function benchLogin(folder: string): Promise<Result[]> {
  const station = openBenchStation(path.join(folder, 'login'), 2 * eachWay)
  const bare = openBareStore(path.join(folder, 'bare'))
  try {
    const login = (kind: Case) => (round: number) => attempt(station, kind, round)
    const pages = { right: 0, wrong: 0, unknown: 0 }
    for (const kind of ['right', 'wrong', 'unknown'] as const) pages[kind] = pagesOf(station, kind)
    const samples = await takeTurns(rounds, {
      right: login('right'),
      bareRight: () => timed(() => bare.commit(pages.right)),
      wrong: login('wrong'),
      bareWrong: () => timed(() => bare.commit(pages.wrong)),
      unknown: login('unknown'),
      bareUnknown: () => timed(() => bare.commit(pages.unknown)),
    })
    const beside = (kind: Case) => `bare commit of ${pages[kind]} pages`
    return [
      compare(words.right, samples.right, beside('right'), samples.bareRight, { aim }),
      compare(words.wrong, samples.wrong, beside('wrong'), samples.bareWrong, { aim }),
      compare(words.unknown, samples.unknown, beside('unknown'), samples.bareUnknown, { aim }),
      // Near 1, or the time would tell who is known here.
      compare('login, wrong code', samples.wrong, 'login, unknown person', samples.unknown),
    ]
  } finally {
    bare.close()
    station.close()
  }
}

/**
 * One attempt, each after half an hour: no throttle waits, and every step is new. Who types a wrong code never types
 * a right one, so that known and unknown have the same past.
 */
function attempt(station: BenchStation, kind: Case, round: number): number {
  station.clock.pass(31 * 60_000)
  const turn = round % eachWay
  const person = station.people[kind === 'right' ? turn : eachWay + turn]
  if (!person) throw new RangeError('nobody there')
  const staffId = kind === 'unknown' ? `U${10_000 + turn}` : person.staffId
  const code = kind === 'right' ? codeNow(station, person) : wrongCode(station, person)
  let ok = false
  const ms = timed(() => {
    ok = loginByCode(station, staffId, code).ok
  })
  if (ok !== (kind === 'right')) throw new Error(`${words[kind]}: the wrong answer`)
  return ms
}

function pagesOf(station: BenchStation, kind: Case): number {
  const counts: number[] = []
  for (let round = 0; round < 2 * eachWay; round++)
    counts.push(pagesWritten(station.db, () => attempt(station, kind, round)))
  return median(counts)
}
