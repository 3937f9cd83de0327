// How many cases each fuzz test has, of 100,000 in all and as many for phones, and the seed that they follow from.
import type fc from 'fast-check'

const full = {
  ipcLocked: 55_000,
  ipcSession: 6_000,
  ipcFirstRun: 4_000,
  challenge: 10_000,
  note: 8_000,
  anchor: 6_000,
  exported: 5_000,
  arguments: 5_900,
  processes: 100,
  // 100,000 of their own.
  phoneParts: 40_000,
  phoneAnswers: 40_000,
  phoneDigits: 5_000,
  phonePayloads: 15_000,
} as const
export type FuzzTest = keyof typeof full

export const isFull = process.env.WARDKEY_FULL === '1'
const fraction = 0.02

/** WARDKEY_SEED repeats a run; `npm test` always has the same one. */
export const seed = Number(process.env.WARDKEY_SEED ?? (isFull ? Date.now() % 2 ** 31 : 20260105))

export function casesOf(test: FuzzTest): number {
  const least = test === 'processes' ? 8 : 300
  return isFull ? full[test] : Math.max(Math.ceil(full[test] * fraction), least)
}

/** Settings for fc.assert; a case that hangs fails. */
export function runsOf<T>(test: FuzzTest, examples: T[] = []): fc.Parameters<T> {
  return { numRuns: casesOf(test), seed, examples, timeout: 20_000, endOnFailure: isFull }
}
/** The same for a property that is not asynchronous: there a hang is the test's own time limit. */
export function runsAtOnce<T>(test: FuzzTest, examples: T[] = []): fc.Parameters<T> {
  return { numRuns: casesOf(test), seed, examples }
}
export const timeLimitMs = isFull ? 1_800_000 : 60_000
