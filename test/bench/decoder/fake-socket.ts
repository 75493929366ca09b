import net from 'node:net'
import { Duplex } from 'node:stream'

const BANNER = 'Asterisk Call Manager/11.0.0\r\n'

/** A connection to a server that lets everybody in, without a network: what is measured is the client. */
export class FakeSocket extends Duplex {
  readonly readyState = 'open'

  constructor() {
    super({ highWaterMark: 1024 * 1024 })
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _: BufferEncoding, done: () => void): void {
    const text = new TextDecoder().decode(chunk)
    const id = /^ActionID: (.*)$/im.exec(text)?.[1]?.trim()
    if (/^Action: login/im.test(text)) {
      // No server answers before the write is done.
      setImmediate(() => this.push(`Response: Success\r\n${id === undefined ? '' : `ActionID: ${id}\r\n`}Message: Authentication accepted\r\n\r\n`))
    }
    done()
  }

  connect(): this {
    queueMicrotask(() => {
      this.emit('connect')
      this.push(BANNER)
    })
    return this
  }

  setKeepAlive(): this { return this }
  setNoDelay(): this { return this }
  setTimeout(): this { return this }
  ref(): this { return this }
  unref(): this { return this }
}

/** While `open` runs, whoever opens a connection gets a fake one; the answer is the last. */
export async function withFakeSockets(open: () => Promise<void>): Promise<FakeSocket> {
  const { Socket, connect, createConnection } = net
  const opened: FakeSocket[] = []
  const fake = (...parameters: readonly unknown[]): FakeSocket => {
    const socket = new FakeSocket()
    opened.push(socket)
    for (const listener of parameters.filter(parameter => typeof parameter === 'function'))
      // As `net.connect` does with its last parameter.
      socket.once('connect', () => listener())
    return socket.connect()
  }
  class Recorded extends FakeSocket {
    constructor() {
      super()
      opened.push(this)
    }
  }
  Object.assign(net, { Socket: Recorded, connect: fake, createConnection: fake })
  try {
    await open()
  }
  finally {
    Object.assign(net, { Socket, connect, createConnection })
  }
  const last = opened.at(-1)
  if (!last)
    throw new Error('The client opened no connection')
  return last
}
