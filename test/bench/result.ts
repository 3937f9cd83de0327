// One line of the report: what was measured, beside what, and whether the ratio is what it should be.
import { median, quantile } from './measure.ts'

export interface Spread {
  readonly p50: number
  readonly p99: number
}
export interface Result {
  readonly name: string
  readonly baseline: string | null
  readonly unit: 'ms' | 'MB'
  readonly measured: Spread
  readonly measuredBaseline: Spread | null
  readonly ratio: Spread | null
  /** Greatest median ratio that is good enough; for one without a baseline, the greatest p99. null: for information. */
  readonly aim: number | null
  readonly withinAim: boolean | null
  readonly perSecond: number | null
  readonly samples: number
}

interface Options {
  readonly unit?: Result['unit']
  readonly aim?: number
  /** How many of something one measurement covers, where the rate of it is wanted. */
  readonly count?: number
}

export function compare(
  name: string,
  values: readonly number[],
  baseline: string,
  baselineValues: readonly number[],
  { unit = 'ms', aim, count }: Options = {},
): Result {
  const measured = spread(values)
  const measuredBaseline = spread(baselineValues)
  const ratio = { p50: measured.p50 / measuredBaseline.p50, p99: measured.p99 / measuredBaseline.p99 }
  return {
    ...{ name, baseline, unit, measured, measuredBaseline, ratio },
    aim: aim ?? null,
    withinAim: aim === undefined ? null : ratio.p50 <= aim,
    perSecond: count === undefined ? null : (count * 1000) / measured.p50,
    samples: values.length,
  }
}

export function alone(name: string, values: readonly number[], { unit = 'ms', aim }: Options = {}): Result {
  const measured = spread(values)
  return {
    ...{ name, baseline: null, unit, measured, measuredBaseline: null, ratio: null },
    aim: aim ?? null,
    withinAim: aim === undefined ? null : measured.p99 <= aim,
    perSecond: null,
    samples: values.length,
  }
}

const spread = (values: readonly number[]): Spread => ({ p50: median(values), p99: quantile(values, 0.99) })
