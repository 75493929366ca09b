import type { ChildProcess } from 'node:child_process'
import type { Socket as Datagram } from 'node:dgram'
import type { Server } from 'node:net'
import type { Account, PhoneName, Ports } from './config.ts'
import type { Behaviour, Phone } from './phone.ts'
import type { AsteriskProgram, AsteriskVersion } from './provision.ts'
import { spawn } from 'node:child_process'
import { randomBytes, X509Certificate } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { watch } from 'node:fs'
import { access, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { moduleNames, PHONES, TRUNK_HOST, writeConfig } from './config.ts'
import { startPhone } from './phone.ts'
import { execute, provisionAsterisk } from './provision.ts'

export interface StartOptions {
  readonly version: AsteriskVersion
  /** How long 1001–1004 ring before voicemail answers; when left out longer than any test needs, however slow the machine. */
  readonly ringSeconds?: number
  /** More lines for the [general] part of manager.conf, such as `timestampevents = yes`. */
  readonly managerGeneral?: string
}

export interface Credentials { readonly username: Account, readonly secret: string }

const ACCOUNTS: readonly Account[] = [
  'companion',
  'reporter',
  'recorder',
  'admin',
  'readonly',
  'dialless',
  'single',
  'elsewhere',
]

/** Nobody waits for it: a test that wants voicemail to answer says so by `letRing`. */
const RING_SECONDS = 120

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)

/** Servers that would outlive this process if it died early. */
const living = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

function portOf(socket: Datagram | Server): number {
  const address = socket.address()
  if (address === null || typeof address === 'string')
    throw new Error('a socket without a port')
  return address.port
}

/** Below the range from which systems give out ports: nobody is given one between our look and its use. Each worker of a run has its own. */
const FIRST_PORT = 30_000
const PORTS_OF_A_WORKER = 300
const MOST_WORKERS = 9
/** Other runs at the same time begin somewhere else. */
let lastPort = Math.floor(Math.random() * PORTS_OF_A_WORKER)

/** Takes one of our ports that is free. */
async function reserve<Bound>(bind: (port: number) => Promise<Bound>): Promise<Bound> {
  for (let tries = 1; ; tries++) {
    lastPort = (lastPort + 1) % PORTS_OF_A_WORKER
    const worker = Number(process.env.VITEST_POOL_ID ?? 0) % MOST_WORKERS
    try {
      return await bind(FIRST_PORT + worker * PORTS_OF_A_WORKER + lastPort)
    }
    catch (error) {
      if (tries === PORTS_OF_A_WORKER)
        throw error
    }
  }
}

function reserveUdp(host: string): Promise<Datagram> {
  return reserve(async (port) => {
    const socket = createSocket('udp4')
    await new Promise<void>((bound, fail) => socket.once('error', fail).bind(port, host, bound))
    return socket
  })
}

function reserveTcp(): Promise<Server> {
  return reserve(async (port) => {
    const server = createServer()
    await new Promise<void>((bound, fail) => server.once('error', fail).listen(port, '127.0.0.1', bound))
    return server
  })
}

/** Ports that were free a moment ago, all different. */
async function findPorts(): Promise<Ports> {
  const tcp = await Promise.all([
    reserveTcp(),
    reserveTcp(),
  ])
  const udp = await Promise.all([
    '127.0.0.1',
    '127.0.0.1',
    ...PHONES.map(name => name === 'trunk'
      ? TRUNK_HOST
      : '127.0.0.1'),
  ].map(reserveUdp))
  const [ami = 0, amiTls = 0] = tcp.map(portOf)
  const [sip = 0, legacySip = 0, ...phones] = udp.map(portOf)
  await Promise.all([
    ...tcp,
    ...udp,
  ].map(socket => new Promise<void>(done => socket.close(() => done()))))
  // Below the range from which systems give out ports; Asterisk tries another one when one is taken.
  const rtp = 10_000 + Math.floor(Math.random() * 100) * 200
  return {
    ami,
    amiTls,
    sip,
    legacySip,
    rtp,
    phones: Object.fromEntries(PHONES.map((name, index) => [name, phones[index] ?? 0])) as Record<PhoneName, number>,
  }
}

/** Resolves when a file is there. */
async function appearance(folder: string, name: string): Promise<void> {
  const seen = Promise.withResolvers<void>()
  const watcher = watch(folder, () => void exists(join(folder, name)).then(there => there && seen.resolve()))
  try {
    if (!await exists(join(folder, name)))
      await seen.promise
  }
  finally {
    watcher.close()
  }
}

/** A running Asterisk on loopback ports of its own, with an office of phones, voicemail, a queue and parking. */
export class AsteriskServer {
  readonly version: AsteriskVersion
  /** As the program says it itself. */
  readonly banner: string
  readonly host = '127.0.0.1'
  readonly ports: Ports
  readonly credentials: Readonly<Record<Account, Credentials>>
  /** Everything the server writes; gone after `stop`. */
  readonly folder: string
  readonly #program: AsteriskProgram
  readonly #phones = new Set<Phone>()
  readonly #ringSeconds: number
  #certificate: string
  #isRingingOtherwise = false
  #child: ChildProcess | null = null
  #exited: Promise<void> = Promise.resolve()

  constructor(program: AsteriskProgram, folder: string, ports: Ports, secrets: Readonly<Record<Account, string>>, certificate: string, ringSeconds: number) {
    this.#ringSeconds = ringSeconds
    this.version = program.version
    this.banner = program.banner
    this.#program = program
    this.folder = folder
    this.ports = ports
    this.credentials = Object.fromEntries(ACCOUNTS.map(username => [
      username,
      { username, secret: secrets[username] },
    ])) as Record<Account, Credentials>
    this.#certificate = certificate
  }

  /** The self-signed certificate of the TLS port (PEM), for `localhost` and `127.0.0.1`. */
  get certificate(): string {
    return this.#certificate
  }

  /** SHA-256 of the certificate, as people compare it: `AB:CD:…`. */
  get fingerprint(): string {
    return new X509Certificate(this.#certificate).fingerprint256
  }

  get isRunning(): boolean {
    return this.#child !== null
  }

  /** Starts the program and resolves once Asterisk says that it is fully booted. */
  async start(): Promise<void> {
    const out = await open(join(this.folder, 'log/output'), 'a')
    const child = spawn(this.#program.launch, [
      'usr/sbin/asterisk',
      '-f',
      '-C',
      join(this.folder, 'etc/asterisk.conf'),
    ], {
      cwd: this.folder,
      stdio: ['ignore', out.fd, out.fd],
      // The folder's libc must not load the character sets of the machine's.
      env: { ...process.env, GCONV_PATH: '/nonexistent' },
    })
    this.#child = child
    living.add(child)
    this.#exited = new Promise(resolve => child.once('close', () => {
      living.delete(child)
      this.#child = null
      resolve()
    }))
    await out.close()
    const failed = this.#exited.then(async () => {
      throw new Error(`Asterisk ${this.version} ended while it started:\n${await readFile(join(this.folder, 'log/output'), 'utf8')}`)
    })
    await Promise.race([
      this.#booted(child),
      failed,
    ])
    failed.catch(() => {})
    const log = await readFile(join(this.folder, 'log/messages'), 'utf8').catch(() => '')
    const bad = log.split('\n').filter(line => /Error loading module|failed to bind|Unable to bind|Address already in use/i.test(line))
    if (bad.length > 0)
      throw new Error(`Asterisk ${this.version} did not come up whole:\n${bad.join('\n')}`)
  }

  /** What `asterisk -rx COMMAND` prints. */
  async cli(command: string): Promise<string> {
    const { stdout, stderr } = await execute(this.#program.launch, [
      'usr/sbin/asterisk',
      '-C',
      join(this.folder, 'etc/asterisk.conf'),
      '-rx',
      command,
    ])
    return stdout + stderr
  }

  /** From now on 1001–1004 ring so long before voicemail answers; `letRing()` is as in the beginning. */
  async letRing(seconds = this.#ringSeconds): Promise<void> {
    if (seconds === this.#ringSeconds && !this.#isRingingOtherwise)
      return
    this.#isRingingOtherwise = seconds !== this.#ringSeconds
    await this.cli(`dialplan set global RINGTIME ${seconds}`)
  }

  /** Plugs in one of the phones that the configuration expects; it is unplugged with the server. */
  async phone(name: PhoneName, behaviour: Behaviour = 'ring'): Promise<Phone> {
    return this.#plug(await startPhone({
      user: name,
      at: {
        host: name === 'trunk'
          ? TRUNK_HOST
          : this.host,
        port: this.ports.phones[name],
      },
      server: {
        host: this.host,
        port: name === '2001'
          ? this.ports.legacySip
          : this.ports.sip,
      },
      behaviour,
    }))
  }

  /** The phone of 1004, which has no fixed place: it must `register` first. */
  async roamingPhone(behaviour: Behaviour = 'ring'): Promise<Phone> {
    return this.#plug(await startPhone({
      user: '1004',
      at: { host: this.host, port: 0 },
      server: { host: this.host, port: this.ports.sip },
      password: 'phone-1004',
      behaviour,
    }))
  }

  /** Resolves when voicemail has recorded more than a second for this mailbox, so that hanging up leaves a message. */
  async recorded(mailbox: string): Promise<void> {
    const folder = join(this.folder, 'spool/voicemail/default', mailbox, 'tmp')
    await mkdir(folder, { recursive: true })
    const seen = Promise.withResolvers<void>()
    // 8000 samples of 16 bits are a second.
    const look = async (): Promise<void> => {
      for (const name of (await readdir(folder)).filter(file => file.endsWith('.wav'))) {
        const { size } = await stat(join(folder, name)).catch(() => ({ size: 0 }))
        if (size > 20_000)
          seen.resolve()
      }
    }
    const watcher = watch(folder, () => void look())
    await look()
    await seen.promise
    watcher.close()
  }

  /** Resolves when the full log has a line like this, now or later. */
  async logged(pattern: RegExp): Promise<void> {
    const folder = join(this.folder, 'log')
    const seen = Promise.withResolvers<void>()
    const look = async (): Promise<void> => {
      if (pattern.test(await readFile(join(folder, 'full'), 'utf8')))
        seen.resolve()
    }
    const watcher = watch(folder, () => void look().catch(seen.reject))
    await look()
    await seen.promise
    watcher.close()
  }

  /** Listens to the full log from now on; the answer tells what has been written since. */
  async listen(): Promise<() => Promise<string>> {
    const path = join(this.folder, 'log/full')
    const { size } = await stat(path)
    return async () => (await readFile(path)).subarray(size).toString()
  }

  /** Resolves when no channel is left. */
  async silent(): Promise<void> {
    while (this.isRunning && !/^0 active channels/m.test(await this.cli('core show channels count'))) {
      // The command itself takes its time.
    }
  }

  /** An orderly end and a new start on the same ports; voicemail and the database stay. */
  async restart(): Promise<void> {
    await this.#halt()
    await this.start()
  }

  /** A new key and certificate, as after a new installation; the server is restarted for it. */
  async renewCertificate(): Promise<void> {
    await this.#halt()
    this.#certificate = await makeCertificate(join(this.folder, 'etc'))
    await this.start()
  }

  /** The process is gone without a word (SIGKILL); `start` brings it back. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#exited
    // The socket of a dead server would look like a living one.
    await rm(join(this.folder, 'run/asterisk.ctl'), { force: true })
  }

  /** Stops the server and its phones and removes what they wrote. */
  async stop(): Promise<void> {
    await this.#halt()
    await Promise.all([...this.#phones].map(phone => phone.stop()))
    this.#phones.clear()
    await rm(this.folder, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  #plug(phone: Phone): Phone {
    this.#phones.add(phone)
    return phone
  }

  async #halt(): Promise<void> {
    const child = this.#child
    if (!child)
      return
    const last = setTimeout(() => child.kill('SIGKILL'), 5000)
    await this.cli('core stop now')
    await this.#exited
    clearTimeout(last)
    await rm(join(this.folder, 'run/asterisk.ctl'), { force: true })
  }

  async #booted(child: ChildProcess): Promise<void> {
    await appearance(join(this.folder, 'run'), 'asterisk.ctl')
    // The socket is there a moment before somebody listens; the command itself waits for the boot.
    while (child.exitCode === null && child.signalCode === null) {
      if (/fully booted/i.test(await this.cli('core waitfullybooted')))
        return
    }
  }
}

async function makeCertificate(folder: string): Promise<string> {
  const { code, stderr } = await execute('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    join(folder, 'cert.pem'),
  ])
  if (code !== 0)
    throw new Error(`openssl: ${stderr}`)
  return readFile(join(folder, 'cert.pem'), 'utf8')
}

async function startOnce(program: AsteriskProgram, options: StartOptions): Promise<AsteriskServer> {
  // The path of its control socket may have 108 bytes.
  const folder = await mkdtemp(join(tmpdir().length < 40
    ? tmpdir()
    : '/tmp', 'ringside-asterisk-'))
  try {
    await Promise.all([
      'etc',
      'lib/keys',
      'db',
      'keys',
      'agi',
      'run',
      'log/cdr-csv',
      'log/cdr-custom',
      'spool/voicemail',
      'spool/monitor',
      'spool/tmp',
      'spool/outgoing',
    ].map(path => mkdir(join(folder, path), { recursive: true })))
    const ports = await findPorts()
    const { ringSeconds = RING_SECONDS } = options
    // Secrets of its own: whoever connects to a wrong server is not let in.
    const secrets = Object.fromEntries(ACCOUNTS.map(name => [
      name,
      randomBytes(9).toString('hex'),
    ])) as Record<Account, string>
    const there = new Set(await readdir(program.modules))
    const files = writeConfig({
      version: program.version,
      run: folder,
      modules: program.modules,
      share: program.share,
      ports,
      secrets,
      ringSeconds,
      ...(options.managerGeneral === undefined
        ? {}
        : { managerGeneral: options.managerGeneral }),
    }, moduleNames(program.version).filter(name => there.has(`${name}.so`)))
    const [certificate] = await Promise.all([
      makeCertificate(join(folder, 'etc')),
      ...Object.entries(files).map(([name, text]) => writeFile(join(folder, 'etc', name), text)),
    ])
    const server = new AsteriskServer(program, folder, ports, secrets, certificate, ringSeconds)
    try {
      await server.start()
      return server
    }
    catch (error) {
      await server.kill()
      throw error
    }
  }
  catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** A real Asterisk on free ports of loopback, fully booted. Ask `provisionAsterisk` first whether it can be had here. */
export async function startAsterisk(options: StartOptions): Promise<AsteriskServer> {
  const provision = await provisionAsterisk(options.version)
  if (!provision.ok)
    throw new Error(provision.reason)
  try {
    return await startOnce(provision.program, options)
  }
  catch {
    // Somebody may have taken a port in the moment between looking and using it; a second failure is a real one.
    return startOnce(provision.program, options)
  }
}
