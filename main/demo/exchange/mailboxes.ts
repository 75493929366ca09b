import type { Channel, Headers, Party } from './channel.ts'
import type { Exchange } from './exchange.ts'
import type { Application, Thread } from './thread.ts'
import { channelHeaders } from './channel.ts'

export type Folder = 'INBOX' | 'Old' | 'Work' | 'Family' | 'Friends' | 'Urgent'

export interface Message {
  readonly id: string
  readonly folder: Folder
  readonly from: Party
  readonly at: number
  readonly seconds: number
}

export interface Mailbox { readonly name: string, readonly owner: string, readonly messages: readonly Message[] }

/** From the answer to the beep; who hangs up before it leaves nothing. */
const GREETING_MS = 3000
const MESSAGE_MS = 5000
const LISTEN_MS = 4000

const FOLDERS: readonly string[] = ['INBOX', 'Old', 'Work', 'Family', 'Friends', 'Urgent']
export const isFolder = (text: string): text is Folder => FOLDERS.includes(text)

export const newMessagesOf = ({ messages }: Mailbox): number => messages.filter(({ folder }) => folder === 'INBOX').length
export const oldMessagesOf = ({ messages }: Mailbox): number => messages.filter(({ folder }) => folder === 'Old').length

/** What lies in whose mailbox. */
export class Mailboxes {
  readonly #boxes = new Map<string, Mailbox>()
  readonly #exchange: Exchange
  #count = 0

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  get all(): readonly Mailbox[] {
    return [...this.#boxes.values()]
  }

  add(name: string, owner: string, messages: readonly Omit<Message, 'id'>[]): void {
    this.#boxes.set(name, { name, owner, messages: messages.map(message => ({ ...message, id: this.#nextId(message.at) })) })
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
    let beganAt: number | null = null
    exchange.setState(thread.id, 6)
    let stop = exchange.clock.after(GREETING_MS, () => {
      beganAt = thread.leavesMessage
        ? exchange.clock.now()
        : null
      stop = exchange.clock.after(beganAt === null
        ? 0
        : MESSAGE_MS, () => exchange.end(thread.id, { by: 'line', cause: 0, techCause: null }))
    })
    return {
      stop: () => {
        stop()
        const box = this.named(name)
        if (beganAt === null || !box)
          return
        const seconds = Math.max(1, Math.round((exchange.clock.now() - beganAt) / 1000))
        this.#store({
          ...box,
          messages: [
            ...box.messages,
            { id: this.#nextId(beganAt), folder: 'INBOX', from: thread.channel.caller, at: beganAt, seconds },
          ],
        }, thread.channel)
      },
    }
  }

  /** VoiceMailMain(): plays the new messages one after the other; what was heard is old when the listener hangs up. */
  listen(thread: Thread, name: string): Application {
    const { exchange } = thread
    const heard = new Set<string>()
    let stop = (): void => {}
    const next = (): void => {
      stop = exchange.clock.after(LISTEN_MS, () => {
        const message = this.named(name)?.messages.find(({ id, folder }) => folder === 'INBOX' && !heard.has(id))
        if (!message) {
          exchange.end(thread.id, { by: 'line', cause: 0, techCause: null })
          return
        }
        heard.add(message.id)
        next()
      })
    }
    exchange.setState(thread.id, 6)
    next()
    return {
      stop: () => {
        stop()
        const box = this.named(name)
        if (box && heard.size > 0)
          this.#store({ ...box, messages: box.messages.map(message => heard.has(message.id) ? { ...message, folder: 'Old' } : message) }, thread.channel)
      },
    }
  }

  /** This and the next do nothing where there is no such message. */
  move(name: string, from: Folder, id: string, to: Folder): void {
    this.#edit(name, from, id, message => [{ ...message, folder: to }])
  }

  remove(name: string, from: Folder, id: string): void {
    this.#edit(name, from, id, () => [])
  }

  /** A copy for somebody else. */
  forward(name: string, from: Folder, id: string, toName: string, to: Folder): void {
    const message = this.named(name)?.messages.find(one => one.id === id && one.folder === from)
    const target = this.named(toName)
    if (message && target)
      this.#store({ ...target, messages: [...target.messages, { ...message, id: this.#nextId(this.#exchange.clock.now()), folder: to }] }, null)
  }

  #edit(name: string, from: Folder, id: string, change: (message: Message) => readonly Message[]): void {
    const box = this.named(name)
    if (box?.messages.some(one => one.id === id && one.folder === from))
      this.#store({ ...box, messages: box.messages.flatMap(one => one.id === id ? change(one) : [one]) }, null)
  }

  #store(box: Mailbox, by: Channel | null): void {
    this.#boxes.set(box.name, box)
    this.#exchange.tell('MessageWaiting', [
      ...by === null
        ? []
        : channelHeaders(by),
      ...messageHeaders(box),
    ])
  }

  /** `1795405298-00000001`, as app_voicemail names them. */
  #nextId(at: number): string {
    return `${Math.floor(at / 1000)}-${(++this.#count).toString(16).padStart(8, '0')}`
  }
}

function messageHeaders(box: Mailbox): Headers {
  return [
    ['Mailbox', `${box.name}@default`],
    ['Waiting', Number(newMessagesOf(box) > 0)],
    ['New', newMessagesOf(box)],
    ['Old', oldMessagesOf(box)],
  ]
}
