// The checks that run no test: format and lint, what each layer imports, and its types under its own tsconfig.
import fs from 'node:fs'
import path from 'node:path'
import { modules, node, root } from '../project.mjs'
import { runQuietly } from '../run-quietly.mjs'
import { failure, outcomeOf } from './outcome.mjs'

// Biome colours even what goes into a file, letter by letter.
const colours = process.stderr.isTTY ? '--colors=force' : '--colors=off'

export async function checkFormatAndLint() {
  return runCheck(path.join(modules, '@biomejs', 'biome', 'bin', 'biome'), ['ci', colours, '.'])
}

/** In the Node that runs the product: what parses the sources asks for a newer one than these scripts do. */
export async function checkLayers() {
  return runCheck(path.join(root, 'scripts', 'test', 'layers.mjs'), [])
}

/** @returns {[string, () => Promise<import('./outcome.mjs').Outcome>][]} one check a layer. */
export function listTypeChecks() {
  const layers = fs.existsSync(path.join(root, 'src')) ? fs.readdirSync(path.join(root, 'src')) : []
  const files = [...layers.map((layer) => `src/${layer}`), 'test', 'scripts']
    .map((folder) => `${folder}/tsconfig.json`)
    .filter((file) => fs.existsSync(path.join(root, file)))
  if (files.length === 0) return [['types', async () => failure('there is no tsconfig.json to check')]]
  const tsc = path.join(modules, 'typescript', 'bin', 'tsc')
  return files.map((file) => [`types of ${path.dirname(file)}`, () => runCheck(tsc, ['--noEmit', '-p', file])])
}

async function runCheck(program, args) {
  const { ok, output } = await runQuietly(node, [program, ...args], { cwd: root })
  return ok ? outcomeOf({ passed: 1 }) : failure(output)
}
