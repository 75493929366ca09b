import process from 'node:process'
import { defineConfig } from '@playwright/test'

const output = process.env.RINGSIDE_TEST_OUTPUT ?? 'test-results'
const report = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME

export default defineConfig({
  testDir: 'test/electron',
  testMatch: '**/*.spec.ts',
  outputDir: output,
  // One desktop, one focus, one tray: the windows of two tests would get in each other's way.
  workers: 1,
  // A machine that does something else at the moment is no fault of the program; what passed only then is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: report
    ? [
        ['line'],
        [
          'json',
          { outputFile: report },
        ],
      ]
    : [
        ['line'],
      ],
})
