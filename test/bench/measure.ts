// Measuring: subjects take turns, so that whatever else the machine does falls on all of them alike.

/** One measurement, in ms; what it has to prepare first is its own business and not counted. */
export type Subject = (round: number) => number | Promise<number>
export type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>

/** In each round every subject is measured once; who begins moves on by one a round. */
export async function takeTurns<Name extends string>(
  rounds: number,
  subjects: Readonly<Record<Name, Subject>>,
  warmUps = Math.ceil(rounds / 10),
): Promise<Samples<Name>> {
  const names = Object.keys(subjects) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = 0; round < warmUps + rounds; round++)
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] as Name
      const ms = await subjects[name](round)
      if (round >= warmUps) samples[name].push(ms)
    }
  return samples
}

export function timed(work: () => unknown): number {
  const startMs = performance.now()
  work()
  return performance.now() - startMs
}

/** By the nearest rank: always a value that was measured. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(Math.ceil(part * sorted.length) - 1, 0)]
  if (value === undefined) throw new RangeError('nothing was measured')
  return value
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
