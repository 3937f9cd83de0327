// The report as a table that fits a terminal.
import type { Result, Spread } from './result.ts'
import type { Surroundings } from './surroundings.ts'

const head = ['', 'p50', 'p99', 'beside', 'p50', 'p99', 'ratio', 'p99', 'aim', '']

export function introduce(surroundings: Surroundings): string {
  const { node, electron, isTestRuntime, system, cores, processor, memoryGb, load, commitsToMemory } = surroundings
  return [
    `Node ${node}; Electron ${electron}${isTestRuntime ? ' (TEST RUNTIME, not the one we release on)' : ''}`,
    `${system}; ${cores} cores, ${processor}, ${memoryGb} GB; load ${load} before`,
    ...(commitsToMemory ? ['The folder is in memory: what is said of commits here says nothing about a disk.'] : []),
  ].join('\n')
}

export function drawTable(title: string, results: readonly Result[]): string {
  const rows = [head, ...results.map(cells)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => align(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  )
  return [title, ...lines].join('\n')
}

/** Words to the left, figures to the right. */
const align = (cell: string, width: number, column: number): string =>
  column === 0 || column === 3 || column === 9 ? cell.padEnd(width) : cell.padStart(width)

function cells(result: Result): string[] {
  const { name, measured, baseline, measuredBaseline, ratio, unit, aim, withinAim, perSecond } = result
  const rate = perSecond === null ? '' : `${Math.round(perSecond).toLocaleString('en')} a second`
  const verdict = [withinAim === null ? '' : withinAim ? 'within' : 'NOT within', rate].filter(Boolean).join(', ')
  const limit = aim === null ? '' : ratio ? `x${aim}` : `${aim} ${unit}`
  const times = ratio ? [`x${ratio.p50.toFixed(2)}`, `x${ratio.p99.toFixed(2)}`] : ['', '']
  return [name, ...pair(measured, unit), baseline ?? '', ...pair(measuredBaseline, unit), ...times, limit, verdict]
}

function pair(spread: Spread | null, unit: Result['unit']): [string, string] {
  if (!spread) return ['', '']
  const digits = unit === 'MB' || spread.p50 >= 100 ? 0 : 3
  return [`${spread.p50.toFixed(digits)} ${unit}`, `${spread.p99.toFixed(digits)} ${unit}`]
}
