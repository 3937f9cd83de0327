// Waiting for another process: as long as the store is busy, up to a limit, and for nothing else.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { patiently } from '../../../src/station/patience.ts'

beforeEach(() => {
  slept.times = 0
})
afterEach(() => vi.restoreAllMocks())
const slept = vi.hoisted(() => ({ times: 0 }))
vi.mock('node:timers/promises', () => ({
  setTimeout: async () => {
    slept.times++
  },
}))
const error = (code: string) => Object.assign(new Error(code), { code })
const failing = (times: number, code: string) => () => {
  if (times-- > 0) throw error(code)
  return 'done'
}
const still = () => 0

it.each([0, 1, 20])('works once %i tries were refused as busy', async (times) => {
  expect(await patiently(failing(times, 'SQLITE_BUSY'), still)).toBe('done')
  expect(slept.times).toBe(times)
})

it.each(['SQLITE_FULL', 'SQLITE_CORRUPT', 'unexpected'])('never waits for %s', async (code) => {
  await expect(patiently(failing(1, code), still)).rejects.toMatchObject({ code })
  expect(slept.times).toBe(0)
})

it('gives up after half a minute', async () => {
  let nowMs = 0
  const answer = patiently(failing(Number.POSITIVE_INFINITY, 'SQLITE_BUSY'), () => {
    nowMs += 10_000
    return nowMs
  })
  await expect(answer).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
  expect(slept.times).toBeLessThan(5)
})
