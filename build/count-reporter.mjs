// A reporter of vitest that counts for the last line of `npm test`; the reporters that come with it keep the reasons of skipped tests to themselves.
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { troubleOf } from './test.mjs'

/** Where the count is written. */
export const COUNT_FILE = 'RINGSIDE_COUNT_FILE'

export default class CountReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors outside of any test
   */
  onTestRunEnd(modules, errors) {
    const file = process.env[COUNT_FILE]
    if (!file)
      return
    const tests = modules.flatMap(module => [...module.children.allTests()])
    // A file that cannot be read or a set-up that fails takes its tests away unseen: it counts as one failure.
    const broken = modules.flatMap(module => [module, ...module.children.allSuites()]).filter(suite => suite.errors().length > 0)
    /** @type {import('./test.mjs').Count} */
    const count = {
      passed: tests.filter(test => test.result().state === 'passed').length,
      failed: tests.filter(test => test.result().state === 'failed').length + broken.length + errors.length,
      skipped: tests.flatMap((test) => {
        const result = test.result()
        return result.state === 'skipped'
          ? [`${test.fullName}${result.note
              ? `: ${result.note}`
              : ''}`]
          : []
      }),
      troubles: [
        ...errors.map(error => troubleOf('outside of any test', String(error), false)),
        ...broken.map(suite => troubleOf('fullName' in suite
          ? suite.fullName
          : suite.moduleId, suite.errors()[0]?.message, false)),
        ...tests.flatMap((test) => {
          const { errors, state } = test.result()
          return errors && errors.length > 0
            ? [troubleOf(test.fullName, errors[0]?.message, state === 'passed')]
            : []
        }),
      ],
    }
    writeFileSync(file, JSON.stringify(count))
  }
}
