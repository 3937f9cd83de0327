// `npm test`: every check and every test; ends with the plain line `N passed, N failed`.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Interrupted } from './interruption.mjs'
import { openThrowAwaySession } from './session/throw-away.mjs'
import { prepareStation } from './setup/prepare.mjs'
import { runScript, say } from './speak.mjs'
import { add, describeStep, describeTotal, failure, outcomeOf } from './test/outcome.mjs'
import { chooseSteps } from './test/steps.mjs'

// The long forms of these are asked for by name alone; `npm test` runs their fast ones.
const longRuns = ['fault', 'fuzz']

await runScript(async () => {
  const asked = process.argv.slice(2)
  const electron = await prepareStation({ tests: true })
  const steps = chooseSteps(asked)
  const session = await openThrowAwaySession('test')
  const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-reports-'))
  const env = { ...session.env, ...electron.env }
  // Some of the tools colour what goes into a file all the same.
  if (!process.stdout.isTTY && !env.FORCE_COLOR) env.NO_COLOR = '1'
  if (asked.length && asked.every((word) => longRuns.includes(word))) env.WARDKEY_FULL = '1'
  let total = outcomeOf({})
  try {
    for (const [name, run] of steps) total = add(total, await runStep(name, run, { env, reports }))
  } finally {
    fs.rmSync(reports, { recursive: true, force: true })
    await session.close()
  }
  console.log(describeTotal(total))
  return total.failed > 0 || total.passed === 0 ? 1 : 0
})

/** A step that breaks is a failure like any other: the rest still runs. */
async function runStep(name, run, session) {
  const startedMs = performance.now()
  const outcome = await run(session).catch((error) => {
    if (error instanceof Interrupted) throw error
    return failure(error.stack)
  })
  if (outcome.output) process.stderr.write(`${outcome.output.trimEnd()}\n`)
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  say(`${name}: ${describeStep(outcome)} (${seconds} s)`)
  return outcome
}
