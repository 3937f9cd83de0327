// Runs the end-to-end tests under Playwright, and counts by its report.
import fs from 'node:fs'
import path from 'node:path'
import { modules, node, root } from '../project.mjs'
import { runChild } from '../session/run-child.mjs'
import { failure, outcomeOf } from './outcome.mjs'

export async function runPlaywright({ env, reports }, filters = []) {
  if (!fs.existsSync(path.join(root, 'test', 'e2e'))) return failure('there is no test/e2e')
  const report = path.join(reports, 'playwright.json')
  const program = path.join(modules, '@playwright', 'test', 'cli.js')
  const args = ['test', '--config=playwright.config.ts', '--reporter=list,json']
  const status = await runChild(node, [program, ...args, ...filters], {
    cwd: root,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  return readReport(report, status)
}

function readReport(report, status) {
  if (!fs.existsSync(report)) return failure('Playwright ended before it could report')
  const { stats, errors } = JSON.parse(fs.readFileSync(report, 'utf8'))
  // What passed only at a second try has failed once.
  const failed = stats.unexpected + stats.flaky + errors.length
  const unexplained = status !== 0 && failed === 0 ? 1 : 0
  return outcomeOf({ passed: stats.expected, failed: failed + unexplained, skipped: stats.skipped })
}
