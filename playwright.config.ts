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
