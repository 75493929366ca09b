import type { Socket } from 'node:net'
import type { AsteriskServer, Credentials } from './server.ts'
import { connect } from 'node:net'

/** One packet by header; of a repeated header the last counts, but for the lines of `Output`, which are all there. */
export type Packet = Readonly<Record<string, string>>

/**
 * A witness on the manager interface, written apart from the program's own client on purpose: a test that asks it
 * does not believe what it is to prove.
 */
export class Manager {
  readonly events: Packet[] = []
  readonly #socket: Socket
  readonly #answers = new Map<string, (packet: Packet) => void>()
  readonly #waiting = new Set<{ readonly matches: (packet: Packet) => boolean, readonly resolve: (packet: Packet) => void }>()
  #rest = ''
  #count = 0

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => this.#read(text))
  }

  /** Sends an action and gives its answer. */
  request(action: string, headers: Packet = {}): Promise<Packet> {
    this.#count += 1
    const actionId = `witness-${this.#count}`
    return new Promise((resolve) => {
      this.#answers.set(actionId, resolve)
      this.#socket.write([
        `Action: ${action}`,
        `ActionID: ${actionId}`,
        ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`),
        '',
        '',
      ].join('\r\n'))
    })
  }

  /** The first event that matches, of those that came and those to come. */
  event(name: string, headers: Packet = {}): Promise<Packet> {
    const matches = (packet: Packet): boolean => packet.Event === name && Object.entries(headers).every(([key, value]) => packet[key] === value)
    const seen = this.events.find(matches)
    if (seen)
      return Promise.resolve(seen)
    return new Promise((resolve) => {
      this.#waiting.add({ matches, resolve })
    })
  }

  /** The first event from the one with this number on that passes. */
  next(matches: (packet: Packet) => boolean, from: number): Promise<Packet> {
    const seen = this.events.slice(from).find(matches)
    return seen
      ? Promise.resolve(seen)
      : new Promise(resolve => this.#waiting.add({ matches, resolve }))
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(text: string): void {
    const packets = (this.#rest + text).split('\r\n\r\n')
    this.#rest = packets.pop() ?? ''
    for (const lines of packets) {
      const packet = readPacket(lines)
      if (packet.Event === undefined)
        this.#answer(packet)
      else this.#tell(packet)
    }
  }

  #answer(packet: Packet): void {
    const actionId = packet.ActionID ?? ''
    this.#answers.get(actionId)?.(packet)
    this.#answers.delete(actionId)
  }

  #tell(packet: Packet): void {
    this.events.push(packet)
    for (const one of this.#waiting) {
      if (!one.matches(packet))
        continue
      this.#waiting.delete(one)
      one.resolve(packet)
    }
  }
}

function readPacket(text: string): Packet {
  const packet: Record<string, string> = {}
  for (const line of text.split('\r\n').filter(one => one.includes(':'))) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    const value = line.slice(colon + 1)
    packet[name] = name === 'Output'
      ? `${packet[name] ?? ''}${value.slice(1)}\n`
      : value.trim()
  }
  return packet
}

/** Logs a witness in. */
export async function connectManager(server: AsteriskServer, account: Credentials = server.credentials.admin): Promise<Manager> {
  const socket = connect(server.ports.ami, server.host)
  await new Promise<void>((connected, fail) => socket.once('connect', connected).once('error', fail))
  const manager = new Manager(socket)
  const { Response, Message } = await manager.request('Login', { Username: account.username, Secret: account.secret })
  if (Response !== 'Success')
    throw new Error(`login as ${account.username}: ${Message}`)
  return manager
}
