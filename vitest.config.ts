import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Only what hangs takes this long, on a busy machine too; how fast something is, is measured by benchmarks. */
const HANGS_MS = 30_000

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: HANGS_MS,
        },
      },
      {
        test: {
          name: 'session',
          include: ['test/session/**/*.test.ts'],
          environment: 'node',
          testTimeout: HANGS_MS,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          // Sockets and clocks are real here too.
          retry: process.env.CI ? 1 : 0,
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      // Calls take the time that calls take; the first run also fetches the servers.
      {
        test: {
          name: 'asterisk',
          include: ['test/asterisk/**/*.test.ts'],
          // As for the windows: a busy machine gets a second try, and the report says so.
          retry: process.env.CI ? 1 : 0,
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 300_000,
        },
      },
      {
        plugins: [
          vue(),
        ],
        test: {
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          environment: 'happy-dom',
          testTimeout: HANGS_MS,
        },
      },
    ],
  },
})
