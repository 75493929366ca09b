import type { Channel, Headers } from './channel.ts'
import type { Exchange } from './exchange.ts'
import type { Application, Thread } from './thread.ts'
import { channelHeaders } from './channel.ts'

export interface Mailbox { readonly name: string, readonly owner: string, readonly newMessages: number, readonly oldMessages: number }

/** From the answer to the beep; who hangs up before it leaves nothing. */
const GREETING_MS = 3000
const MESSAGE_MS = 5000
const LISTEN_MS = 4000

/** What lies in whose mailbox. */
export class Mailboxes {
  readonly #boxes = new Map<string, Mailbox>()
  readonly #exchange: Exchange

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  get all(): readonly Mailbox[] {
    return [...this.#boxes.values()]
  }

  add(box: Mailbox): void {
    this.#boxes.set(box.name, box)
  }

  /** `1001` and `1001@default` are the same; a box that nobody has is empty. */
  named(name: string): Mailbox | undefined {
    const [box = '', context = 'default'] = name.split('@')
    return context === 'default'
      ? this.#boxes.get(box)
      : undefined
  }

  /** VoiceMail(): greets, takes a message until the caller hangs up. */
  leaveMessage(thread: Thread, name: string): Application {
    const { exchange } = thread
    let recording = false
    exchange.setState(thread.id, 6)
    let stop = exchange.clock.after(GREETING_MS, () => {
      recording = thread.leavesMessage
      stop = exchange.clock.after(recording
        ? MESSAGE_MS
        : 0, () => exchange.end(thread.id, { by: 'line', cause: 0, techCause: null }))
    })
    return {
      stop: () => {
        stop()
        if (recording)
          this.#change(name, { new: 1, old: 0 }, thread.channel)
      },
    }
  }

  /** VoiceMailMain(): plays the new messages one after the other; what was heard is old when the listener hangs up. */
  listen(thread: Thread, name: string): Application {
    const { exchange } = thread
    let heard = 0
    let stop = (): void => {}
    const next = (): void => {
      stop = exchange.clock.after(LISTEN_MS, () => {
        if (heard >= (this.named(name)?.newMessages ?? 0)) {
          exchange.end(thread.id, { by: 'line', cause: 0, techCause: null })
          return
        }
        heard++
        next()
      })
    }
    exchange.setState(thread.id, 6)
    next()
    return {
      stop: () => {
        stop()
        if (heard > 0)
          this.#change(name, { new: -heard, old: heard }, thread.channel)
      },
    }
  }

  #change(name: string, by: { readonly new: number, readonly old: number }, channel: Channel): void {
    const box = this.named(name)
    if (!box)
      return
    const changed = { ...box, newMessages: box.newMessages + by.new, oldMessages: box.oldMessages + by.old }
    this.#boxes.set(box.name, changed)
    this.#exchange.tell('MessageWaiting', [
      ...channelHeaders(channel),
      ...messageHeaders(changed),
    ])
  }
}

function messageHeaders({ name, newMessages, oldMessages }: Mailbox): Headers {
  return [
    ['Mailbox', `${name}@default`],
    ['Waiting', Number(newMessages > 0)],
    ['New', newMessages],
    ['Old', oldMessages],
  ]
}
