import type { Socket } from 'node:net'
import type { Message } from '../../main/ami/wire/message.ts'
import type { RecordedCall } from './recorded-calls.ts'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { Decoder } from '../../main/ami/wire/decoder.ts'
import { encodePacket } from '../../main/ami/wire/encoder.ts'

/** A server on loopback that lets everybody in, has nothing in its lists, and tells recorded calls. */
export interface BusyServer {
  readonly port: number
  /** Resolves when a program has logged in and read the lists. */
  readonly whenRead: () => Promise<void>
  /** Writes to whoever is connected. */
  readonly tell: (text: string) => void
  /** Tells this call over and over, so many events a second, until the answer is called; that says how many a second it was. */
  readonly stream: (call: RecordedCall, eventsPerSecond: number) => () => number
  readonly close: () => Promise<void>
}

/** The last list of a snapshot. */
const LAST_LIST = 'status'
const TICK_MS = 5
const LISTS: ReadonlySet<string> = new Set(['status', 'extensionstatelist', 'devicestatelist', 'queuestatus', 'parkedcalls'])

export async function startBusyServer(): Promise<BusyServer> {
  let client: Socket | null = null
  let read = Promise.withResolvers<void>()
  const server = createServer((socket) => {
    client = socket
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    const decoder = new Decoder({
      onBanner: () => {},
      onMessage(action) {
        socket.write(answerTo(action))
        if (action.name.toLowerCase() === LAST_LIST)
          read.resolve()
      },
    }, { banner: false })
    socket.on('data', chunk => decoder.push(chunk))
    socket.write('Asterisk Call Manager/11.0.0\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('the server has no port')

  function tell(text: string): void {
    client?.write(text)
  }

  return {
    port: address.port,
    async whenRead() {
      await read.promise
      read = Promise.withResolvers()
    },
    tell,
    stream(call, eventsPerSecond) {
      const start = performance.now()
      let told = 0
      const timer = setInterval(() => {
        const due = (performance.now() - start) / 1000 * eventsPerSecond
        let text = ''
        for (; told < due; told += call.events) {
          const number = 1_000_000 + told / call.events
          text += call.ring(number) + call.end(number)
        }
        tell(text)
      }, TICK_MS)
      return () => {
        clearInterval(timer)
        return told / (performance.now() - start) * 1000
      }
    },
    async close() {
      client?.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function answerTo(action: Message): Uint8Array {
  const id = action.get('ActionID') ?? ''
  const name = action.name.toLowerCase()
  if (LISTS.has(name)) {
    return Buffer.concat([
      encodePacket([['Response', 'Success'], ['ActionID', id], ['EventList', 'start'], ['Message', 'What there is will follow']]),
      encodePacket([['Event', `${action.name}Complete`], ['ActionID', id], ['EventList', 'Complete'], ['ListItems', '0']]),
    ])
  }
  switch (name) {
    case 'challenge': return encodePacket([['Response', 'Success'], ['ActionID', id], ['Challenge', '103248576']])
    case 'login': return encodePacket([['Response', 'Success'], ['ActionID', id], ['Message', 'Authentication accepted']])
    case 'listcommands': return encodePacket([['Response', 'Success'], ['ActionID', id], ...['Status', 'ExtensionStateList', 'MailboxCount', 'Originate', 'Hangup', 'Redirect', 'Ping'].map(each => [each, 'There. (Priv: call,all)'] as const)])
    case 'coresettings': return encodePacket([['Response', 'Success'], ['ActionID', id], ['AMIversion', '11.0.0'], ['AsteriskVersion', '22.10.1']])
    case 'mailboxcount': return encodePacket([['Response', 'Success'], ['ActionID', id], ['Message', 'Mailbox Message Count'], ['Mailbox', action.get('Mailbox') ?? ''], ['UrgMessages', '0'], ['NewMessages', '0'], ['OldMessages', '0']])
    case 'ping': return encodePacket([['Response', 'Success'], ['ActionID', id], ['Ping', 'Pong']])
    case 'logoff': return encodePacket([['Response', 'Goodbye'], ['ActionID', id], ['Message', 'Thanks for all the fish.']])
    default: return encodePacket([['Response', 'Error'], ['ActionID', id], ['Message', `Invalid/unknown command: ${action.name}. Use Action: ListCommands to show available commands.`]])
  }
}
