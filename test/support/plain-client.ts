import type { Socket } from 'node:net'
import type { Fields, Message } from '../../main/ami/wire/message.ts'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Decoder } from '../../main/ami/wire/decoder.ts'
import { encodeAction } from '../../main/ami/wire/encoder.ts'

export interface Reply { readonly response: Message, readonly items: readonly Message[] }

/** A connection to a manager port that hides nothing: every packet in order, and nothing done by itself. */
export class PlainClient {
  banner = ''
  readonly packets: Message[] = []
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #waiting: { readonly from: number, readonly matches: (message: Message) => boolean, readonly resolve: (message: Message) => void }[] = []
  #count = 0

  constructor(socket: Socket) {
    this.#socket = socket
    this.closed = new Promise(resolve => socket.once('close', () => resolve()))
    // How a server ended it is told by the packets before.
    socket.on('error', () => {})
    const decoder = new Decoder({
      onBanner: (line) => { this.banner = line },
      onMessage: message => this.#take(message),
    }, { banner: true })
    socket.on('data', chunk => decoder.push(chunk))
  }

  get events(): readonly Message[] {
    return this.packets.filter(({ kind }) => kind === 'event')
  }

  /** The first packet from `from` on that matches, come or to come. */
  next(matches: (message: Message) => boolean, from = 0): Promise<Message> {
    const known = this.packets.slice(from).find(matches)
    return known
      ? Promise.resolve(known)
      : new Promise(resolve => this.#waiting.push({ from, matches, resolve }))
  }

  send(bytes: Uint8Array | string): void {
    this.#socket.write(bytes)
  }

  async ask(action: string, fields: Fields = {}): Promise<Message> {
    return (await this.list(action, fields)).response
  }

  /** The answer, and the events that belong to it. */
  async list(action: string, fields: Fields = {}): Promise<Reply> {
    const id = `plain-${++this.#count}`
    this.send(encodeAction(action, fields, id))
    const mine = (message: Message): boolean => message.get('ActionID') === id
    const response = await this.next(message => message.kind === 'response' && mine(message))
    if (response.get('EventList') === 'start')
      await this.next(message => message.get('EventList') === 'Complete' && mine(message))
    return { response, items: this.packets.filter(message => message.kind === 'event' && mine(message)) }
  }

  login({ username, secret }: { readonly username: string, readonly secret: string }, more: Fields = {}): Promise<Message> {
    return this.ask('Login', { Username: username, Secret: secret, ...more })
  }

  /** Resolves when all that the server has said so far is here. */
  async settle(): Promise<void> {
    await this.ask('Ping')
  }

  async close(): Promise<void> {
    this.#socket.destroy()
    await this.closed
  }

  #take(message: Message): void {
    this.packets.push(message)
    const hit = this.#waiting.filter(({ matches }) => matches(message))
    for (const one of hit) {
      this.#waiting.splice(this.#waiting.indexOf(one), 1)
      one.resolve(message)
    }
  }
}

export async function openPlainClient(port: number, host = '127.0.0.1'): Promise<PlainClient> {
  const socket = connect(port, host)
  const client = new PlainClient(socket)
  await once(socket, 'connect')
  return client
}
