// A wrong code costs the station the same work whoever it is for: as many HMACs, statements and events.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  addPerson,
  checked,
  closeAll,
  copyOf,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'

const made = vi.hoisted(() => ({ hmacs: 0, slowHashes: 0 }))
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

let station: Stopped
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  await addPerson(ward, 'N2044')
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const people = { enrolled: staffId, 'not enrolled': 'N2044', unknown: 'NOBODY' }
type Attempt = (ward: Ward, who: string) => unknown
type Counted = 'hmacs' | 'slowHashes'
interface Cost extends Partial<Record<Counted, number>> {
  readonly answer: unknown
  readonly events: number
}
/** A recovery code costs one slow hash, beside which an HMAC is nothing. */
const ways: [string, Attempt, readonly Counted[]][] = [
  [
    'a one-time code',
    ({ desk }, who) => desk.handlers.submitCode({ staffId: who, code: '00000000' }),
    ['hmacs', 'slowHashes'],
  ],
  [
    'a recovery code',
    ({ desk }, who) => desk.handlers.submitRecoveryCode({ staffId: who, code: 'A'.repeat(16) }),
    ['slowHashes'],
  ],
  ['a ticket', ({ desk }, who) => desk.handlers.submitTicket({ staffId: who, code: 'A'.repeat(16) }), ['slowHashes']],
]
const eventsOf = (ward: Ward): number => read<number>(ward, 'SELECT size FROM log_head')[0] ?? 0

/** What each of five attempts in a row costs for one of them, at a station where nobody has failed yet. */
async function costs(who: string, attempt: Attempt, counted: readonly Counted[]): Promise<Cost[]> {
  const ward = await restart(copyOf(station))
  await checked(ward).toBe('complete')
  // Statements and the station's own throttle are there from now on.
  await attempt(ward, 'SOMEBODY')
  const all: Cost[] = []
  for (let i = 0; i < 5; i++) {
    const before = { ...made }
    const eventsBefore = eventsOf(ward)
    const answer = await attempt(ward, who)
    const spent = Object.fromEntries(counted.map((what) => [what, made[what] - before[what]]))
    all.push({ answer, events: eventsOf(ward) - eventsBefore, ...spent })
  }
  return all
}

describe.each(ways)('%s that is wrong', (_name, attempt, counted) => {
  it('costs the same for a person, for one without a phone, and for nobody: at first, again, and throttled', async () => {
    const enrolled = await costs(people.enrolled, attempt, counted)
    expect(await costs(people['not enrolled'], attempt, counted)).toEqual(enrolled)
    expect(await costs(people.unknown, attempt, counted)).toEqual(enrolled)
    expect(enrolled.map(({ answer }) => answer)).toMatchObject([
      ...Array.from({ length: 3 }, () => ({ ok: false, reason: 'wrong-code' })),
      ...Array.from({ length: 2 }, () => ({ ok: false, reason: 'throttled' })),
    ])
    for (const { events } of enrolled) expect(events).toBe(1)
    if (counted.includes('hmacs')) for (const { hmacs } of enrolled) expect(hmacs).toBeGreaterThan(41)
    else expect(enrolled.map(({ slowHashes }) => slowHashes)).toEqual([1, 1, 1, 0, 0])
  })
})
