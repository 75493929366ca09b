import { spawn } from 'node:child_process'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'

export type AsteriskVersion = '16' | '22'

/** An unpacked Asterisk with every library it needs, run in place. */
export interface AsteriskProgram {
  readonly version: AsteriskVersion
  /** As the program says it itself: `Asterisk 22.10.1~dfsg+…`. */
  readonly banner: string
  readonly root: string
  /** Runs a program of the folder with the folder's own libraries: `launch usr/sbin/asterisk …`. */
  readonly launch: string
  readonly modules: string
  readonly share: string
}

export type Provision
  = | { readonly ok: true, readonly program: AsteriskProgram }
    | { readonly ok: false, readonly reason: string }

/** Bumped when the folder would come out differently, so that an old one is not taken for a new one. */
const RECIPE = 2

const SOURCES: Record<AsteriskVersion, { readonly suites: readonly string[], readonly packages: readonly string[] }> = {
  16: {
    suites: ['bullseye'],
    packages: ['asterisk', 'asterisk-voicemail'],
  },
  22: {
    suites: ['forky', 'sid'],
    packages: ['asterisk'],
  },
}
const SOUNDS = ['asterisk-core-sounds-en-gsm', 'asterisk-moh-opsound-gsm']

/** Of the whole closure (160 packages) what our list of modules really maps: a fifth of the download. */
const NEEDED = /^(?:asterisk(?:-modules|-voicemail|-core-sounds-en-gsm|-moh-opsound-gsm)?|libasteriskpj|libbsd0|libc6|libcap2|libcrypt1|libedit2|libgcc-s1|libgsm1|libjansson4|libmd0|libsqlite3-0|libssl[\d.]+(?:t64)?|libstdc\+\+6|libsystemd0|libtinfo6|liburiparser1|libuuid1|libxml2.*|libxslt1\.1|libzstd1|zlib1g|libicu\d*|libgcrypt20|libgpg-error0|liblz4-1|liblzma5)$/

class Impossible extends Error {}

interface Answer { readonly code: number, readonly stdout: string, readonly stderr: string }

/** Runs a program to its end; -1 stands for one that could not be started. */
export function execute(command: string, parameters: readonly string[], options: { readonly cwd?: string } = {}): Promise<Answer> {
  return new Promise((done) => {
    const child = spawn(command, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', text => stdout += text)
    child.stderr.setEncoding('utf8').on('data', text => stderr += text)
    child.on('error', error => done({ code: -1, stdout, stderr: error.message }))
    child.on('close', code => done({ code: code ?? -1, stdout, stderr }))
  })
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)

/**
 * Holds a lock between processes for as long as the work lasts, one after the other. The kernel frees it when we die, since
 * the helper that holds it ends with our pipe: no lock is ever left behind.
 */
async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  await new Promise<void>((held, fail) => {
    holder.stdout.once('data', () => held())
    holder.once('error', error => fail(new Impossible(`no flock (package util-linux): ${error.message}`)))
    holder.once('exit', () => fail(new Impossible(`${file} could not be locked`)))
  })
  try {
    return await work()
  }
  finally {
    holder.stdin.end()
  }
}

async function debianMirrors(): Promise<readonly string[]> {
  const chosen = process.env.RINGSIDE_DEBIAN_MIRROR
  if (chosen)
    return [chosen]
  const { stdout } = await execute('apt-get', ['indextargets', '--format', '$(SITE) $(ORIGIN) $(IDENTIFIER)'])
  const own = stdout.split('\n').map(line => line.split(' ')).find(([, origin, kind]) => origin === 'Debian' && kind === 'Packages')?.[0]
  return [own ?? 'http://deb.debian.org/debian', 'http://archive.debian.org/debian']
}

/** An apt of its own that believes nothing is installed, so that it resolves everything down to libc, and needs no root. */
async function privateApt(folder: string, debs: string, source: string, architecture: string): Promise<(...parameters: string[]) => Promise<Answer>> {
  await Promise.all([
    'state/lists/partial',
    'etc/preferences.d',
    'etc/apt.conf.d',
    'dpkg',
  ].map(path => mkdir(join(folder, path), { recursive: true })))
  await mkdir(join(debs, 'partial'), { recursive: true })
  await writeFile(join(folder, 'dpkg/status'), '')
  await writeFile(join(folder, 'etc/sources.list'), `${source}\n`)
  const settings = {
    'Dir::State': join(folder, 'state'),
    'Dir::State::status': join(folder, 'dpkg/status'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Cache::archives': debs,
    'Dir::Etc': join(folder, 'etc'),
    'Dir::Etc::sourcelist': join(folder, 'etc/sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': 'root',
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    'APT::Install-Recommends': 'false',
    'Acquire::Languages': 'none',
    // A frozen mirror serves old, rightly signed lists.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Check-Date': 'false',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '15',
    // Lists that could not be fetched are a failure here, not a warning.
    'APT::Update::Error-Mode': 'any',
  }
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])
  return (...parameters) => execute('apt-get', [
    '-q',
    ...options,
    ...parameters,
  ], { cwd: debs })
}

/** Of all that apt says the first line that names what went wrong. */
function complaint(text: string): string {
  const lines = text.trim().split('\n')
  return lines.find(line => line.startsWith('E: ')) ?? lines.at(-1) ?? ''
}

/** The path of the folder's own dynamic loader; its links are followed by hand, since an absolute one would leave the folder. */
async function findLoader(root: string): Promise<string> {
  for (const folder of ['lib64', 'usr/lib64', 'lib', 'usr/lib']) {
    const name = (await readdir(join(root, folder)).catch(() => [])).find(entry => /^ld-linux.*\.so\.\d+$/.test(entry))
    if (!name)
      continue
    const { stdout } = await execute('readlink', [
      join(root, folder, name),
    ])
    const target = stdout.trim()
    if (!target)
      return join(folder, name)
    return target.startsWith('/')
      ? target.slice(1)
      : join(folder, target)
  }
  throw new Impossible('the packages brought no dynamic loader')
}

async function download(version: AsteriskVersion, work: string, mirror: string, suite: string): Promise<readonly string[]> {
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
  if (!await exists(keyring))
    throw new Impossible(`no ${keyring} (package debian-archive-keyring)`)
  const { stdout: architecture, code } = await execute('dpkg', ['--print-architecture'])
  if (code !== 0)
    throw new Impossible('no dpkg on this machine')
  const debs = join(work, 'debs')
  const apt = await privateApt(join(work, 'apt'), debs, `deb [arch=${architecture.trim()} signed-by=${keyring}] ${mirror} ${suite} main`, architecture.trim())
  const told = (what: string, answer: Answer): Impossible => new Impossible(`${what} (${mirror} ${suite}): ${complaint(answer.stderr)}`)
  const update = await apt('update')
  if (update.code !== 0)
    throw told('apt-get update failed', update)
  const closure = await apt('-y', '--print-uris', 'install', ...SOURCES[version].packages, ...SOUNDS)
  if (closure.code !== 0)
    throw told('no such Asterisk', closure)
  const all = [
    ...closure.stdout.matchAll(/^'[^']*' ([^_]+)_/gm),
  ].map(match => match[1] ?? '')
  const fetched = await apt('download', ...all.filter(name => NEEDED.test(name)))
  if (fetched.code !== 0)
    throw told('the download failed', fetched)
  return (await readdir(debs)).filter(name => name.endsWith('.deb')).map(name => join(debs, name))
}

/** Under the lock nobody else builds: what is there is of somebody who was ended in the middle. */
async function removeLeftovers(destination: string): Promise<void> {
  const folder = dirname(destination)
  const left = (await readdir(folder)).filter(name => name.startsWith(`${basename(destination)}.new-`))
  await Promise.all(left.map(name => rm(join(folder, name), { recursive: true, force: true })))
}

async function build(version: AsteriskVersion, destination: string): Promise<void> {
  await removeLeftovers(destination)
  const work = await mkdtemp(`${destination}.new-`)
  try {
    const failures: string[] = []
    for (const mirror of await debianMirrors()) {
      for (const suite of SOURCES[version].suites) {
        try {
          const debs = await download(version, work, mirror, suite)
          const root = join(work, 'root')
          await mkdir(root)
          for (const deb of debs) {
            const { code, stderr } = await execute('dpkg-deb', ['-x', deb, root])
            if (code !== 0)
              throw new Impossible(`dpkg-deb: ${stderr}`)
          }
          await finish(version, root)
          await rename(root, destination)
          return
        }
        catch (error) {
          if (!(error instanceof Impossible))
            throw error
          failures.push(error.message)
          await rm(join(work, 'debs'), { recursive: true, force: true })
          await rm(join(work, 'root'), { recursive: true, force: true })
        }
      }
    }
    throw new Impossible(failures.join('; '))
  }
  finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Does by hand what the packages' own scripts would have done, and tries the program. */
async function finish(version: AsteriskVersion, root: string): Promise<void> {
  const sounds = join(root, 'usr/share/asterisk/sounds')
  // Without this link every Playback fails.
  if (await exists(join(sounds, 'en_US_f_Allison')) && !await exists(join(sounds, 'en')))
    await symlink('en_US_f_Allison', join(sounds, 'en'))
  const loader = await findLoader(root)
  const triplet = (await readdir(join(root, 'usr/lib'))).find(name => name.endsWith('-linux-gnu')) ?? ''
  await writeFile(join(root, 'launch'), `#!/bin/sh
R=$(cd "$(dirname "$0")" && pwd); program=$1; shift
exec "$R/${loader}" --inhibit-cache --library-path "$R/lib/${triplet}:$R/usr/lib/${triplet}:$R/lib:$R/usr/lib" "$R/$program" "$@"
`, { mode: 0o755 })
  const { stdout, stderr } = await execute(join(root, 'launch'), ['usr/sbin/asterisk', '-V'])
  const banner = stdout.trim()
  if (!banner.startsWith(`Asterisk ${version}.`))
    throw new Impossible(`not an Asterisk ${version}: ${banner || stderr.trim()}`)
  const places = [
    join('usr/lib', triplet, 'asterisk/modules'),
    'usr/lib/asterisk/modules',
  ]
  const there = await Promise.all(places.map(place => exists(join(root, place))))
  const modules = places.find((_, index) => there[index])
  if (!modules)
    throw new Impossible('the packages brought no modules')
  await writeFile(join(root, 'ringside.json'), JSON.stringify({ recipe: RECIPE, banner, modules }))
}

async function read(version: AsteriskVersion, root: string): Promise<AsteriskProgram | null> {
  const text = await readFile(join(root, 'ringside.json'), 'utf8').catch(() => null)
  if (text === null)
    return null
  const { recipe, banner, modules } = JSON.parse(text) as { recipe: number, banner: string, modules: string }
  if (recipe !== RECIPE)
    return null
  return {
    version,
    banner,
    root,
    launch: join(root, 'launch'),
    modules: join(root, modules),
    share: join(root, 'usr/share/asterisk'),
  }
}

/** A failure of the last minute: the files of one run that need this server do not all wait for the same dead mirror. */
async function recentFailure(note: string): Promise<string | null> {
  const about = await stat(note).catch(() => null)
  return about && Date.now() - about.mtimeMs < 60_000
    ? readFile(note, 'utf8')
    : null
}

async function buildAlone(version: AsteriskVersion, root: string): Promise<AsteriskProgram | null> {
  const made = await read(version, root)
  if (made)
    return made
  const note = `${root}.failed`
  const failure = await recentFailure(note)
  if (failure !== null)
    throw new Impossible(failure)
  await rm(root, { recursive: true, force: true })
  try {
    await build(version, root)
  }
  catch (error) {
    if (error instanceof Impossible)
      await writeFile(note, error.message)
    throw error
  }
  await rm(note, { force: true })
  return read(version, root)
}

/**
 * A real Asterisk from the Debian archive, unpacked once into the cache (30 MB of download); no root and no container needed.
 * What is unpacked was signed by Debian. Where it cannot be had the reason says why.
 */
export async function provisionAsterisk(version: AsteriskVersion): Promise<Provision> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ringside/asterisk')
  const root = join(cache, version)
  try {
    const there = await read(version, root)
    if (there)
      return { ok: true, program: there }
    if (process.platform !== 'linux')
      throw new Impossible(`Asterisk does not run on ${process.platform}`)
    await mkdir(cache, { recursive: true }).catch((error: Error) => {
      throw new Impossible(`no place for it: ${error.message}`)
    })
    const program = await alone(`${root}.lock`, () => buildAlone(version, root))
    if (!program)
      throw new Impossible(`${root} is incomplete`)
    return { ok: true, program }
  }
  catch (error) {
    if (!(error instanceof Impossible))
      throw error
    return { ok: false, reason: `Asterisk ${version} cannot be had here: ${error.message}` }
  }
}
