import type { Server, Socket } from 'node:net'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** A wire between the program and the server that can be cut, and that keeps what the server said. */
export interface WireTap {
  readonly port: number
  /** Everything that came from the server over the newest connection, one character a byte. */
  readonly heard: () => string
  /** When each piece came, in ms since that connection, with its length. */
  readonly times: () => readonly (readonly [at: number, length: number])[]
  /** The connection breaks, and none comes about until `heal`. */
  readonly cut: () => void
  readonly heal: () => void
  readonly close: () => Promise<void>
}

export async function tapWire(host: string, port: number): Promise<WireTap> {
  const sockets = new Set<Socket>()
  let isCut = false
  let heard: Buffer[] = []
  let times: [number, number][] = []

  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const server: Server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const began = performance.now()
    heard = []
    times = []
    const far = connect(port, host)
    for (const socket of [near, far]) {
      sockets.add(socket)
      // Whoever looks at the two ends hears of it by their end.
      socket.on('error', drop)
      socket.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    far.on('data', (piece: Buffer) => {
      heard.push(piece)
      times.push([Math.round(performance.now() - began), piece.length])
    })
    near.pipe(far)
    far.pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('a wire without a port')
  return {
    port: address.port,
    heard: () => Buffer.concat(heard).toString('latin1'),
    times: () => times,
    cut() {
      isCut = true
      drop()
    },
    heal() {
      isCut = false
    },
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
