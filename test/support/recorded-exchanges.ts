import type { Connect } from '../../main/ami/transport/transport.ts'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inNextTurn } from './turns.ts'

export const recordedServers = ['1.2', '1.4', '1.8', '11', '16', '22'] as const
type RecordedServerName = typeof recordedServers[number]

export interface RecordedExchange {
  readonly headers: ReadonlyMap<string, string>
  readonly id: string
  /** Packets as they came, one character a byte. */
  readonly answer: readonly string[]
}

/**
 * A real server's answers: to each action that was recorded it says what the real one said, with the ActionID of who asks now.
 * A login is let in only with the key that the real server accepted for its challenge.
 */
export class RecordedServer {
  readonly banner: string
  readonly exchanges: readonly RecordedExchange[]
  /** The account that recorded the login. */
  readonly account: { readonly username: string, readonly secret: string }
  /** The exchange that is meant where several asked the same. */
  meant: RecordedExchange | null = null
  /** What the client said and no recording answers. */
  readonly unanswered: string[] = []

  constructor(name: RecordedServerName) {
    const path = fileURLToPath(new URL(`../fixtures/exchanges/${name}.txt`, import.meta.url))
    const [banner = '', rest = ''] = splitOnce(readFileSync(path, 'latin1'), '\r\n')
    this.banner = banner
    this.exchanges = readExchanges(rest)
    this.account = { username: 'admin', secret: name === '16' || name === '22' ? 'dummy-admin' : 'secret' }
  }

  readonly connect: Connect = async (events) => {
    let open = true
    let saying = Promise.resolve()
    const say = (text: string): void => {
      saying = saying.then(() => inNextTurn(() => open && events.onData(Buffer.from(text, 'latin1'))))
    }
    say(`${this.banner}\r\n`)
    return {
      send: (bytes) => {
        for (const packet of packetsOf(Buffer.from(bytes).toString('latin1')))
          this.#answer(headersOf(packet), say)
      },
      close: () => {
        open = false
        void inNextTurn(() => events.onClose(null))
      },
    }
  }

  #answer(asked: ReadonlyMap<string, string>, say: (text: string) => void): void {
    const id = asked.get('actionid') ?? ''
    const exchange = this.meant !== null && isSameAction(this.meant.headers, asked)
      ? this.meant
      : this.exchanges.find(each => isSameAction(each.headers, asked))
    if (exchange === undefined)
      this.unanswered.push([...asked].map(([name, value]) => `${name}: ${value}`).join(', '))
    for (const packet of exchange?.answer ?? [])
      say(`${packet.replace(new RegExp(`^ActionID: ${exchange?.id}$`, 'm'), `ActionID: ${id}`)}\r\n\r\n`)
  }
}

/** Whether the recorded action asks the same: the same headers, but for the ActionID and the event mask of a login. */
function isSameAction(recorded: ReadonlyMap<string, string>, asked: ReadonlyMap<string, string>): boolean {
  const relevant = (headers: ReadonlyMap<string, string>): string => [...headers]
    .filter(([name]) => name !== 'actionid' && !(name === 'events' && headers.get('action') === 'Login'))
    .map(([name, value]) => name === 'action' ? `${name}:${value.toLowerCase()}` : `${name}:${value}`)
    .sort()
    .join('\n')
  return relevant(recorded) === relevant(asked)
}

function readExchanges(text: string): readonly RecordedExchange[] {
  const exchanges: (RecordedExchange & { readonly answer: string[] })[] = []
  for (const packet of packetsOf(text)) {
    const headers = headersOf(packet)
    if (packet.startsWith('Action: '))
      exchanges.push({ headers, id: headers.get('actionid') ?? '', answer: [] })
    else
      exchanges.at(-1)?.answer.push(packet)
  }
  return exchanges
}

function packetsOf(text: string): readonly string[] {
  return text.split('\r\n\r\n').filter(packet => packet !== '')
}

function headersOf(packet: string): ReadonlyMap<string, string> {
  return new Map(packet.split('\r\n').map((line) => {
    const [name = '', value = ''] = splitOnce(line, ': ')
    return [name.toLowerCase(), value]
  }))
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}
