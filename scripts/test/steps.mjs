// The steps of `npm test` in their order, and which of them a word on the command line asks for.
import path from 'node:path'
import { buildBundles } from '../build-bundles.mjs'
import { root } from '../project.mjs'
import { runQuietly } from '../run-quietly.mjs'
import { Obstacle } from '../speak.mjs'
import { checkFormatAndLint, checkLayers, listTypeChecks } from './checks.mjs'
import { failure, outcomeOf } from './outcome.mjs'
import { runPlaywright } from './playwright.mjs'
import { runVitest } from './vitest.mjs'

const folders = ['unit', 'integration', 'fault', 'fuzz']
// It installs what it makes on this very computer, and takes minutes: only by its name.
const words = ['check', ...folders, 'e2e', 'package']

/**
 * @param {string[]} asked none for everything.
 * @returns {[string, (session: object) => Promise<import('./outcome.mjs').Outcome>][]}
 */
export function chooseSteps(asked) {
  const unknown = asked.filter((word) => !words.includes(word))
  if (unknown.length) throw new Obstacle(`npm test knows ${words.join(', ')}; not ${unknown.join(', ')}`)
  const wants = (word) => asked.length === 0 || asked.includes(word)
  const steps = []
  if (wants('check')) steps.push(['format and lint', checkFormatAndLint], ['layers', checkLayers], ...listTypeChecks())
  // The bundles are what end-to-end tests drive; building them is a check in itself.
  if (wants('check') || wants('e2e')) steps.push(['build', build])
  for (const folder of folders.filter(wants))
    steps.push([`test/${folder}`, (session) => runVitest([`test/${folder}`], session)])
  if (wants('e2e')) steps.push(['test/e2e', (session) => runPlaywright(session)])
  if (asked.includes('package'))
    steps.push(['package', makePackage], ['test/package', (session) => runVitest(['test/package'], session)])
  return steps
}

async function makePackage() {
  const { ok, output } = await runQuietly(process.execPath, [path.join(root, 'scripts', 'package.mjs')], { cwd: root })
  return ok ? outcomeOf({ passed: 1 }) : failure(output)
}

async function build() {
  try {
    await buildBundles()
    return outcomeOf({ passed: 1 })
  } catch (error) {
    if (error instanceof Obstacle) return failure(error.message)
    throw error
  }
}
