// The log as an auditor reads it: every filter finds what it should and nothing else, and pages join without gap or repeat.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogFilterInput } from '../../src/contracts/commands/audit.ts'
import type { AuditEvent } from '../../src/contracts/event.ts'
import { eventGroup, eventGroups } from '../../src/core/event-groups.ts'
import { openDatabase } from '../../src/station/database.ts'
import { Ledger } from '../../src/station/ledger.ts'
import { spanSize } from '../../src/station/log-spans.ts'
import {
  addPerson,
  closeAll,
  enroll,
  keysOf,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
  type Ward,
} from '../support/attack-station.ts'

const anything: LogFilterInput = { group: null, person: '', outcome: null, fromMs: null, toMs: null }
let ward: Ward
let all: AuditEvent[]
let bola: string

beforeAll(async () => {
  const first = await newWard()
  await signIn(first)
  bola = await addPerson(first, 'N2044')
  await enroll(first, bola)
  await addPerson(first, 'N2045', ['auditor'])
  await first.desk.handlers.lockNow({})
  await closeAll()
  fill(first)
  ward = await restart(first)
  await signIn(ward)
  all = read<string>(ward, 'SELECT body FROM event ORDER BY number DESC').map((body) => JSON.parse(body))
}, 60_000)
afterAll(() => closeAll(true))

/** Some spans of events, with a clock that jumps back and forth, and rare ones at the edges of spans. */
function fill(stopped: Stopped): void {
  const db = openDatabase(stopped.folder)
  const ledger = new Ledger(db, keysOf(stopped), stopped.clock, '0.0.0')
  ledger.identify({
    stationNumber: read<string>(stopped, 'SELECT body FROM event WHERE number = 1').map(
      (body) => JSON.parse(body).station,
    )[0],
    location: 'Level 2',
  })
  const started = stopped.clock.wallMs
  ledger.record((recorder) => {
    for (let i = 0; i < 5 * spanSize; i++) {
      stopped.clock.wallMs = started + i * 60_000 - (i % 90 === 7 ? 5 * 3_600_000 : 0)
      const outcome = i % 3 === 0 ? ('refused' as const) : ('accepted' as const)
      if (i % spanSize < 2) recorder.event({ type: 'policy-changed', actor: bola })
      else if (i % 5 === 0) recorder.event({ type: 'session-ended', person: bola, reason: 'idle' })
      else recorder.event({ type: 'login-attempted', method: 'totp', outcome, ...(i % 2 ? { person: bola } : {}) })
    }
  })
  stopped.clock.wallMs = started + 5 * spanSize * 60_000
  db.close()
}

async function pagesOf(filter: Partial<LogFilterInput>): Promise<number[]> {
  const numbers: number[] = []
  for (let before: number | null = null; ; ) {
    const page = await ward.desk.handlers.readLog({ filter: { ...anything, ...filter }, before })
    if (!page.ok) throw new Error(page.reason)
    numbers.push(...page.events.map(({ number }) => number))
    if (page.next === null) return numbers
    expect(page.events).toHaveLength(50)
    before = page.next
  }
}
const numbersOf = (matches: (event: AuditEvent) => boolean) => all.filter(matches).map(({ number }) => number)
const isOf = (id: string) => (event: AuditEvent) => event.person === id || event.actor === id

describe('a filter', () => {
  it('of nothing shows all, newest first', async () => {
    expect(all.length).toBeGreaterThan(5 * spanSize)
    expect(await pagesOf({})).toEqual(all.map(({ number }) => number))
  })
  it.each(eventGroups)('by group %s', async (group) => {
    expect(await pagesOf({ group })).toEqual(numbersOf(({ type }) => eventGroup(type) === group))
  })
  it.each(['accepted', 'refused'] as const)('by outcome %s', async (outcome) => {
    expect(await pagesOf({ outcome })).toEqual(numbersOf((event) => event.outcome === outcome))
  })
  it.each(['N2044', 'n2044', 'person n2044', 'Person N2044 '])('by a person, as %s', async (person) => {
    expect(await pagesOf({ person })).toEqual(numbersOf(isOf(bola)))
  })
  it('by several people whom the words mean', async () => {
    const ids = all.filter(({ type }) => type === 'person-added').map((event) => event.person)
    const found = await ward.desk.handlers.readLog({ filter: { ...anything, person: 'person' }, before: null })
    expect(found).toMatchObject({ people: [{ staffId: 'N2044' }, { staffId: 'N2045' }] })
    expect(await pagesOf({ person: 'person' })).toEqual(
      numbersOf((event) => ids.slice(0, 2).some((id) => isOf(String(id))(event))),
    )
  })
  it('by nobody that there is finds nothing', async () => {
    expect(await pagesOf({ person: 'nobody%' })).toEqual([])
  })
  it('by time, whatever the clock did', async () => {
    const times = all.map(({ atMs }) => atMs).sort((a, b) => a - b)
    for (const [from, to] of [
      [0, 1],
      [0.2, 0.3],
      [0.5, 0.501],
      [0.999, 1],
    ] as const) {
      const fromMs = times[Math.floor(from * (times.length - 1))] ?? 0
      const toMs = times[Math.floor(to * (times.length - 1))] ?? 0
      const isThen = ({ atMs }: AuditEvent) => atMs >= fromMs && atMs < toMs
      expect(await pagesOf({ fromMs, toMs }), `${from} to ${to}`).toEqual(numbersOf(isThen))
      expect(await pagesOf({ fromMs, toMs, person: 'N2044' })).toEqual(
        numbersOf((event) => isThen(event) && isOf(bola)(event)),
      )
    }
    expect(await pagesOf({ toMs: times[0] ?? 0 })).toEqual([])
    expect(await pagesOf({ fromMs: (times.at(-1) ?? 0) + 1 })).toEqual([])
  })
  it('of everything at once', async () => {
    const times = all.map(({ atMs }) => atMs).sort((a, b) => a - b)
    const [fromMs = 0, toMs = 0] = [times[100], times[500]]
    for (const group of eventGroups)
      for (const outcome of ['accepted', 'refused', null] as const)
        for (const person of ['', 'N2044'])
          expect(await pagesOf({ group, outcome, person, fromMs, toMs }), `${group} ${outcome} ${person}`).toEqual(
            numbersOf(
              (event) =>
                eventGroup(event.type) === group &&
                (outcome === null || event.outcome === outcome) &&
                (person === '' || isOf(bola)(event)) &&
                event.atMs >= fromMs &&
                event.atMs < toMs,
            ),
          )
  })
})

describe('a page', () => {
  it.each([1, 2, spanSize, spanSize + 1, 2 * spanSize])('before event %i begins right below it', async (before) => {
    for (const filter of [{}, { outcome: 'accepted' as const }, { person: 'N2044' }]) {
      const page = await ward.desk.handlers.readLog({ filter: { ...anything, ...filter }, before })
      const below = page.ok ? page.events.map(({ number }) => number) : []
      expect(below).toEqual((await pagesOf(filter)).filter((number) => number < before).slice(0, 50))
    }
  })
  it('says whom an event names, and that an id is all the event has', async () => {
    const [number = 0] = numbersOf(({ type }) => type === 'policy-changed')
    const found = await ward.desk.handlers.readEvent({ number })
    expect(found).toMatchObject({ event: { actor: { id: bola, displayName: 'Person N2044', staffId: 'N2044' } } })
    if (!found.ok) throw new Error(found.reason)
    expect(found.body).toBe(read<string>(ward, 'SELECT body FROM event WHERE number = ?', number)[0])
    expect(found.body).not.toContain('N2044')
    expect(found.leaf).toBe(read<Buffer>(ward, 'SELECT leaf FROM event WHERE number = ?', number)[0]?.toString('hex'))
  })
  it('has no event that is not there', async () => {
    expect(await ward.desk.handlers.readEvent({ number: 1_000_000 })).toEqual({ ok: false, reason: 'no-such-event' })
  })
})
