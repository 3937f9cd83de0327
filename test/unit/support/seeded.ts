// Chance that can be had again: a stream of numbers from one seed.

export interface Seeded {
  /** Whole, from least to most, both included; of up to 2^48 values. */
  integer(least: number, most: number): number
  bytes(count: number): Uint8Array
  oneOf<T>(values: readonly [T, ...T[]]): T
}

/** mulberry32: plenty for picking cases, no use for secrets. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const integer = (least: number, most: number) =>
    least + Math.floor((((word() >>> 8) * 2 ** 24 + (word() >>> 8)) / 2 ** 48) * (most - least + 1))
  return {
    integer,
    bytes: (count) => Uint8Array.from({ length: count }, () => integer(0, 255)),
    oneOf: (values) => values[integer(0, values.length - 1)] ?? values[0],
  }
}
