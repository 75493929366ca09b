// Makes the packages that people install. What is for release holds an official Electron and nothing else.
import { join, resolve, sep } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { resolveElectron } from './electron.mjs'
import { PACKAGING, provide, whichProgram } from './machine.mjs'
import { ROOT, run } from './project.mjs'
import { say, SetupError } from './say.mjs'

const DIST = join(ROOT, 'dist')

/**
 * @typedef {object} Order
 * @property {readonly string[]} targets of electron-builder; none: what is usual on this system
 * @property {string} output
 * @property {boolean} testOnly
 */

/**
 * `--test-only --output FOLDER` makes a package for tests, marked as such and outside of dist, from whatever Electron there is.
 * @param {readonly string[]} parameters
 * @returns {Order}
 */
export function readPackageOrder(parameters) {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      'test-only': { type: 'boolean', default: false },
      'output': { type: 'string' },
    },
  })
  const testOnly = values['test-only']
  const output = resolve(values.output ?? DIST)
  if (testOnly && (values.output === undefined || `${output}${sep}`.startsWith(`${DIST}${sep}`)))
    throw new SetupError('a package for tests needs an --output of its own, outside of dist')
  return { targets: positionals, output, testOnly }
}

/** @returns {readonly string[]} */
function usualTargets() {
  if (process.platform !== 'linux')
    return []
  return [
    'deb',
    ...(whichProgram('rpmbuild')
      ? ['rpm']
      : []),
  ]
}

/**
 * @param {readonly string[]} parameters
 * @param {() => Promise<void>} provideBuild
 * @returns {Promise<number>}
 */
export async function makePackages(parameters, provideBuild) {
  const order = readPackageOrder(parameters)
  const electron = await resolveElectron({ officialOnly: !order.testOnly })
  provide(PACKAGING)
  await provideBuild()
  const targets = order.targets.length > 0
    ? order.targets
    : usualTargets()
  const code = await run(process.execPath, [
    // On Electron's Node electron-builder would be taken for a packaged program, and its archives for folders.
    ...(process.versions.electron
      ? ['--import', 'data:text/javascript,process.defaultApp=process.noAsar=true']
      : []),
    join(ROOT, 'node_modules/electron-builder/cli.js'),
    ...(process.platform === 'linux'
      ? ['--linux']
      : []),
    ...targets,
    '--config',
    'electron.config.ts',
    '--publish',
    'never',
    `--config.directories.output=${order.output}`,
  ], {
    stdio: ['ignore', 2, 2],
    env: {
      ...process.env,
      ELECTRON_BUILDER_DIST: electron.dist,
      ...(order.testOnly
        ? { RINGSIDE_TEST_PACKAGE: '1' }
        : {}),
      ...(process.platform === 'linux'
        ? { CUSTOM_FPM_PATH: join(ROOT, 'build/packaging/fpm.mjs') }
        : {}),
    },
  })
  if (code !== 0)
    throw new SetupError('electron-builder failed; see above')
  say(`made in ${order.output}`)
  return 0
}
