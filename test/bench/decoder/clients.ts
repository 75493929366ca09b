import type { EventEmitter } from 'node:events'
import type { FakeSocket } from './fake-socket.ts'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import net from 'node:net'
import { Decoder } from '../../../main/ami/wire/decoder.ts'
import { withFakeSockets } from './fake-socket.ts'
import { RARE_EVENT } from './streams.ts'

/** What the reader of an event does with it: see its name and two headers, see one event in a hundred, or read all there is. */
export type Mode = 'two' | 'rare' | 'all'

export interface Tally {
  events: number
  /** Characters read: all clients must come to the same where they keep everything. */
  characters: number
}

export interface Connection {
  readonly socket: FakeSocket
  readonly tally: Tally
}

export interface Client {
  readonly name: string
  readonly open: (mode: Mode) => Promise<Connection>
}

const require = createRequire(import.meta.url)

// None of the four publishes types; each interface says what its documentation says.
type PlainEvent = Readonly<Record<string, unknown>>
type ManagerFactory = (port: number, host: string, user: string, secret: string, events: boolean) => EventEmitter
type ClientClass = new (options?: object) => EventEmitter & { connect: (...parameters: readonly unknown[]) => unknown }
interface AmiIo { createClient: (options: object) => EventEmitter & { connect: () => void }, SilentLogger: new () => object }

const lengthOf = (value: unknown): number => typeof value === 'string' ? value.length : 0

/** How an application reads the object of an event, whose keys a client spells in its own way. */
function reader(mode: Mode, keys: { readonly name: string, readonly channel: string, readonly uniqueid: string, readonly exten: string }, tally: Tally): (event: PlainEvent) => void {
  switch (mode) {
    case 'two':
      return (event) => {
        tally.events += 1
        tally.characters += lengthOf(event[keys.name]) + lengthOf(event[keys.channel]) + lengthOf(event[keys.uniqueid])
      }
    case 'rare':
      return (event) => {
        tally.events += 1
        if (event[keys.name] === RARE_EVENT)
          tally.characters += lengthOf(event[keys.channel]) + lengthOf(event[keys.uniqueid]) + lengthOf(event[keys.exten])
      }
    case 'all':
      return (event) => {
        tally.events += 1
        for (const key of Object.keys(event))
          tally.characters += lengthOf(event[key])
      }
    default:
      return mode satisfies never
  }
}

const LOWER = { name: 'event', channel: 'channel', uniqueid: 'uniqueid', exten: 'exten' }
const AS_SENT = { name: 'Event', channel: 'Channel', uniqueid: 'Uniqueid', exten: 'Exten' }

/** A peer that has logged in; `open` resolves when it has. */
function peer(name: string, open: (mode: Mode, tally: Tally) => Promise<void>): Client {
  return {
    name,
    async open(mode) {
      const tally: Tally = { events: 0, characters: 0 }
      const socket = await withFakeSockets(() => open(mode, tally))
      // The greeting and the login are no events.
      tally.events = 0
      tally.characters = 0
      return { socket, tally }
    },
  }
}

export const peers: readonly Client[] = [
  peer('asterisk-manager', async (mode, tally) => {
    const create: ManagerFactory = require('asterisk-manager')
    const manager = create(5038, '127.0.0.1', 'user', 'secret', true)
    manager.on('managerevent', reader(mode, LOWER, tally))
    await once(manager, 'response')
  }),
  peer('asterisk-ami-client', async (mode, tally) => {
    const AmiClient: ClientClass = require('asterisk-ami-client')
    const client = new AmiClient()
    client.on('event', reader(mode, AS_SENT, tally))
    await client.connect('user', 'secret', { host: '127.0.0.1', port: 5038 })
  }),
  peer('ami-io', async (mode, tally) => {
    const { SilentLogger, createClient }: AmiIo = require('ami-io')
    const client = createClient({ login: 'user', password: 'secret', encoding: 'utf8', logger: new SilentLogger() })
    client.on('event', reader(mode, LOWER, tally))
    client.connect()
    await once(client, 'connected')
  }),
  peer('asterisk-ami', async (mode, tally) => {
    const AsteriskAmi: ClientClass = require('asterisk-ami')
    const client = new AsteriskAmi({ host: '127.0.0.1', port: 5038, username: 'user', password: 'secret', ami_encoding: 'utf8' })
    client.on('ami_data', reader(mode, LOWER, tally))
    client.connect()
    await once(client, 'ami_data')
  }),
]

/** The decoder of this program, behind the same kind of socket. */
export const ringside = peer('ringside', async (mode, tally) => {
  const decoder = createDecoder(mode, tally)
  const socket = net.createConnection(5038, '127.0.0.1')
  socket.on('data', (chunk: Uint8Array) => decoder.push(chunk))
  await once(socket, 'data')
})

export function createDecoder(mode: Mode, tally: Tally): Decoder {
  const onBanner = (): void => {}
  switch (mode) {
    case 'two':
      return new Decoder({
        onBanner,
        onMessage(message) {
          tally.events += 1
          tally.characters += message.name.length + lengthOf(message.get('Channel')) + lengthOf(message.get('Uniqueid'))
        },
      }, { banner: true })
    case 'rare':
      return new Decoder({
        onBanner,
        onMessage(message) {
          tally.characters += lengthOf(message.get('Channel')) + lengthOf(message.get('Uniqueid')) + lengthOf(message.get('Exten'))
        },
      }, {
        banner: true,
        wants(name) {
          tally.events += 1
          return name === RARE_EVENT
        },
      })
    case 'all':
      return new Decoder({
        onBanner,
        onMessage(message) {
          tally.events += 1
          for (const [, value] of message.entries())
            tally.characters += value.length
        },
      }, { banner: true })
    default:
      return mode satisfies never
  }
}

/** What any reader in JavaScript has to do: make text of the bytes and find where packets end. */
export const plainScan = peer('plain scan', async (_, tally) => {
  const socket = net.createConnection(5038, '127.0.0.1')
  socket.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1')
    for (let at = text.indexOf('\r\n\r\n'); at !== -1; at = text.indexOf('\r\n\r\n', at + 4))
      tally.events += 1
  })
  await once(socket, 'data')
})
