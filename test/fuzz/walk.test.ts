// A random walk over the whole service: nothing that ended, was used, is suspended or unknown ever opens anything.
import type * as Crypto from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { runToEnd, verifyStore } from '../../src/station/audit-verify.ts'
import { openDatabase } from '../../src/station/database.ts'
import { closeAll, keysOf } from '../support/attack-station.ts'
import { isFull, seed } from './runs.ts'
import { populate } from './walk/coming.ts'
import { Model } from './walk/model.ts'
import { WalkedStation } from './walk/station.ts'
import { walkOf } from './walk/walk.ts'

// Where the station is slowed, the walk's own clock waits. Where it hashes slowly, a small cost: what a walk asks is what
// is accepted, not how long it takes.
const slowed = vi.hoisted(() => ({ pass: (_ms: number): void => {} }))
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<object>()),
  setTimeout: async (ms: number) => slowed.pass(ms),
}))
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>()
  const scrypt = (
    text: string,
    salt: Buffer,
    length: number,
    options: object,
    done: (error: Error | null, key: Buffer) => void,
  ) => crypto.scrypt(text, salt, length, { ...options, N: 2 }, done)
  return { ...crypto, scrypt }
})

const wanted = isFull ? 10_000 : 300
const longest = isFull ? 300 : 120
/** Whoever repeats a run by its seed wants the shortest walk that fails, and has the time. */
const isRepeated = process.env.WARDKEY_SEED !== undefined
afterEach(() => closeAll())
afterAll(() => closeAll(true))

/** To the end of these steps, and then the whole log. */
async function walk(
  steps: Iterable<fc.AsyncCommand<Model, WalkedStation>>,
  counts: Map<string, number>,
): Promise<number> {
  const model = new Model()
  const station = await WalkedStation.begin(model, counts)
  slowed.pass = (ms) => station.ward.clock.pass(ms)
  try {
    await station.step('people', model, () => populate(model, station))
    await fc.asyncModelRun(() => ({ model, real: station }), steps)
    await station.ward.desk.close()
    const db = openDatabase(station.ward.folder, { readonly: true })
    const report = runToEnd(verifyStore(db, keysOf(station.ward), []))
    db.close()
    expect(report.finding).toBeNull()
    return station.steps
  } finally {
    station.close()
    await closeAll(true)
  }
}

describe(`a walk of ${wanted} steps (seed ${seed})`, () => {
  it(
    'accepts nothing that it should not, and leaves no change without its event',
    async () => {
      const counts = new Map<string, number>()
      let steps = 0
      for (let run = 0; steps < wanted; run++)
        await fc.assert(
          fc.asyncProperty(walkOf(longest), async (chosen) => {
            steps += await walk(chosen, counts)
          }),
          { numRuns: 1, seed: seed + run, endOnFailure: !isRepeated },
        )
      console.log(
        [...counts]
          .sort()
          .map(([what, times]) => `${times} ${what}`)
          .join(', '),
      )
      // Neither side of any way in may have gone untried; a short walk meets the rarer ones by chance only.
      for (const way of isFull ? ['totp', 'phone', 'recovery', 'pin', 'ticket'] : ['totp', 'recovery'])
        for (const outcome of ['accepted', 'refused'])
          expect(counts.get(`${way} ${outcome}`) ?? 0, `${way} ${outcome}`).toBeGreaterThan(0)
    },
    isFull || isRepeated ? 3_600_000 : 180_000,
  )
})
