import type { TestSpecification } from 'vitest/node'
import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

/** Only what hangs takes this long, on a busy machine too; how fast something is, is measured by benchmarks. */
const HANGS_MS = 60_000

/** These take minutes, of computing or of waiting: what lasts is begun first, so that nothing waits for it at the end. */
const LONG = /\/(?:fuzz|asterisk\/program\/(?:agents|truth|transfers))\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Most of them wait for servers and clocks.
    maxWorkers: '100%',
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
          testTimeout: 2 * HANGS_MS,
          hookTimeout: 2 * HANGS_MS,
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
          testTimeout: 2 * HANGS_MS,
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
