// What a machine can check without running the program: types of every layer, lint, walls, unused code.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { electronEnvironment } from './electron.mjs'
import { ROOT } from './project.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} command
 * @property {boolean} [onOwnNode] on the Node that runs us, not on Electron's
 */

const bin = (/** @type {string} */ path) => join(ROOT, 'node_modules', path)
/** @param {string} project */
function types(project) {
  return [
    bin('vue-tsc/bin/vue-tsc.js'),
    '--noEmit',
    '-p',
    project,
  ]
}

/** @type {readonly Step[]} */
const steps = [
  ...[
    'main',
    'preload',
    'renderer',
    'test',
    'build',
  ].map(layer => ({
    name: `types of ${layer}`,
    command: types(layer),
  })),
  {
    name: 'types of main and preload against Electron 42',
    command: types('build/electron-42'),
  },
  {
    name: 'lint',
    command: [
      bin('eslint/bin/eslint.js'),
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/',
      '.',
    ],
  },
  {
    name: 'walls',
    command: [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err',
      'main',
      'preload',
      'renderer',
    ],
  },
  {
    name: 'unused code',
    // Its parser wants a buffer of 6 GiB where the Node is new; Electron's allows none so large.
    onOwnNode: true,
    command: [
      bin('knip/bin/knip.js'),
      '--no-progress',
    ],
  },
]

/**
 * @param {Step} step
 * @param {import('./electron.mjs').ElectronFound} electron
 * @returns {Promise<{ code: number, output: string }>}
 */
function perform(step, electron) {
  return new Promise((done, fail) => {
    // Some of the tools want a newer Node than the machine may have; Electron's is.
    const child = spawn(step.onOwnNode
      ? process.execPath
      : electron.executable, step.command, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...electronEnvironment(electron),
        ELECTRON_RUN_AS_NODE: '1',
      },
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', text => output += text)
    child.stderr.setEncoding('utf8').on('data', text => output += text)
    child.on('error', fail)
    child.on('close', code => done({ code: code ?? 1, output }))
  })
}

/**
 * Says for each step whether it is clean; the answer is an exit code.
 * @param {import('./electron.mjs').ElectronFound} electron
 * @param {readonly string[]} wanted parts of names of steps; none means all
 */
export async function checkEverything(electron, wanted) {
  const waiting = steps.filter(({ name }) => wanted.length === 0 || wanted.some(part => name.includes(part)))
  const total = waiting.length
  let failed = 0
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { code, output } = await perform(step, electron)
      console.log(`${code === 0
        ? 'clean'
        : 'NOT CLEAN'}: ${step.name}`)
      if (code !== 0)
        console.log(output.trimEnd())
      if (code !== 0)
        failed += 1
    }
  }
  await Promise.all([
    worker(),
    worker(),
  ])
  console.log(failed === 0
    ? `${total} checks, all clean`
    : `${failed} of ${total} checks are not clean`)
  return failed === 0
    ? 0
    : 1
}
