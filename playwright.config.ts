import { defineConfig } from '@playwright/test'

/** What needs no window of the station: its browsers show nothing on the display. */
const pageAlone = /\/(phone-(hostile|look|page|passkey|served|size)|secret-scan)\.test\.ts$/

export default defineConfig({
  testDir: 'test/e2e',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  projects: [
    // There is one display, and two windows would fight over its focus.
    { name: 'window', testIgnore: pageAlone, workers: 1 },
    { name: 'page', testMatch: pageAlone, workers: 1 },
  ],
})
