import type { Message } from '../wire/message.ts'

/** Answered with a table and no `Response:` in some releases. */
const RAW_ACTIONS: ReadonlySet<string> = new Set(['queues', 'iaxpeers', 'iax1peers', 'iaxnetstats'])

/**
 * The actions whose answer may still come, in the order sent. A server does one at a time, in order: an answer to a later
 * one tells that the earlier ones will get none.
 */
export class Sequence {
  /** Name in lower case by ActionID. */
  readonly #open = new Map<string, string>()

  sent(id: string, action: string): void {
    this.#open.set(id, action)
  }

  answered(id: string): void {
    if (!this.#open.has(id))
      return
    for (const each of this.#open.keys()) {
      this.#open.delete(each)
      if (each === id)
        return
    }
  }

  /**
   * Whose answer a packet without ActionID is, where that is certain: `Ping` and `Events` do not echo it before 1.8, raw tables
   * never do. Null where it could be another's, and for complaints about a packet that had no action at all.
   */
  ownerOf(packet: Message): string | null {
    if (packet.kind === 'text')
      return this.#only(action => RAW_ACTIONS.has(action))
    if (/^missing action in request/i.test(packet.get('Message') ?? ''))
      return null
    const action = actionOf(packet)
    if (action === null)
      return this.#only(() => true)
    for (const [id, each] of this.#open) {
      if (each === action)
        return id
    }
    return null
  }

  #only(fits: (action: string) => boolean): string | null {
    const fitting = [...this.#open].filter(([, action]) => fits(action))
    const [first] = fitting
    return first !== undefined && fitting.length === 1 ? first[0] : null
  }
}

/** The action that an answer speaks of by its own words. */
function actionOf(answer: Message): 'ping' | 'events' | 'challenge' | null {
  const word = answer.name.toLowerCase()
  if (word === 'pong' || answer.get('Ping') !== undefined)
    return 'ping'
  if (word.startsWith('events ') || answer.get('Events') !== undefined)
    return 'events'
  return answer.get('Challenge') !== undefined ? 'challenge' : null
}
