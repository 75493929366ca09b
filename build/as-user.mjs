// An ordinary user for the tests in windows, because Chromium's sandbox is off for root and people are not root.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { whichProgram } from './machine.mjs'
import { ROOT } from './project.mjs'
import { say } from './say.mjs'

const NAME = 'ringside-test'
const CAP_SYS_ADMIN = 21n

/**
 * @typedef {object} Stage where the tests in windows run, and as whom
 * @property {string} root the work tree
 * @property {string} electron the executable
 * @property {readonly string[]} prefix what comes before a command to run it as that user
 * @property {Record<string, string>} env
 * @property {(paths: readonly string[]) => void} give lets the user write there
 * @property {() => void} end
 */

/** @returns {{ uid: number, gid: number, home: string } | null} the user, made when he is not there yet */
function provideUser() {
  const entry = () => spawnSync('getent', ['passwd', NAME], { encoding: 'utf8' }).stdout?.trim().split(':') ?? []
  if (entry().length < 6) {
    spawnSync('useradd', [
      '--create-home',
      '--shell',
      '/bin/sh',
      '--comment',
      'Ringside tests',
      NAME,
    ])
  }
  const [, , uid, gid, , home] = entry()
  return uid && gid && home
    ? {
        uid: Number(uid),
        gid: Number(gid),
        home,
      }
    : null
}

function hasSystemAdministration() {
  const mask = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return mask !== undefined && (BigInt(`0x${mask}`) >> CAP_SYS_ADMIN & 1n) === 1n
}

/**
 * Prepares the run of tests in windows. Root gets an ordinary user with a clean environment; everybody else stays who he is.
 * A tree or an Electron that this user could not read is copied to where he can.
 * @param {string} executable Electron's
 * @returns {Stage}
 */
export function setStage(executable) {
  const asIs = {
    root: ROOT,
    electron: executable,
    prefix: [],
    env: {},
    give: () => {},
    end: () => {},
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return asIs
  const user = whichProgram('setpriv')
    ? provideUser()
    : null
  if (!user) {
    say('no ordinary user can be made here: the tests in windows run as root, without Chromium\'s sandbox')
    return asIs
  }
  const prefix = [
    'setpriv',
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--init-groups',
    '--',
  ]
  const asUser = (/** @type {readonly string[]} */ ...command) => spawnSync(prefix[0] ?? '', [
    ...prefix.slice(1),
    ...command,
  ]).status === 0
  const canRead = (/** @type {readonly string[]} */ ...paths) => paths.every(path => !existsSync(path) || asUser('test', '-r', path))
  /** @type {string[]} */
  const made = []

  // What the tests fetch themselves goes there, too.
  const cache = join(user.home, '.cache/ringside')
  mkdirSync(cache, { recursive: true })
  for (const path of [join(cache, '..'), cache]) chownSync(path, user.uid, user.gid)

  let dist = join(executable, '..')
  if (!canRead(executable, join(dist, 'resources.pak'))) {
    const copy = join(cache, `electron-${readFileSync(join(dist, 'version'), 'utf8').trim()}`)
    if (!existsSync(copy)) {
      const work = mkdtempSync(join(cache, 'copy-'))
      chmodSync(work, 0o755)
      // Links cost neither time nor space where the file systems allow them.
      if (spawnSync('cp', ['-al', `${dist}/.`, work]).status !== 0)
        spawnSync('cp', ['-a', `${dist}/.`, work])
      spawnSync('mv', ['-T', work, copy])
      rmSync(work, { recursive: true, force: true })
    }
    dist = copy
  }

  let root = ROOT
  if (!canRead(ROOT, join(ROOT, 'package.json'), join(ROOT, 'test/electron'), join(ROOT, 'out/main/index.js'), join(ROOT, 'node_modules/@playwright/test/package.json'))) {
    root = mkdtempSync('/var/tmp/ringside-tree-')
    made.push(root)
    spawnSync('cp', ['-a', `${ROOT}/.`, root])
    spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, root])
    chmodSync(root, 0o755)
  }

  const runtime = mkdtempSync('/tmp/ringside-run-')
  made.push(runtime)
  chmodSync(runtime, 0o700)
  chownSync(runtime, user.uid, user.gid)
  return {
    root,
    electron: join(dist, 'electron'),
    prefix,
    env: {
      HOME: user.home,
      USER: NAME,
      LOGNAME: NAME,
      SHELL: '/bin/sh',
      LANG: 'C.UTF-8',
      PATH: '/usr/local/bin:/usr/bin:/bin',
      XDG_RUNTIME_DIR: runtime,
      TMPDIR: '/tmp',
      ...(sandboxWay(dist, asUser) === 'none'
        ? { RINGSIDE_NO_SANDBOX: '1' }
        : {}),
    },
    give: paths => paths.forEach(path => chownSync(path, user.uid, user.gid)),
    end: () => {
      for (const path of made) rmSync(path, { recursive: true, force: true })
    },
  }
}

/**
 * How Chromium's sandbox can be had: user namespaces, else its helper that root must own.
 * @param {string} dist
 * @param {(...command: string[]) => boolean} asUser
 */
function sandboxWay(dist, asUser) {
  if (asUser('unshare', '--user', '--map-root-user', 'true'))
    return 'namespaces'
  if (hasSystemAdministration()) {
    const helper = join(dist, 'chrome-sandbox')
    // Own bytes: the file may be a link to one that others use.
    const bytes = `${helper}.own`
    cpSync(helper, bytes)
    chownSync(bytes, 0, 0)
    chmodSync(bytes, 0o4755)
    spawnSync('mv', [bytes, helper])
    say('user namespaces are closed here: Chromium\'s sandbox runs by its setuid helper')
    return 'setuid'
  }
  say('NOTE: this container allows no sandbox of Chromium at all; the tests in windows run without it')
  return 'none'
}
