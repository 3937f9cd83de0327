// `npm run bench`: every benchmark, its table, and bench/results.json. Ratios are to a baseline measured in the same run.
import fs from 'node:fs'
import path from 'node:path'
import { benchInElectron, benchInNode } from './engines.ts'
import { benchHub } from './hub.ts'
import { describeSurroundings } from './surroundings.ts'
import { drawTable, introduce } from './table.ts'
import { benchWindow } from './window.ts'

const { WARDKEY_BENCH_ELECTRON: electron, WARDKEY_BENCH_FOLDER: folder } = process.env
if (!electron || !folder) throw new Error('start the benchmarks with `npm run bench`')
const root = path.resolve(import.meta.dirname, '../..')
const file = path.join(root, 'bench', 'results.json')

const surroundings = describeSurroundings(electron, folder)
console.log(introduce(surroundings))
const groups = []
for (const [name, run] of [
  [`The station in Electron ${surroundings.electron}`, () => benchInElectron(electron, folder)],
  [`The station in Node ${surroundings.node}`, () => benchInNode(folder)],
  ['The hub on PostgreSQL', () => benchHub()],
  [`The window in Electron ${surroundings.electron}`, () => benchWindow(electron, root)],
] as const) {
  const results = await run()
  console.log(`\n${drawTable(name, results)}`)
  groups.push({ name, results })
}
fs.mkdirSync(path.dirname(file), { recursive: true })
fs.writeFileSync(file, `${JSON.stringify({ measuredAt: new Date().toISOString(), surroundings, groups }, null, 2)}\n`)
console.log(`\nwritten to ${path.relative(root, file)}`)
