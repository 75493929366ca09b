import type { OnReadOpts, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '../../clock.ts'
import type { Connect, Transport, TransportEvents } from './transport.ts'
import { Buffer } from 'node:buffer'
import { X509Certificate } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import net from 'node:net'
import tls from 'node:tls'
import { systemClock } from '../../clock.ts'
import { AppError } from '../../errors.ts'
import { factsOf, judge } from './certificate.ts'
import { gather } from './gather.ts'
import { connectError, nameOf, tlsError } from './socket-error.ts'

interface ConnectTarget {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** SHA-256 of the one certificate to accept, `AB:CD:…`; null: the authorities decide. */
  readonly fingerprint: string | null
  /** PEM of a private authority, trusted besides those of the system. */
  readonly authority: string | null
}

/** The socket must be open, and then the handshake done, within this time each. */
const PATIENCE_MS = 10_000
/** One of several addresses gets this long before the next is tried: a slow route is not a dead one. */
const ADDRESS_MS = 2500
/** The operating system probes a silent peer after this long; the session's own ping is faster, this is for a stopped process. */
const KEEPALIVE_MS = 30_000
const READ_BYTES = 65_536

/** Opens a socket to `target`; with TLS nothing is read or written before its certificate is accepted. */
export function connectTo(target: ConnectTarget, clock: Clock = systemClock): Connect {
  return async (events, signal) => {
    if (target.tls)
      return transportOver(await secure(await openSocket(target, clock, signal), target, clock, signal), events, clock)
    const intake = createIntake()
    return transportOver(await openSocket(target, clock, signal, intake), events, clock, intake)
  }
}

/** The first address of a name; rejects with `name-not-found`. */
export async function lookupHost(host: string): Promise<string> {
  try {
    return (await lookup(host)).address
  }
  catch (error) {
    throw connectError(error, { host })
  }
}

/** Where Node reads into when it must be able to stop: a socket with a buffer of its own stops for good when paused, others go on reading ahead. */
interface Intake {
  readonly onread: OnReadOpts
  /** Whoever takes the pieces; what came before waits for them. */
  readonly lead: (take: (piece: Buffer) => void) => void
}

function createIntake(): Intake {
  const early: Buffer[] = []
  let take = (piece: Buffer): void => void early.push(piece)
  return {
    onread: {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback(length, buffer) {
        take(Buffer.from(buffer.subarray(0, length)))
        return true
      },
    },
    lead(to) {
      take = to
      early.splice(0).forEach(to)
    },
  }
}

function openSocket({ host, port }: ConnectTarget, clock: Clock, signal: AbortSignal, intake?: Intake): Promise<Socket> {
  const server = { host, port }
  const socket = net.connect({
    host,
    port,
    ...(intake && { onread: intake.onread }),
    autoSelectFamilyAttemptTimeout: ADDRESS_MS,
    keepAlive: true,
    keepAliveInitialDelay: KEEPALIVE_MS,
    noDelay: true,
  })
  return ready(socket, 'connect', {
    clock,
    signal,
    late: () => new AppError('connect-timeout', `${nameOf(server)} does not answer`, { retriable: true, details: server }),
    failed: error => connectError(error, server),
  })
}

async function secure(socket: Socket, target: ConnectTarget, clock: Clock, signal: AbortSignal): Promise<TLSSocket> {
  const server = { host: target.host, port: target.port }
  const secured = startTls(socket, target)
  await ready(secured, 'secureConnect', {
    clock,
    signal,
    late: () => tlsError(new Error('the server does not answer the handshake'), server),
    failed: error => tlsError(error, server),
  })
  const refusal = judge(factsOf(secured.getPeerCertificate()), target.fingerprint, distrustOf(secured), server)
  if (refusal !== null) {
    secured.destroy()
    throw refusal
  }
  return secured
}

function startTls(socket: Socket, { host, port, authority }: ConnectTarget): TLSSocket {
  try {
    // Node passes over what is no certificate; then nobody would know why the server is not trusted.
    const authorities = authority === null ? [] : [new X509Certificate(authority).toString()]
    return tls.connect({
      socket,
      host,
      // RFC 6066 forbids addresses here.
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...authorities],
      // The verdict is ours, in `judge`: a pin must be able to overrule the authorities, and a refusal must show the certificate.
      rejectUnauthorized: false,
    })
  }
  catch (error) {
    // An authority that is no PEM.
    socket.destroy()
    throw tlsError(error, { host, port })
  }
}

/** Why the authorities or the host name speak against the peer. */
function distrustOf(socket: TLSSocket): string | null {
  if (socket.authorized)
    return null
  // Typed as Error, but Node stores the code of the error here.
  const why: unknown = socket.authorizationError
  return why instanceof Error ? why.message : String(why)
}

interface Readiness {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly late: () => AppError
  readonly failed: (error: unknown) => AppError
}

/** The socket once `event` has come; else it is destroyed and the reason thrown. */
function ready<Opened extends Socket>(socket: Opened, event: 'connect' | 'secureConnect', { clock, signal, late, failed }: Readiness): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const stopClock = clock.after(PATIENCE_MS, () => fail(late()))
    const settle = (): void => {
      stopClock()
      signal.removeEventListener('abort', onAbort)
      socket.off(event, onReady)
      socket.off('close', onClose)
    }
    function fail(error: AppError): void {
      settle()
      // It may complain once more; the reason is known already.
      socket.on('error', () => {})
      socket.off('error', onError)
      socket.destroy()
      reject(error)
    }
    function onError(error: Error): void {
      fail(failed(error))
    }
    function onClose(): void {
      fail(failed(new Error('the server closed the connection')))
    }
    function onAbort(): void {
      fail(new AppError('cancelled', 'The attempt to connect was given up'))
    }
    function onReady(): void {
      settle()
      socket.off('error', onError)
      resolve(socket)
    }
    socket.on('error', onError)
    socket.on('close', onClose)
    socket.on(event, onReady)
    if (signal.aborted)
      onAbort()
    else
      signal.addEventListener('abort', onAbort, { once: true })
  })
}

function transportOver(socket: Socket, events: TransportEvents, clock: Clock, intake?: Intake): Transport {
  let failure: Error | null = null
  let closed = false
  const gathering = gather(bytes => events.onData(bytes), clock, intake && { pause: () => socket.pause(), resume: () => socket.resume() })
  socket.on('error', (error) => { failure = error })
  if (intake)
    intake.lead(gathering.take)
  else
    socket.on('data', gathering.take)
  // Allows no half-open stream: the end of the server ends ours, too.
  socket.on('close', () => {
    if (closed)
      return
    gathering.end()
    closed = true
    events.onClose(failure)
  })
  return {
    send(bytes) {
      if (!closed && socket.writable)
        socket.write(bytes)
    },
    close() {
      socket.destroy()
    },
  }
}
