import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { EncoderLimits } from '../wire/limits.ts'
import type { Fields, Message } from '../wire/message.ts'
import type { ActionOptions, Dialect, ListAnswer } from './types.ts'
import { AppError } from '../../errors.ts'
import { encodeAction } from '../wire/encoder.ts'
import { legacyEncoderLimits } from '../wire/limits.ts'
import { failureIn } from './answers.ts'
import { endsInSilence, isNamelessItem, opensList, partOf } from './list-form.ts'
import { patiently } from './patience.ts'
import { Sequence } from './sequence.ts'

export interface ExchangeParts {
  readonly send: (bytes: Uint8Array) => void
  /** Unique over all programs at this server. */
  readonly nextId: () => string
  readonly clock: Clock
  readonly log: Log
}

/** An action that waits for its answer. */
interface Waiting {
  /** In lower case. */
  readonly action: string
  readonly list: OpenList | null
  readonly answer: (answer: ListAnswer) => void
  readonly fail: (error: AppError) => void
}

interface OpenList {
  response: Message | null
  readonly items: Message[]
  complete: Message | null
  lastHeard: number
}

const ANSWER_MS = 10_000
/** More than any list that a person could look at; a server that sends more is broken. */
const MOST_ITEMS = 50_000
/** ActionIDs of lists that were given up: what still comes for them is nobody's. */
const MOST_FORGOTTEN = 100

/** Questions and answers of one connection: any number outstanding, each settled exactly once. */
export class Exchange {
  readonly #parts: ExchangeParts
  readonly #waiting = new Map<string, Waiting>()
  readonly #sequence = new Sequence()
  readonly #forgotten = new Set<string>()
  #lists = 0
  #over = false
  /** Set as soon as the server has told its version. */
  dialect: Dialect | null = null
  /** The narrowest until it is known what the server reads. */
  limits: EncoderLimits = legacyEncoderLimits

  constructor(parts: ExchangeParts) {
    this.#parts = parts
  }

  async action(name: string, fields: Fields = {}, options: ActionOptions = {}): Promise<Message> {
    return (await this.#ask(name, fields, options, null)).response
  }

  list(name: string, fields: Fields = {}, options: ActionOptions = {}): Promise<ListAnswer> {
    return this.#ask(name, fields, options, { response: null, items: [], complete: null, lastHeard: this.#parts.clock.now() })
  }

  /** Whether this packet was somebody's answer, or part of one: then nobody else needs it. */
  take(packet: Message): boolean {
    switch (packet.kind) {
      case 'response': return this.#takeResponse(packet)
      case 'event': return this.#takeEvent(packet)
      case 'text': return this.#takeText(packet)
      case 'action': return false
      default: return packet.kind satisfies never
    }
  }

  /** The link is gone: what was asked may have been done. */
  end(reason: AppError): void {
    this.#over = true
    for (const { action, fail } of [...this.#waiting.values()])
      fail(new AppError('outcome-unknown', `The link ended before ${action} was answered: ${reason.message}`, { cause: reason, details: { action } }))
  }

  #ask(name: string, fields: Fields, options: ActionOptions, list: OpenList | null): Promise<ListAnswer> {
    const { clock, log, nextId, send } = this.#parts
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(new AppError('not-online', `${name} was not sent: there is no connection`, { details: { action: name } }))
        return
      }
      const id = options.actionId ?? nextId()
      if (this.#waiting.has(id))
        throw new Error(`Two actions with the ActionID ${id}`)
      const bytes = encodeAction(name, fields, id, this.limits)
      const timeoutMs = options.timeoutMs ?? ANSWER_MS
      const action = name.toLowerCase()
      let stopClock = patiently(clock, timeoutMs, () => this.#late(id, timeoutMs, (again) => { stopClock = again }))
      const settle = (): void => {
        stopClock()
        this.#waiting.delete(id)
        if (list !== null)
          this.#lists--
      }
      if (list !== null)
        this.#lists++
      this.#waiting.set(id, {
        action,
        list,
        answer(answer) {
          settle()
          resolve(answer)
        },
        fail(error) {
          settle()
          reject(error)
        },
      })
      this.#sequence.sent(id, action)
      log.debug(`Asking ${name} as ${id}`)
      send(bytes)
    })
  }

  #late(id: string, timeoutMs: number, rearm: (cancel: () => void) => void): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined)
      return
    const { clock } = this.#parts
    const { action, list } = waiting
    // A long list may take its time as long as it goes on; a clock that was set back gives it a little more.
    const quietMs = list === null ? timeoutMs : Math.max(0, clock.now() - list.lastHeard)
    if (quietMs < timeoutMs) {
      rearm(patiently(clock, timeoutMs - quietMs, () => this.#late(id, timeoutMs, rearm)))
      return
    }
    if (list !== null && list.response !== null && list.items.length > 0 && endsInSilence(action, this.dialect)) {
      waiting.answer({ response: list.response, items: list.items, complete: null })
      return
    }
    if (list !== null)
      this.#forget(id)
    waiting.fail(new AppError('no-answer', `The server did not answer ${action} within ${timeoutMs} ms`, { retriable: true, details: { action, timeoutMs } }))
  }

  #takeResponse(response: Message): boolean {
    const named = response.get('ActionID')
    const id = named ?? this.#sequence.ownerOf(response)
    if (id === null) {
      this.#parts.log.debug(`An answer that is nobody's: ${response.name} ${response.get('Message') ?? ''}`)
      return true
    }
    this.#sequence.answered(id)
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) {
      this.#parts.log.debug(`An answer that nobody waits for: ${id}`)
      return true
    }
    const { action, list } = waiting
    const failure = failureIn(response, action)
    if (failure !== null)
      waiting.fail(failure)
    else if (list === null)
      waiting.answer({ response, items: [], complete: null })
    else
      this.#openList(waiting, list, response)
    return true
  }

  /** Items, and even the end, may have come before the answer itself. */
  #openList(waiting: Waiting, list: OpenList, response: Message): void {
    list.response = response
    list.lastHeard = this.#parts.clock.now()
    if (list.complete !== null || (list.items.length === 0 && !opensList(response)))
      waiting.answer({ response, items: list.items, complete: list.complete })
  }

  #takeEvent(event: Message): boolean {
    if (this.#lists === 0 && this.#forgotten.size === 0)
      return false
    const id = event.get('ActionID') ?? this.#namelessListOf(event)
    if (id === undefined)
      return false
    const waiting = this.#waiting.get(id)
    if (waiting?.list) {
      this.#takePart(id, waiting, waiting.list, event)
      return true
    }
    if (!this.#forgotten.has(id))
      return false
    if (partOf(event, '') === 'end')
      this.#forgotten.delete(id)
    return true
  }

  #takeText(text: Message): boolean {
    const id = text.get('ActionID') ?? this.#sequence.ownerOf(text) ?? this.#namelessListOf(text)
    const waiting = id === undefined ? undefined : this.#waiting.get(id)
    if (id === undefined || waiting === undefined)
      return false
    if (waiting.list?.response) {
      this.#takePart(id, waiting, waiting.list, text)
    }
    else {
      this.#sequence.answered(id)
      waiting.answer({ response: text, items: [], complete: null })
    }
    return true
  }

  #takePart(id: string, waiting: Waiting, list: OpenList, packet: Message): void {
    list.lastHeard = this.#parts.clock.now()
    const part = partOf(packet, waiting.action)
    if (part === 'cancelled') {
      waiting.fail(new AppError('action-refused', `The server gave up the list of ${waiting.action}`, { details: { action: waiting.action } }))
      return
    }
    if (part === 'end')
      list.complete = packet
    else
      list.items.push(packet)
    if (list.items.length > MOST_ITEMS) {
      this.#forget(id)
      waiting.fail(new AppError('list-too-long', `More than ${MOST_ITEMS} items of ${waiting.action}`, { details: { action: waiting.action, most: MOST_ITEMS } }))
    }
    else if (part !== 'item' && list.response !== null) {
      if (part === 'lastItem')
        this.#forget(id)
      waiting.answer({ response: list.response, items: list.items, complete: list.complete })
    }
  }

  /** The list that the server is writing, if this can be an item of it. */
  #namelessListOf(packet: Message): string | undefined {
    const open = [...this.#waiting].filter(([, { list }]) => list !== null && list.response !== null)
    const [first] = open
    return first !== undefined && open.length === 1 && isNamelessItem(packet, first[1].action) ? first[0] : undefined
  }

  #forget(id: string): void {
    this.#forgotten.add(id)
    if (this.#forgotten.size > MOST_FORGOTTEN) {
      const [oldest] = this.#forgotten
      this.#forgotten.delete(oldest ?? id)
    }
  }
}
