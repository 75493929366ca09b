import type { Connect } from '../../main/ami/transport/transport.ts'
import type { Message } from '../../main/ami/wire/message.ts'
import type { Asked } from './conversation.ts'
import { Decoder } from '../../main/ami/wire/decoder.ts'
import { AppError } from '../../main/errors.ts'
import { readConversation } from './conversation.ts'
import { inNextTurn } from './turns.ts'

/** What a client asked, but for its ActionID. */
function keyOf(packet: Message): string {
  return packet.entries().filter(([name]) => !/^actionid$/i.test(name)).map(([name, value]) => `${name.toLowerCase()}:${/^action$/i.test(name) ? value.toLowerCase() : value}`).sort().join('\n')
}

/** A server that says to each action what a real one said in these recordings, with the ActionID of who asks now. Lets everybody in, and refuses what was not recorded. */
export class ConversationServer {
  /** What the client said and no recording answers. */
  readonly refused: string[] = []
  /** What the client said, in order, without login. */
  readonly asked: Message[] = []
  readonly #banner: string
  readonly #answers: ReadonlyMap<string, readonly string[]>
  #drop: (() => void) | null = null

  private constructor(banner: string, answers: ReadonlyMap<string, readonly string[]>) {
    this.#banner = banner
    this.#answers = answers
  }

  /** Of two recordings that answer the same the first counts. */
  static async of(...names: readonly string[]): Promise<ConversationServer> {
    const answers = new Map<string, readonly string[]>()
    let banner = ''
    for (const name of names) {
      const { actions, banner: greeting, said } = await readConversation(name)
      banner ||= greeting
      for (const action of actions) {
        const answer = packetsOf(action, said)
        if (answer.length > 0 && !answers.has(keyOf(action.packet)))
          answers.set(keyOf(action.packet), answer)
      }
    }
    return new ConversationServer(banner, answers)
  }

  /** The connection breaks. */
  drop(): void {
    this.#drop?.()
  }

  readonly connect: Connect = async (events) => {
    let open = true
    let saying = Promise.resolve()
    const say = (text: string): void => {
      saying = saying.then(() => inNextTurn(() => open && events.onData(Buffer.from(text, 'utf8'))))
    }
    const close = (): void => {
      if (!open)
        return
      open = false
      void inNextTurn(() => events.onClose(null))
    }
    this.#drop = close
    const decoder = new Decoder({ onBanner() {}, onMessage: packet => this.#answer(packet, say) }, { banner: false })
    say(`${this.#banner}\r\n`)
    return { send: bytes => decoder.push(bytes), close }
  }

  #answer(packet: Message, say: (text: string) => void): void {
    const id = `ActionID: ${packet.get('ActionID')}\r\n`
    const name = packet.name.toLowerCase()
    if (name === 'challenge')
      return say(`Response: Success\r\n${id}Challenge: 1\r\n\r\n`)
    if (name === 'login')
      return say(`Response: Success\r\n${id}Message: Authentication accepted\r\n\r\n`)
    this.asked.push(packet)
    const answer = this.#answers.get(keyOf(packet))
    if (answer === undefined && name === 'ping')
      return say(`Response: Pong\r\n${id}\r\n`)
    if (answer === undefined) {
      this.refused.push(keyOf(packet).replaceAll('\n', ', '))
      return say(`Response: Error\r\n${id}Message: Permission denied\r\n\r\n`)
    }
    for (const text of answer)
      say(text.replace(/^ActionID: .*\r\n/m, id))
  }
}

function packetsOf({ outcome, packet }: Asked, said: readonly Message[]): readonly string[] {
  const id = packet.get('ActionID')
  if (outcome instanceof AppError)
    return said.filter(each => each.kind === 'response' && id !== undefined && each.get('ActionID') === id).map(whole)
  const { complete, items, response } = outcome
  if (response.kind !== 'text')
    return [response, ...items, ...complete === null ? [] : [complete]].map(whole)
  // A table of text goes on until the next answer.
  const from = said.indexOf(response)
  const to = said.findIndex((each, index) => index > from && each.kind !== 'text')
  return said.slice(from, to === -1 ? said.length : to).map(whole)
}

const whole = (packet: Message): string => `${packet.raw()}\r\n${packet.raw().endsWith('\r\n') ? '' : '\r\n'}`
