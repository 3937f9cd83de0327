// A wrong code costs the station the same work whoever it is for: as many HMACs, statements and events.
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  addPerson,
  checked,
  closeAll,
  copyOf,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { bind, newScanningWard } from '../support/scanning-ward.ts'

const made = vi.hoisted(() => ({ hmacs: 0, slowHashes: 0, statements: 0 }))
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  const createHmac: typeof real.createHmac = (...parameters) => {
    made.hmacs++
    return real.createHmac(...parameters)
  }
  const scrypt = ((...parameters: Parameters<typeof real.scrypt>) => {
    made.slowHashes++
    return real.scrypt(...parameters)
  }) as typeof real.scrypt
  return { ...real, createHmac, scrypt }
})

/** Every statement that is run from here on, whoever prepared it. */
function countStatements(): void {
  const db = new Database(':memory:')
  const statement = Object.getPrototypeOf(db.prepare('SELECT 1'))
  db.close()
  for (const name of ['get', 'all', 'run', 'iterate'] as const) {
    const run = statement[name]
    statement[name] = function (...values: unknown[]) {
      made.statements++
      return run.apply(this, values)
    }
  }
}

let station: Stopped
beforeAll(async () => {
  const ward = await newScanningWard()
  await signIn(ward)
  await bind(ward, ward.desk.handlers.bindOwnPhone({}))
  await addPerson(ward, 'N2044')
  await closeAll()
  station = ward
  countStatements()
})
afterEach(() => {
  vi.useRealTimers()
  return closeAll()
})
afterAll(() => closeAll(true))

const people = { enrolled: staffId, 'not enrolled': 'N2044', unknown: 'NOBODY' }
type Attempt = (ward: Ward, who: string) => unknown
interface Cost extends Readonly<typeof made> {
  readonly answer: unknown
  readonly events: number
}
const ways: [string, Attempt, { readonly leastHmacs: number; readonly slowHashes: readonly number[] }][] = [
  [
    'a one-time code',
    ({ desk }, who) => desk.handlers.submitCode({ staffId: who, code: '00000000' }),
    { leastHmacs: 42, slowHashes: [0, 0, 0, 0, 0] },
  ],
  [
    'a phone’s answer',
    ({ desk }, who) => desk.handlers.submitAnswer({ staffId: who, digits: '00000000' }),
    { leastHmacs: 8, slowHashes: [0, 0, 0, 0, 0] },
  ],
  [
    'a recovery code',
    ({ desk }, who) => desk.handlers.submitRecoveryCode({ staffId: who, code: 'A'.repeat(16) }),
    { leastHmacs: 8, slowHashes: [1, 1, 1, 0, 0] },
  ],
  [
    'a ticket',
    ({ desk }, who) => desk.handlers.submitTicket({ staffId: who, code: 'A'.repeat(16) }),
    { leastHmacs: 8, slowHashes: [1, 1, 1, 0, 0] },
  ],
]
const eventsOf = (ward: Ward): number => read<number>(ward, 'SELECT size FROM log_head')[0] ?? 0

/** What each of five attempts in a row costs for one of them, at a station where nobody has failed yet. */
async function costs(who: string, attempt: Attempt): Promise<Cost[]> {
  // The keychain gets its checkpoints whenever there is time: none of an attempt's work.
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] })
  const ward = await restart(copyOf(station))
  await checked(ward).toBe('complete')
  // Statements and the station's own throttle are there from now on.
  await attempt(ward, 'SOMEBODY')
  const all: Cost[] = []
  for (let i = 0; i < 5; i++) {
    const eventsBefore = eventsOf(ward)
    Object.assign(made, { hmacs: 0, slowHashes: 0, statements: 0 })
    const answer = await attempt(ward, who)
    const spent = { ...made }
    all.push({ answer, events: eventsOf(ward) - eventsBefore, ...spent })
  }
  vi.useRealTimers()
  return all
}

describe.each(ways)('%s that is wrong', (_name, attempt, { leastHmacs, slowHashes }) => {
  it('costs the same for a person, for one without a phone, and for nobody: at first, again, and throttled', async () => {
    const enrolled = await costs(people.enrolled, attempt)
    expect(await costs(people['not enrolled'], attempt)).toEqual(enrolled)
    expect(await costs(people.unknown, attempt)).toEqual(enrolled)
    expect(enrolled.map(({ answer }) => answer)).toMatchObject([
      ...Array.from({ length: 3 }, () => ({
        ok: false,
        reason: expect.stringMatching(/^wrong-(code|or-over)$/),
      })),
      ...Array.from({ length: 2 }, () => ({ ok: false, reason: 'throttled' })),
    ])
    for (const { events, hmacs, statements } of enrolled) {
      expect(events).toBe(1)
      expect(hmacs).toBeGreaterThanOrEqual(leastHmacs)
      // BEGIN, COMMIT, the event, the head, and the reads of person, credential and throttle at the least.
      expect(statements).toBeGreaterThanOrEqual(7)
    }
    expect(enrolled.map((cost) => cost.slowHashes)).toEqual(slowHashes)
  })
})
