import type { ActionReport, Headers, PacketView } from '#contract/admin.ts'
import type { Failure } from '#contract/result.ts'
import type { Asker } from '../../ami/session/types.ts'
import type { FieldValue, Message } from '../../ami/wire/message.ts'
import type { Clock } from '../../clock.ts'
import type { PacketFeed, SeenPacket } from '../feed.ts'
import { AppError } from '../../errors.ts'
import { packetView } from '../packet-view.ts'
import { answersRaw, askRaw } from '../raw.ts'
import { actionEntry } from './catalog-view.ts'
import { watchOver } from './danger.ts'
import { readTypedPacket } from './typed-text.ts'

export interface ConsoleParts {
  readonly asker: () => Asker
  readonly feed: PacketFeed
  readonly clock: Clock
  readonly random: () => number
}

export interface AdminConsole {
  readonly send: (input: { readonly action: string, readonly fields: Headers, readonly confirmed: boolean }) => Promise<ActionReport>
  readonly sendText: (input: { readonly text: string, readonly confirmed: boolean }) => Promise<ActionReport>
}

/** Events that an action causes come before or after its answer; so long they are waited for. */
const AFTERMATH_MS = 1000
/** A synchronous Originate answers when somebody does. */
const LONGEST_MS = 60_000
const MOST_CAUSED = 200

/** Sends any action and gathers what the wire carried because of it. */
export function createConsole({ asker, clock, feed, random }: ConsoleParts): AdminConsole {
  const prefix = `ringside-console-${Math.floor(random() * 2 ** 40).toString(36)}`
  let counter = 0

  async function perform(action: string, fields: Headers): Promise<ActionReport> {
    const server = asker()
    const actionId = `${prefix}-${++counter}`
    const startedAt = clock.now()
    const seen: SeenPacket[] = []
    const stop = feed.listen(packet => seen.push(packet))
    try {
      const failure = await ask(server, feed, action, fields, actionId)
      const answeredAt = clock.now()
      await new Promise<void>(resolve => clock.after(AFTERMATH_MS, resolve))
      return report(seen, actionId, { action, fields, startedAt, answeredAt, failure })
    }
    finally {
      stop()
    }
  }

  return {
    async send({ action, confirmed, fields }) {
      watchOver({ action, fields, danger: actionEntry(action)?.danger ?? null, typed: false, confirmed })
      return perform(action, fields)
    },
    async sendText({ confirmed, text }) {
      const { action, fields } = readTypedPacket(text)
      watchOver({ action, fields, danger: actionEntry(action)?.danger ?? null, typed: true, confirmed })
      return perform(action, fields)
    },
  }
}

/** How the server refused, or null. What was not sent at all rises. */
async function ask(asker: Asker, feed: PacketFeed, action: string, fields: Headers, actionId: string): Promise<Failure | null> {
  try {
    if (answersRaw(asker, action))
      await askRaw(asker, feed, action, fieldsOf(fields), actionId)
    else if (actionEntry(action)?.reply === 'list')
      await asker.list(action, fieldsOf(fields), { actionId, timeoutMs: LONGEST_MS })
    else
      await asker.action(action, fieldsOf(fields), { actionId, timeoutMs: LONGEST_MS })
    return null
  }
  catch (error) {
    if (!(error instanceof AppError))
      throw error
    return { code: error.code, message: error.message, details: error.details }
  }
}

/** A header that is repeated goes out once for each of its values, in order. */
export function fieldsOf(headers: Headers): Record<string, FieldValue | readonly FieldValue[]> {
  const fields: Record<string, string[]> = Object.create(null)
  for (const [name, value] of headers)
    (fields[name] ??= []).push(value)
  return fields
}

function report(seen: readonly SeenPacket[], actionId: string, facts: { readonly action: string, readonly fields: Headers, readonly startedAt: number, readonly answeredAt: number, readonly failure: Failure | null }): ActionReport {
  const views = seen.map(({ at, direction, packet }, index) => ({ packet, view: packetView(packet, { id: index + 1, at, direction }) }))
  const isOurs = ({ packet }: { readonly packet: Message }): boolean => packet.get('ActionID') === actionId
  const sent = views.find(each => each.view.direction === 'out' && isOurs(each))
  const from = sent ? views.indexOf(sent) : 0
  // Raw tables bear no ActionID: of what came between request and answer they are the packets that are neither event nor answer.
  const answer = views.filter((each, index) => index > from && each.view.direction === 'in' && (isOurs(each) || (each.view.kind === 'text' && each.view.at <= facts.answeredAt)))
  const touched = channelsOf([...(sent ? [sent.packet] : []), ...answer.map(each => each.packet)])
  const caused = views.filter(each => each.view.direction === 'in' && each.view.kind === 'event' && !answer.includes(each) && touches(each.packet, touched))
  return {
    sent: sent?.view ?? { id: 0, at: facts.startedAt, direction: 'out', kind: 'action', name: facts.action, headers: facts.fields, output: null },
    answer: answer.map(each => each.view),
    caused: caused.slice(0, MOST_CAUSED).map((each): PacketView => each.view),
    elapsedMs: facts.answeredAt - facts.startedAt,
    failure: facts.failure,
  }
}

const CHANNEL_HEADER = /(?:channel\d?|uniqueid\d?|linkedid|interface|location|queue|mailbox|peer|device|exten)$/i

function channelsOf(packets: readonly Message[]): ReadonlySet<string> {
  return new Set(packets.flatMap(packet => packet.entries()).filter(([name, value]) => CHANNEL_HEADER.test(name) && value.length > 2).map(([, value]) => value))
}

function touches(packet: Message, touched: ReadonlySet<string>): boolean {
  return packet.entries().some(([name, value]) => touched.has(value) && CHANNEL_HEADER.test(name))
}
