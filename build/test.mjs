// Runs every test and adds up: vitest on Electron's Node, then Playwright with real windows as an ordinary user.
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setStage } from './as-user.mjs'
import { COUNT_FILE } from './count-reporter.mjs'
import { electronEnvironment } from './electron.mjs'
import { ROOT, run } from './project.mjs'

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped name and reason of each
 * @property {readonly string[]} troubles what failed, or passed only at the second try, and why
 */

const hasVirtualDesktop = process.platform === 'linux'
/** @type {Count} */
const NO_WINDOWS = {
  passed: 0,
  failed: 0,
  skipped: ['all tests in windows: they want a desktop of their own, which is made of X programs and thus of Linux'],
  troubles: [],
}

/** @type {(what: string) => Count} */
function lost(what) {
  return {
    passed: 0,
    failed: 1,
    skipped: [],
    troubles: [`${what} left no report`],
  }
}

/**
 * One line of what went wrong, for the end of the run, where the rest has long scrolled away.
 * @param {string} title
 * @param {string | undefined} message of the error
 * @param {boolean} isMended by a second try
 */
export function troubleOf(title, message, isMended) {
  // eslint-disable-next-line no-control-regex -- the reporters colour their messages
  const [first = ''] = (message ?? '').replace(/\u001B\[[\d;]*m/g, '').split('\n')
  return `${title}: ${first || 'no message'}${isMended
    ? ' (passed at the second try)'
    : ''}`
}

/**
 * What our reporter of vitest wrote; a run that wrote nothing has failed.
 * @param {string} path
 * @returns {Count}
 */
export function readCount(path) {
  return existsSync(path)
    ? JSON.parse(readFileSync(path, 'utf8'))
    : lost('vitest')
}

/** @typedef {{ status: string, annotations: { type: string, description?: string }[], results?: { errors: { message?: string }[] }[] }} WindowTest */
/** @typedef {{ title: string, tests: WindowTest[] }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */

/**
 * @param {Suite} suite
 * @returns {Spec[]}
 */
function specsOf(suite) {
  return [
    ...(suite.specs ?? []),
    ...(suite.suites ?? []).flatMap(specsOf),
  ]
}

/**
 * What Playwright wrote.
 * @param {string} path
 * @returns {Count}
 */
export function readPlaywright(path) {
  if (!existsSync(path))
    return lost('Playwright')
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: { message?: string }[], suites: Suite[] }} */
  const report = JSON.parse(readFileSync(path, 'utf8'))
  const { expected, flaky, unexpected } = report.stats
  const specs = report.suites.flatMap(specsOf)
  return {
    passed: expected + flaky,
    failed: unexpected === 0 && report.errors.length > 0
      ? 1
      : unexpected,
    skipped: specs.flatMap(({ title, tests }) => tests.filter(({ status }) => status === 'skipped').map(({ annotations }) => {
      const reason = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description
      return reason
        ? `${title}: ${reason}`
        : title
    })),
    troubles: [
      ...report.errors.map(({ message }) => troubleOf('outside of any test', message, false)),
      ...specs.flatMap(({ title, tests }) => tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').map(({ results = [], status }) =>
        troubleOf(title, results.flatMap(({ errors }) => errors)[0]?.message, status === 'flaky'))),
    ],
  }
}

/**
 * @param {import('./electron.mjs').ElectronFound} electron
 * @param {readonly string[]} parameters
 * @param {string} count where the count goes
 */
async function vitest(electron, parameters, count) {
  return run(electron.executable, [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=./build/count-reporter.mjs',
    ...parameters,
  ], {
    env: {
      ...process.env,
      ...electronEnvironment(electron),
      ELECTRON_RUN_AS_NODE: '1',
      [COUNT_FILE]: count,
    },
  })
}

/**
 * The tests in real windows, by Playwright on Electron's Node; root runs them as an ordinary user, so that the sandbox is on.
 * @param {import('./electron.mjs').ElectronFound} electron
 * @param {readonly string[]} parameters
 * @param {string} [report]
 */
export async function testWindows(electron, parameters, report) {
  const stage = setStage(electron.executable)
  const output = mkdtempSync(join(tmpdir(), 'ringside-windows-'))
  chmodSync(output, 0o755)
  stage.give([output])
  try {
    const command = [
      ...stage.prefix,
      stage.electron,
      join(stage.root, 'node_modules/@playwright/test/cli.js'),
      'test',
      ...parameters,
    ]
    const code = await run(command[0] ?? '', command.slice(1), {
      cwd: stage.root,
      env: {
        ...(stage.prefix.length > 0
          ? { CI: process.env.CI, TERM: process.env.TERM }
          : process.env),
        ...electronEnvironment({
          ...electron,
          dist: join(stage.electron, '..'),
          executable: stage.electron,
        }),
        ...stage.env,
        ELECTRON_RUN_AS_NODE: '1',
        RINGSIDE_TEST_OUTPUT: join(output, 'results'),
        PLAYWRIGHT_JSON_OUTPUT_NAME: join(output, 'report.json'),
      },
    })
    if (existsSync(join(output, 'results')))
      cpSync(join(output, 'results'), join(ROOT, 'test-results'), { recursive: true })
    if (report && existsSync(join(output, 'report.json')))
      cpSync(join(output, 'report.json'), report)
    return code
  }
  finally {
    rmSync(output, { recursive: true, force: true })
    stage.end()
  }
}

/**
 * Every test of the project. The last line says what became of them; the answer is an exit code.
 * @param {import('./electron.mjs').ElectronFound} electron
 * @param {readonly string[]} parameters for vitest
 * @param {number} [failedBefore] what else has failed and belongs to the count
 */
export async function testEverything(electron, parameters, failedBefore = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-count-'))
  try {
    const reports = {
      vitest: join(folder, 'vitest.json'),
      windows: join(folder, 'windows.json'),
    }
    const codes = [
      await vitest(electron, parameters, reports.vitest),
      hasVirtualDesktop
        ? await testWindows(electron, [], reports.windows)
        : 0,
    ]
    const counts = [
      readCount(reports.vitest),
      hasVirtualDesktop
        ? readPlaywright(reports.windows)
        : NO_WINDOWS,
    ]
    const passed = counts.reduce((sum, count) => sum + count.passed, 0)
    const skipped = counts.flatMap(count => count.skipped)
    const failed = counts.reduce((sum, count, index) => sum + (count.failed === 0 && codes[index] !== 0
      ? 1
      : count.failed), failedBefore)
    const troubles = counts.flatMap(count => count.troubles)
    if (failedBefore > 0)
      troubles.unshift('a check found something; see above')
    if (troubles.length > 0)
      console.log(`\nwent wrong:\n${troubles.map(text => `  ${text}`).join('\n')}`)
    if (skipped.length > 0)
      console.log(`\nskipped:\n${skipped.map(text => `  ${text}`).join('\n')}`)
    console.log(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`)
    return failed === 0
      ? 0
      : 1
  }
  finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
