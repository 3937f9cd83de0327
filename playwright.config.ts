import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 1,
})
