import type { ListAnswer } from '../../main/ami/session/types.ts'
import type { Message } from '../../main/ami/wire/message.ts'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { actionEntry } from '../../main/admin/console/catalog-view.ts'
import { readGreeting } from '../../main/ami/session/dialect.ts'
import { Exchange } from '../../main/ami/session/exchange.ts'
import { Decoder } from '../../main/ami/wire/decoder.ts'
import { modernEncoderLimits } from '../../main/ami/wire/limits.ts'
import { AppError } from '../../main/errors.ts'
import { silentLog } from '../../main/log.ts'
import { createFakeClock } from './fake-clock.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** One action of a client and what the session of production made of the answer. */
export interface Asked {
  readonly packet: Message
  readonly outcome: ListAnswer | AppError
}

/** Both ends of one recorded connection. */
export interface Conversation {
  /** `1.4/config`. */
  readonly name: string
  readonly banner: string
  /** What the server said, one character a byte. */
  readonly bytes: string
  /** Every packet of the server. */
  readonly said: readonly Message[]
  /** Whether the server ended the connection. */
  readonly closed: boolean
  /** Every action of the client. */
  readonly actions: readonly Asked[]
  /** The actions of a name, in any case, with these headers. */
  readonly asked: (action: string, fields?: Readonly<Record<string, string>>) => readonly Asked[]
  /** What became of each of them: the sentence of the answer, or its word, or the code of the failure with the sentence. */
  readonly outcomes: (action: string, fields?: Readonly<Record<string, string>>) => readonly string[]
  /** The answer to the first of them; throws where there was none or a failure. */
  readonly answer: (action: string, fields?: Readonly<Record<string, string>>) => ListAnswer
  /** Events of a name, in any case, that were nobody's answer. */
  readonly events: (name: string) => readonly Message[]
}

const read = new Map<string, Promise<Conversation>>()

/** Plays `test/fixtures/conversations/NAME` through the decoder and the exchange of production, each byte in its turn; of `transcripts` there is only the server. */
export function readConversation(name: string): Promise<Conversation> {
  const known = read.get(name) ?? playConversation(name)
  read.set(name, known)
  return known
}

async function playConversation(name: string): Promise<Conversation> {
  const isWhole = existsSync(`${FIXTURES}conversations/${name}.c2s.txt`)
  const folder = `${FIXTURES}${isWhole ? 'conversations' : 'transcripts'}/${name}`
  const server = readFileSync(`${folder}.s2c.txt`)
  const client = isWhole ? readFileSync(`${folder}.c2s.txt`) : Buffer.alloc(0)
  const order = isWhole ? readFileSync(`${folder}.order.txt`, 'utf8').trimEnd().split('\n') : [`0 < ${server.length}`]

  let counter = 0
  let banner = ''
  const said: Message[] = []
  const events: Message[] = []
  const asked: { readonly packet: Message, readonly outcome: Promise<ListAnswer | AppError> }[] = []
  const used = new Set<string>()
  const exchange = new Exchange({ send() {}, nextId: () => `unnamed-${++counter}`, clock: createFakeClock(), log: silentLog })
  exchange.limits = modernEncoderLimits

  const fromServer = new Decoder({
    onBanner(line) {
      banner = line
      exchange.dialect = readGreeting(line)?.dialect ?? null
    },
    onMessage(packet) {
      said.push(packet)
      if (!exchange.take(packet) && packet.kind === 'event')
        events.push(packet)
    },
  }, { banner: true })
  const fromClient = new Decoder({
    onBanner() {},
    onMessage(packet) {
      if (packet.kind !== 'action')
        return
      const id = packet.get('ActionID')
      const options = id === undefined || used.has(id) ? {} : { actionId: id }
      used.add(id ?? '')
      const outcome = actionEntry(packet.name)?.reply === 'list'
        ? exchange.list(packet.name, {}, options)
        : exchange.action(packet.name, {}, options).then(response => ({ response, items: [], complete: null }))
      asked.push({ packet, outcome: outcome.catch((error: unknown) => error instanceof AppError ? error : Promise.reject(error)) })
    },
  }, { banner: false, lenient: true })

  let heardTo = 0
  let spokenTo = 0
  for (const line of order) {
    const [, direction = '', length = ''] = line.split(' ')
    if (direction === '<')
      fromServer.push(server.subarray(heardTo, heardTo += Number(length)))
    else if (direction === '>')
      fromClient.push(client.subarray(spokenTo, spokenTo += Number(length)))
  }
  if (heardTo !== server.length || spokenTo !== client.length)
    throw new Error(`${name}: the order covers ${heardTo} of ${server.length} and ${spokenTo} of ${client.length} bytes`)
  exchange.end(new AppError('connection-lost', 'The recording ends here'))
  const settled = await Promise.all(asked.map(async ({ outcome, packet }) => ({ packet, outcome: await outcome })))

  const find: Conversation['asked'] = (action, fields = {}) => settled.filter(({ packet }) =>
    packet.name.toLowerCase() === action.toLowerCase()
    && Object.entries(fields).every(([header, value]) => packet.get(header) === value))
  return {
    name,
    banner,
    bytes: server.toString('latin1'),
    said,
    actions: settled,
    closed: order.some(line => line.endsWith(' closed')),
    asked: find,
    outcomes: (action, fields) => find(action, fields).map(({ outcome }) => outcome instanceof AppError
      ? [outcome.code, ...outcome.details.sentence === undefined ? [] : [outcome.details.sentence]].join(': ')
      : outcome.response.get('Message')?.trim() ?? outcome.response.name),
    answer(action, fields) {
      const [first] = find(action, fields)
      if (first === undefined || first.outcome instanceof AppError)
        throw first?.outcome ?? new Error(`${name}: nobody asked ${action}`)
      return first.outcome
    },
    events: event => events.filter(each => each.name.toLowerCase() === event.toLowerCase()),
  }
}
