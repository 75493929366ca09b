import type { AddressInfo, Server, Socket } from 'node:net'
import type { Transport } from '../../main/ami/transport/transport.ts'
import type { Clock } from '../../main/clock.ts'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as turn } from 'node:timers/promises'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { connectTo, lookupHost } from '../../main/ami/transport/connect.ts'
import { systemClock } from '../../main/clock.ts'
import { createFakeClock } from '../support/fake-clock.ts'

const opened: { readonly server: Server, readonly sockets: Set<Socket> }[] = []

afterEach(async () => {
  for (const { server, sockets } of opened.splice(0)) {
    sockets.forEach(socket => socket.destroy())
    server.close()
    await once(server, 'close')
  }
})

function pem(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url)), 'utf8')
}

function fingerprintOf(name: string): string {
  return new X509Certificate(pem(name)).fingerprint256
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  opened.push({ server, sockets })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('The server has no port')
  return address.port
}

/** Greets and then sends back what it hears, until it is told to go. */
function talk(socket: Socket): void {
  socket.on('error', () => { /* A client that refuses us resets the connection. */ })
  socket.on('data', (bytes) => {
    if (bytes.toString() === 'go away')
      socket.end()
    else
      socket.write(bytes)
  })
  socket.write('hello ')
}

function plainServer(): Promise<number> {
  return listen(net.createServer(talk))
}

function tlsServer(certificate: string): Promise<number> {
  return listen(tls.createServer({ cert: pem(certificate), key: pem(`${certificate}.key`) }, talk))
}

interface Opened {
  readonly transport: Transport
  readonly heard: () => string
  /** Resolves once this much was heard. */
  readonly hears: (text: string) => Promise<void>
  readonly closed: Promise<Error | null>
}

async function open(target: Partial<Parameters<typeof connectTo>[0]>, signal = new AbortController().signal, clock: Clock = createFakeClock()): Promise<Opened> {
  let heard = ''
  let check = (): void => {}
  let close = (_: Error | null): void => {}
  const closed = new Promise<Error | null>((resolve) => { close = resolve })
  const transport = await connectTo({ host: '127.0.0.1', port: 0, tls: false, fingerprint: null, authority: null, ...target }, clock)({
    onData(chunk) {
      heard += Buffer.from(chunk).toString()
      check()
    },
    onClose: error => close(error),
  }, signal)
  return {
    transport,
    heard: () => heard,
    hears: text => new Promise((resolve) => {
      check = () => heard.includes(text) && resolve()
      check()
    }),
    closed,
  }
}

describe('a plain connection', () => {
  it('carries bytes both ways and tells of an orderly end', async () => {
    const { transport, hears, closed } = await open({ port: await plainServer() })
    transport.send(Buffer.from('Action: Ping'))
    await hears('hello Action: Ping')
    transport.send(Buffer.from('go away'))
    expect(await closed).toBeNull()
  })

  it('loses nothing of what comes thick, nor the end behind it', async () => {
    const said: string[] = []
    const port = await listen(net.createServer(async (socket) => {
      // Longer than it takes to be taken for a busy server.
      for (const from = performance.now(); performance.now() - from < 1200;) {
        const event = `Event: ${said.length}\r\n\r\n`
        said.push(event)
        socket.write(event)
        await turn(1)
      }
      socket.end()
    }))
    const { heard, closed } = await open({ port }, undefined, systemClock)
    expect(await closed).toBeNull()
    expect(heard()).toBe(said.join(''))
  })

  it('tells of a close that it asked for, and drops what is sent afterwards', async () => {
    const { transport, closed } = await open({ port: await plainServer() })
    transport.close()
    expect(await closed).toBeNull()
    expect(() => transport.send(Buffer.from('x'))).not.toThrow()
  })

  it('tells of a reset as an error', async () => {
    const port = await listen(net.createServer((socket) => {
      socket.on('data', () => socket.resetAndDestroy())
    }))
    const { transport, closed } = await open({ port })
    transport.send(Buffer.from('x'))
    expect(await closed).toMatchObject({ code: 'ECONNRESET' })
  })

  it('says when nobody listens', async () => {
    const port = await plainServer()
    const [first] = opened.splice(0)
    first?.server.close()
    await expect(open({ port })).rejects.toMatchObject({ code: 'connection-refused', details: { host: '127.0.0.1', port } })
  })

  it('says when a name has no address', async () => {
    await expect(open({ host: 'pbx.invalid', port: 5038 })).rejects.toMatchObject({ code: 'name-not-found' })
    await expect(lookupHost('pbx.invalid')).rejects.toMatchObject({ code: 'name-not-found', details: { host: 'pbx.invalid' } })
    await expect(lookupHost('127.0.0.1')).resolves.toBe('127.0.0.1')
  })

  it('is given up when the address does not answer', async () => {
    // Time is up before the system has spoken, as when packets vanish.
    const impatient: Clock = {
      now: () => 0,
      after(_, task) {
        queueMicrotask(task)
        return () => {}
      },
    }
    await expect(open({ port: await plainServer() }, new AbortController().signal, impatient)).rejects.toMatchObject({ code: 'connect-timeout' })
  })

  it('is given up when it is not wanted any more', async () => {
    const controller = new AbortController()
    const pending = open({ port: await plainServer() }, controller.signal)
    controller.abort()
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' })
    await expect(open({ port: await plainServer() }, controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a TLS connection', () => {
  it('trusts a private authority', async () => {
    const { transport, hears, closed } = await open({ host: 'localhost', port: await tlsServer('server'), tls: true, authority: pem('authority') })
    transport.send(Buffer.from('secret'))
    await hears('hello secret')
    transport.send(Buffer.from('go away'))
    expect(await closed).toBeNull()
  })

  it('knows an address among the names of a certificate', async () => {
    const { hears } = await open({ port: await tlsServer('server'), tls: true, authority: pem('authority') })
    await hears('hello')
  })

  it('tells the server which name it was called by, where that is a name', async () => {
    const names: string[] = []
    const port = await listen(tls.createServer({
      cert: pem('server'),
      key: pem('server.key'),
      SNICallback(name, done) {
        names.push(name)
        done(null)
      },
    }, talk))
    for (const host of ['localhost', '127.0.0.1'])
      await (await open({ host, port, tls: true, authority: pem('authority') })).hears('hello')
    expect(names).toEqual(['localhost'])
  })

  it('refuses a certificate that nobody vouches for, and shows it', async () => {
    await expect(open({ port: await tlsServer('self-signed'), tls: true })).rejects.toMatchObject({
      code: 'certificate-untrusted',
      details: {
        fingerprint: fingerprintOf('self-signed'),
        subject: 'O=Ringside tests, CN=localhost',
        issuer: 'O=Ringside tests, CN=localhost',
        validFrom: '2020-01-01T00:00:00.000Z',
        validTo: '2120-01-01T00:00:00.000Z',
        why: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      },
    })
  })

  it('refuses a good certificate of another host', async () => {
    await expect(open({ port: await tlsServer('other-name'), tls: true, authority: pem('authority') })).rejects.toMatchObject({
      code: 'certificate-untrusted',
      details: { subject: 'O=Ringside tests, CN=pbx.example', issuer: 'O=Ringside tests, CN=Test authority', why: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    })
  })

  it.each(['self-signed', 'other-name'])('accepts the certificate %s when it is the pinned one, however it is written', async (name) => {
    const port = await tlsServer(name)
    for (const fingerprint of [fingerprintOf(name), fingerprintOf(name).replaceAll(':', '').toLowerCase()]) {
      const { hears } = await open({ port, tls: true, fingerprint })
      await hears('hello')
    }
  })

  it('refuses any other certificate than the pinned one, even one that the authority vouches for', async () => {
    await expect(open({ port: await tlsServer('server'), tls: true, authority: pem('authority'), fingerprint: fingerprintOf('self-signed') })).rejects.toMatchObject({
      code: 'certificate-changed',
      details: { expected: fingerprintOf('self-signed'), actual: fingerprintOf('server'), fingerprint: fingerprintOf('server'), subject: 'O=Ringside tests, CN=localhost' },
    })
  })

  it('hears nothing from a server that it refuses', async () => {
    const port = await tlsServer('self-signed')
    let heard = 0
    const connect = connectTo({ host: '127.0.0.1', port, tls: true, fingerprint: null, authority: null })
    await expect(connect({ onData: () => heard++, onClose: () => heard++ }, new AbortController().signal)).rejects.toMatchObject({ code: 'certificate-untrusted' })
    expect(heard).toBe(0)
  })

  it('tells a plain server from a certificate that it does not trust', async () => {
    await expect(open({ port: await plainServer(), tls: true })).rejects.toMatchObject({ code: 'tls-failed' })
  })

  it('tells a server that closes or resets during the handshake', async () => {
    const closing = await listen(net.createServer(socket => socket.end()))
    await expect(open({ port: closing, tls: true })).rejects.toMatchObject({ code: 'tls-failed' })
    const resetting = await listen(net.createServer(socket => socket.once('data', () => socket.resetAndDestroy())))
    await expect(open({ port: resetting, tls: true })).rejects.toMatchObject({ code: 'tls-failed' })
  })

  it('gives up a server that takes the connection and never answers the handshake', async () => {
    const clock = createFakeClock()
    let arrived = (): void => {}
    const hello = new Promise<void>((resolve) => { arrived = resolve })
    const port = await listen(net.createServer(socket => socket.once('data', arrived)))
    const pending = open({ port, tls: true }, new AbortController().signal, clock).catch((error: unknown) => error)
    await hello
    await clock.pass(10_000)
    expect(await pending).toMatchObject({ code: 'tls-failed', details: { why: 'the server does not answer the handshake' } })
  })

  it('refuses an authority that is no certificate', async () => {
    await expect(open({ port: await tlsServer('server'), tls: true, authority: 'not a certificate' })).rejects.toMatchObject({ code: 'tls-failed' })
  })

  it('is given up in the middle of the handshake', async () => {
    const controller = new AbortController()
    const port = await listen(net.createServer(socket => socket.once('data', () => controller.abort())))
    await expect(open({ port, tls: true }, controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
