import type { Socket } from 'node:net'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** A way to a server that a test can hold up, and on which the server loses an ability. */
export interface SlowLine {
  readonly port: number
  /** From now on what the server says waits; what it is told arrives. */
  readonly hold: () => void
  readonly release: () => void
  /** The server does not know this action any more, and says so in its own words. */
  readonly forget: (action: string) => void
  /** How often that was asked for. */
  readonly forgotten: () => number
  readonly close: () => Promise<void>
}

export async function openSlowLine(port: number): Promise<SlowLine> {
  const sockets = new Set<Socket>()
  const waiting: (() => void)[] = []
  let isHeld = false
  let lost: string | null = null
  let count = 0

  const line = createServer((program) => {
    const server = connect(port, '127.0.0.1')
    for (const [end, other] of [[program, server], [server, program]] as const) {
      sockets.add(end)
      end.on('close', () => other.destroy())
      // How one end broke is told to the other by its close.
      end.on('error', () => {})
    }
    program.on('data', (bytes) => {
      server.write(lost === null
        ? bytes
        : bytes.toString('latin1').replaceAll(`Action: ${lost}\r\n`, () => {
            count += 1
            return `Action: No${lost}\r\n`
          }), 'latin1')
    })
    server.on('data', (bytes) => {
      const pass = (): void => void program.write(bytes)
      if (isHeld)
        waiting.push(pass)
      else
        pass()
    })
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  const address = line.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    hold() {
      isHeld = true
    },
    release() {
      isHeld = false
      for (const pass of waiting.splice(0)) pass()
    },
    forget(action) {
      lost = action
    },
    forgotten: () => count,
    async close() {
      for (const socket of sockets) socket.destroy()
      line.close()
      await once(line, 'close')
    },
  }
}
