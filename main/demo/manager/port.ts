import type { Server, Socket } from 'node:net'
import type { Headers } from '../exchange/channel.ts'
import type { ManagerSessionParts } from './session.ts'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { AppError } from '../../errors.ts'
import { ManagerSession } from './session.ts'

/** A reader that lets more than this lie is cut off, as by a real server, which waits for nobody. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024

/** The manager port: a TCP listener on loopback and its sessions. */
export class ManagerPort {
  readonly #session: Omit<ManagerSessionParts, 'write' | 'close'>
  readonly #sessions = new Map<Socket, ManagerSession>()
  readonly #server: Server

  constructor(session: Omit<ManagerSessionParts, 'write' | 'close'>) {
    this.#session = session
    this.#server = createServer(socket => this.#serve(socket))
  }

  /** Port 0 takes a free one. */
  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  get port(): number {
    const address = this.#server.address()
    return address === null || typeof address === 'string'
      ? 0
      : address.port
  }

  tell(event: string, headers: Headers): void {
    for (const session of this.#sessions.values()) session.tell(event, headers)
  }

  async close(): Promise<void> {
    if (!this.#server.listening)
      return
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const socket of this.#sessions.keys()) socket.destroy()
    await closed
  }

  #serve(socket: Socket): void {
    socket.setNoDelay(true)
    const session = new ManagerSession({
      ...this.#session,
      write(bytes) {
        if (!socket.writable)
          return
        if (socket.writableLength > MOST_UNREAD_BYTES)
          socket.destroy()
        else
          socket.write(bytes)
      },
      close: () => socket.end(),
    })
    this.#sessions.set(socket, session)
    socket.on('data', (chunk) => {
      try {
        session.receive(chunk)
      }
      catch (error) {
        if (!(error instanceof AppError))
          throw error
        socket.destroy()
      }
    })
    // A client that vanishes is no news; `close` follows.
    socket.on('error', () => {})
    socket.on('close', () => {
      session.closed()
      this.#sessions.delete(socket)
    })
  }
}
