// How many rounds a fault test has, and the dice that choose its moments.

export const isFull = process.env.WARDKEY_FULL === '1'
export const rounds = (fast: number, full: number): number => (isFull ? full : fast)

/** WARDKEY_SEED repeats a run's dice; the moments that a kernel adds to them can't be repeated. */
export const seed = Number(process.env.WARDKEY_SEED ?? (isFull ? Date.now() % 2 ** 31 : 20260105))

/** Numbers in [0, 1) that follow from the seed alone (mulberry32). */
export function dice(from: number): () => number {
  let state = from >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
