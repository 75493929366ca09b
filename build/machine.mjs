// What the machine must bring, and how it gets it: apt where we may, else the one line to type.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { say } from './say.mjs'

/**
 * One thing that a task needs from the operating system.
 * @typedef {object} Need
 * @property {string} name what is looked for
 * @property {() => boolean} isThere
 * @property {readonly [string, string?]} packages its Debian 12 package, and its name from Debian 13 and Ubuntu 24.04 on where that differs
 * @property {string} without what does not work without it
 */

/** The newer distributions renamed the libraries that carry a 64-bit time_t. */
function hasTime64Names() {
  try {
    const release = readFileSync('/etc/os-release', 'utf8')
    const id = /^ID="?(\w+)/m.exec(release)?.[1]
    const version = Number(/^VERSION_ID="?([\d.]+)/m.exec(release)?.[1] ?? Number.NaN)
    return (id === 'ubuntu' && version >= 24.04) || (id === 'debian' && !(version < 13))
  }
  catch {
    return false
  }
}

/** Where a program of this name lies in PATH, or null. */
export function whichProgram(/** @type {string} */ name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    }
    catch {}
  }
  return null
}

/**
 * @param {string} name
 * @param {string} packageName
 * @param {string} without
 * @returns {Need}
 */
function program(name, packageName, without) {
  return {
    name,
    isThere: () => whichProgram(name) !== null,
    packages: [packageName],
    without,
  }
}

/**
 * A library that Electron opens by itself, so that ldd does not show it.
 * @param {string} soname
 * @param {string} packageName
 * @param {string} without
 * @returns {Need}
 */
function library(soname, packageName, without) {
  return {
    name: soname,
    isThere: () => (spawnSync('ldconfig', ['-p'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
    }).stdout ?? '').includes(`${soname} `),
    packages: [packageName],
    without,
  }
}

/**
 * @param {string} folder
 * @param {string} packageName
 * @param {string} without
 * @returns {Need}
 */
function files(folder, packageName, without) {
  return {
    name: folder,
    isThere: () => existsSync(folder),
    packages: [packageName],
    without,
  }
}

/** What a virtual desktop is made of. */
export const DESKTOP = [
  program('Xvfb', 'xvfb', 'no virtual display: the tests in windows'),
  program('dbus-daemon', 'dbus', 'no session bus: the tests in windows'),
  program('openbox', 'openbox', 'no window manager: the tests in windows'),
  program('xprop', 'x11-utils', 'the tests in windows'),
  program('xdotool', 'xdotool', 'the tests that press keys and watch the focus'),
  program('import', 'imagemagick', 'pictures of the desktop'),
  program('strace', 'strace', 'the test that watches every socket'),
  program('gnome-keyring-daemon', 'gnome-keyring', 'the test with a real key store'),
  program('xdg-mime', 'xdg-utils', 'the tests of tel: links'),
  program('update-desktop-database', 'desktop-file-utils', 'the tests of tel: links'),
  library('libnotify.so.4', 'libnotify4', 'notifications'),
  library('libsecret-1.so.0', 'libsecret-1-0', 'the key store'),
  files('/usr/share/fonts/truetype/dejavu', 'fonts-dejavu-core', 'readable pictures'),
  files('/usr/share/fonts/truetype/noto', 'fonts-noto-core', 'names in other scripts in pictures'),
  files('/usr/share/fonts-droid-fallback', 'fonts-droid-fallback', 'Chinese, Japanese and Korean names in pictures'),
]

/** What fetching and running a real Asterisk takes. */
export const ASTERISK = [
  program('openssl', 'openssl', 'the tests with a real Asterisk'),
  files('/usr/share/keyrings/debian-archive-keyring.gpg', 'debian-archive-keyring', 'the tests with a real Asterisk'),
]

/** What making packages takes where the tools of electron-builder cannot be downloaded. */
export const PACKAGING = [
  program('7za', 'p7zip-full', 'packages'),
  program('dpkg-deb', 'dpkg', 'the deb'),
  program('rpmbuild', 'rpm', 'the rpm'),
]

const canInstall = () => process.platform === 'linux' && process.getuid?.() === 0 && whichProgram('apt-get') !== null

/** The line a person types to get these packages. */
export function aptLine(/** @type {readonly string[]} */ packages) {
  return `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/** The name of a package on this machine, of its names on older and newer distributions. */
export function packageName(/** @type {readonly [string, string?]} */ [older, newer]) {
  return newer && hasTime64Names()
    ? newer
    : older
}

/**
 * Installs packages when we may; answers whether that was done.
 * @param {readonly string[]} packages
 */
export function install(packages) {
  if (!canInstall())
    return false
  say(`installing ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {string[]} */ ...args) => spawnSync('apt-get', args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 })
  const lists = '/var/lib/apt/lists'
  if (!existsSync(lists) || !readdirSync(lists).some(name => name.endsWith('Packages') || /_Packages(?:\.\w+)?$/.test(name)))
    apt('-q', 'update')
  const arguments_ = [
    '-q',
    'install',
    '-y',
    '--no-install-recommends',
    '-o',
    'DPkg::Lock::Timeout=120',
    ...packages,
  ]
  let result = apt(...arguments_)
  if (result.status !== 0) {
    // Old lists name files that the mirror no longer has.
    apt('-q', 'update')
    result = apt(...arguments_)
  }
  if (result.status === 0)
    return true
  say(`apt-get could not install them: ${result.stderr.trim().split('\n').slice(-3).join(' ')}`)
  return false
}

/**
 * Makes sure that needs are met. What stays missing is named with the line that installs it, and returned.
 * @param {readonly Need[]} needs
 */
export function provide(needs) {
  if (process.platform !== 'linux')
    return []
  const missing = needs.filter(need => !need.isThere())
  if (missing.length === 0)
    return []
  const packages = [
    ...new Set(missing.map(need => packageName(need.packages))),
  ]
  if (install(packages))
    return needs.filter(need => !need.isThere())
  say(`not there: ${missing.map(need => need.name).join(', ')}. Without: ${[
    ...new Set(missing.map(need => need.without)),
  ].join('; ')}.`)
  say(`this line installs it (as root): ${aptLine(packages)}`)
  return missing
}

/** X servers of ordinary users cannot make the folder of their sockets themselves. */
export function provideSocketFolder() {
  if (process.getuid?.() !== 0 || existsSync('/tmp/.X11-unix'))
    return
  mkdirSync('/tmp/.X11-unix')
  spawnSync('chmod', ['1777', '/tmp/.X11-unix'])
}
