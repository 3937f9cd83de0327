// Runs folders of tests under Vitest, and counts by its report rather than by its words.
import fs from 'node:fs'
import path from 'node:path'
import { modules, node, root } from '../project.mjs'
import { runChild } from '../session/run-child.mjs'
import { failure, outcomeOf } from './outcome.mjs'

/** @param {string[]} folders such as test/unit. */
export async function runVitest(folders, { env, reports }) {
  const missing = folders.filter((folder) => !fs.existsSync(path.join(root, folder)))
  if (missing.length) return failure(`there is no ${missing.join(', ')}`)
  const report = path.join(reports, `vitest-${path.basename(folders[0])}.json`)
  const program = path.join(modules, 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = await runChild(node, [program, 'run', ...folders, ...reporters], {
    cwd: root,
    env,
  })
  return readReport(report, status)
}

function readReport(report, status) {
  if (!fs.existsSync(report)) return failure('Vitest ended before it could report')
  const { testResults, numPassedTests, numPendingTests, numTodoTests, numFailedTests } = JSON.parse(
    fs.readFileSync(report, 'utf8'),
  )
  // A file that can't be loaded holds no failed test, and is a failure all the same.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = numFailedTests + broken
  // An error outside any test fails the run alone.
  const unexplained = status !== 0 && failed === 0 ? 1 : 0
  return outcomeOf({
    passed: numPassedTests,
    failed: failed + unexplained,
    skipped: numPendingTests + numTodoTests,
  })
}
