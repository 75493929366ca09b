// The state of the clone: are the dependencies those of the lock file, is the build newer than its sources.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { say, SetupError } from './say.mjs'

export const ROOT = resolve(import.meta.dirname, '..')

/** @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> | null} the packages of a lock file */
function lockedPackages(/** @type {string} */ path) {
  return existsSync(path)
    ? JSON.parse(readFileSync(path, 'utf8')).packages
    : null
}

/** Whether node_modules holds what package-lock.json names. */
export function areDependenciesFresh(root = ROOT) {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const installed = lockedPackages(join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !installed)
    return false
  return Object.entries(wanted).every(([path, entry]) => path === ''
    || installed[path]?.version === entry.version
    // Binaries for other systems are rightly not there.
    || ((entry.optional || entry.devOptional) && !installed[path]))
}

export function provideDependencies() {
  if (areDependenciesFresh())
    return
  const release = takeTurn(join(tmpdir(), `ringside-npm-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}.lock`))
  try {
    // Whoever had the turn before may have done it.
    if (!areDependenciesFresh())
      installDependencies()
  }
  finally {
    release()
  }
}

function installDependencies() {
  say('installing the dependencies of package-lock.json (npm ci)')
  const result = spawnSync('npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (result.status !== 0)
    throw new SetupError('npm ci failed; see above')
}

/**
 * Waits until no other task of this clone installs: two at once would empty node_modules under each other.
 * @param {string} lock
 * @returns {() => void} gives the turn back
 */
function takeTurn(lock) {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    }
    catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST')
        throw error
    }
    const owner = existsSync(lock) ? readFileSync(lock, 'utf8') : ''
    // Empty for the moment between making it and writing into it.
    if (owner !== '' && !isRunning(Number(owner)))
      rmSync(lock, { force: true })
    else
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  }
}

function isRunning(/** @type {number} */ pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  }
  catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @returns {number} the newest modification time under a path */
function newest(/** @type {string} */ path) {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry)
    return 0
  if (!entry.isDirectory())
    return entry.mtimeMs
  return Math.max(entry.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))))
}

export function isBuildFresh(root = ROOT) {
  const windows = readdirSync(join(root, 'renderer/windows')).filter(name => existsSync(join(root, 'renderer/windows', name, 'index.html')))
  const built = [
    'out/main/index.js',
    'out/preload/index.cjs',
    ...windows.map(name => `out/renderer/windows/${name}/index.html`),
  ].map(path => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0)
  const sources = [
    'main',
    'preload',
    'renderer',
    'electron.config.ts',
    'package-lock.json',
    'package.json',
  ].map(path => newest(join(root, path)))
  return Math.min(...built) >= Math.max(...sources)
}

/**
 * Runs a program with the terminal of this one; answers its exit code.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, parameters, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, parameters, { cwd: ROOT, stdio: 'inherit', ...options })
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, forward)
    child.on('error', fail)
    child.on('close', (code, signal) => {
      for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.off(name, forward)
      done(code ?? (signal ? 1 : 0))
    })
  })
}
