// The one entry for every task: `node build/run.mjs TASK [ARGUMENTS]`. It makes ready what the task needs, then does it.
import { join } from 'node:path'
import process from 'node:process'
import { electronEnvironment, resolveElectron } from './electron.mjs'
import { ASTERISK, DESKTOP, provide, provideSocketFolder } from './machine.mjs'
import { isBuildFresh, provideDependencies, ROOT, run } from './project.mjs'
import { say, SetupError } from './say.mjs'

/** @typedef {import('./electron.mjs').ElectronFound} ElectronFound */

/** @returns {NodeJS.ProcessEnv} */
function environment(/** @type {ElectronFound} */ electron) {
  return {
    ...process.env,
    ...electronEnvironment(electron),
  }
}

/** Runs a file on the Node inside Electron: the one that ships, and new enough for every tool. */
function onElectronsNode(/** @type {ElectronFound} */ electron, /** @type {string} */ file, /** @type {readonly string[]} */ parameters) {
  return run(electron.executable, [
    join(ROOT, file),
    ...parameters,
  ], {
    env: {
      ...environment(electron),
      ELECTRON_RUN_AS_NODE: '1',
    },
  })
}

const hasScreen = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

async function provideBuild() {
  if (isBuildFresh())
    return
  say('building')
  const code = await run(process.execPath, [
    join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'),
    'build',
    '--config',
    'electron.config.ts',
    '--logLevel',
    'warn',
  ], {
    stdio: ['ignore', 2, 2],
  })
  if (code !== 0)
    throw new SetupError('the build failed; see above')
}

async function prepare() {
  provideDependencies()
  return resolveElectron()
}

async function startProgram(/** @type {ElectronFound} */ electron, /** @type {readonly string[]} */ parameters) {
  if (!hasScreen())
    throw new SetupError('there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); `npm run demo` makes its own')

  const asRoot = process.getuid?.() === 0
  if (asRoot)
    say('NOTE: as root Chromium runs without its sandbox')
  const { ELECTRON_RUN_AS_NODE: _, ...env } = environment(electron)
  return run(electron.executable, [
    ROOT,
    ...(asRoot
      ? ['--no-sandbox']
      : []),
    ...parameters,
  ], { env })
}

/** @param {readonly string[]} parameters */
async function start(parameters) {
  const electron = await prepare()
  await provideBuild()
  return startProgram(electron, parameters)
}

const DEMO_NEEDS = ['Xvfb', 'dbus-daemon', 'openbox', 'import']

/** @param {readonly string[]} parameters */
async function demo(parameters) {
  const electron = await prepare()
  if (parameters[0] === '--pbx')
    return onElectronsNode(electron, 'build/demo-pbx.ts', parameters.slice(1))
  await provideBuild()
  if (hasScreen())
    return startProgram(electron, ['--demo', ...parameters])
  const missing = provide(DESKTOP).filter(({ name }) => DEMO_NEEDS.includes(name))
  if (missing.length > 0)
    throw new SetupError(`there is no screen here, and no virtual one without ${missing.map(({ name }) => name).join(', ')}`)
  provideSocketFolder()
  return onElectronsNode(electron, 'build/demo.ts', parameters)
}

/** Everything that continuous integration asks; its last line is the count of tests, with what a check found among the failed. */
async function ci() {
  // A person who tests gets a taste of it, the machine takes its time.
  process.env.RINGSIDE_FUZZ_SECONDS ??= '300'
  // What waits for other programs gets a second try there, and is named when it needed one.
  process.env.CI ??= 'true'
  const electron = await prepareTests()
  const { checkEverything } = await import('./check.mjs')
  const isClean = await checkEverything(electron, []) === 0
  await provideBuild()
  const { testEverything } = await import('./test.mjs')
  return testEverything(electron, [], isClean
    ? 0
    : 1)
}

/** @param {readonly string[]} parameters */
async function test(parameters) {
  const electron = await prepareTests()
  await provideBuild()
  const { testEverything } = await import('./test.mjs')
  return testEverything(electron, parameters)
}

async function prepareTests() {
  provideDependencies()
  provide([
    ...DESKTOP,
    ...ASTERISK,
  ])
  provideSocketFolder()
  return resolveElectron()
}

/** One project of vitest, or the windows, with the arguments of that tool: for work on one part. */
function testPart(/** @type {string} */ part) {
  return async (/** @type {readonly string[]} */ parameters) => {
    const electron = await prepare()
    if (part === 'electron') {
      provide(DESKTOP)
      provideSocketFolder()
      await provideBuild()
      const { testWindows } = await import('./test.mjs')
      return testWindows(electron, parameters)
    }
    if (part === 'asterisk' || part === 'contract')
      provide(ASTERISK)
    return onElectronsNode(electron, 'node_modules/vitest/vitest.mjs', [
      'run',
      '--project',
      part,
      ...parameters,
    ])
  }
}

/** @param {readonly string[]} parameters */
async function bench(parameters) {
  const electron = await prepare()
  provide(DESKTOP)
  provideSocketFolder()
  await provideBuild()
  return onElectronsNode(electron, 'test/bench/index.ts', parameters)
}

/** As in the tests, but for five minutes. */
async function fuzz(/** @type {readonly string[]} */ parameters) {
  process.env.RINGSIDE_FUZZ_SECONDS ??= '300'
  return testPart('contract')(['test/contract/fuzz.test.ts', ...parameters])
}

async function coverageAmi() {
  return onElectronsNode(await prepare(), 'build/coverage-ami.ts', [])
}

/** @param {readonly string[]} parameters */
async function check(parameters) {
  const electron = await prepare()
  const { checkEverything } = await import('./check.mjs')
  return checkEverything(electron, parameters)
}

/** @param {readonly string[]} parameters */
async function package_(parameters) {
  provideDependencies()
  const { makePackages } = await import('./package.mjs')
  return makePackages(parameters, provideBuild)
}

/** @type {Readonly<Record<string, (parameters: readonly string[]) => Promise<number>>>} */
const tasks = {
  start,
  demo,
  test,
  check,
  ci,
  bench,
  fuzz,
  'coverage:ami': coverageAmi,
  'package': package_,
  'test:unit': testPart('unit'),
  'test:session': testPart('session'),
  'test:contract': testPart('contract'),
  'test:component': testPart('component'),
  'test:asterisk': testPart('asterisk'),
  'test:electron': testPart('electron'),
}

const [name = '', ...parameters] = process.argv.slice(2)
const task = tasks[name]
if (!task) {
  say(`no task "${name}"; there are ${Object.keys(tasks).join(', ')}`)
  process.exitCode = 2
}
else {
  try {
    process.exitCode = await task(parameters)
  }
  catch (error) {
    if (!(error instanceof SetupError))
      throw error
    say(error.message)
    process.exitCode = 1
  }
}
