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
  /** `breaksAfter`: the next connections break after so many bytes from the server, one after the other. */
  readonly heal: (breaksAfter?: readonly number[]) => void
  /** What the server says comes in small pieces, each a moment after the other; null: as it is. */
  readonly slow: (random: (() => number) | null) => void
  readonly close: () => Promise<void>
}

export async function tapWire(host: string, port: number): Promise<WireTap> {
  const sockets = new Set<Socket>()
  let isCut = false
  let heard: Buffer[] = []
  let times: [number, number][] = []
  let breaks: number[] = []
  let chance: (() => number) | null = null

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
    let left = breaks.shift() ?? Infinity
    let last = Promise.resolve()
    const pass = (bytes: Buffer): void => {
      if (near.destroyed)
        return
      near.write(bytes.subarray(0, Math.min(left, bytes.length)))
      left -= bytes.length
      if (left <= 0)
        near.destroySoon()
    }
    far.on('data', (bytes: Buffer) => {
      heard.push(bytes)
      times.push([Math.round(performance.now() - began), bytes.length])
      const random = chance
      last = last.then(async () => {
        for (const piece of random === null ? [bytes] : piecesOf(bytes, random)) {
          if (random !== null)
            await later()
          pass(piece)
        }
      })
    })
    near.pipe(far)
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
    heal(breaksAfter = []) {
      breaks = [...breaksAfter]
      isCut = false
    },
    slow(random) {
      chance = random
    },
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Cut anywhere: in a packet, in a line, in a letter. A long list is not cut into more pieces than can be waited for. */
function piecesOf(bytes: Buffer, random: () => number): readonly Buffer[] {
  const pieces: Buffer[] = []
  const most = Math.max(120, bytes.length / 20)
  for (let at = 0; at < bytes.length;) {
    const length = 1 + Math.floor(random() * most)
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return pieces
}

function later(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 1))
}
