import type { Headers } from '../exchange/channel.ts'

/** An event of a list: some releases' authors put the ActionID first, others last. */
export interface Item { readonly event: string, readonly headers: Headers, readonly actionIdLast?: boolean }

export interface Answer {
  readonly response: 'Success' | 'Error' | 'Goodbye'
  readonly headers: Headers
  /** Lines without a name, which a few actions write among the headers. */
  readonly bareLines?: readonly string[]
  /** Some messages end with a line feed of their own: an empty line more than there should be. */
  readonly strayLineFeed?: boolean
  readonly items?: readonly Item[]
  readonly complete?: Item
  /** What happens once the answer is on the wire. */
  readonly then?: () => void
}

export function success(message: string, then?: () => void): Answer {
  return { response: 'Success', headers: [['Message', message]], ...then && { then } }
}

export function facts(headers: Headers): Answer {
  return { response: 'Success', headers }
}

/** Success without a word. */
export function silentSuccess(then: () => void): Answer {
  return { response: 'Success', headers: [], then }
}

export function failure(message: string): Answer {
  return { response: 'Error', headers: [['Message', message]] }
}

/** What a console command prints; a refused one is an error with the same message. */
export function output(lines: readonly string[], isRefused = false): Answer {
  return {
    response: isRefused
      ? 'Error'
      : 'Success',
    headers: [
      ['Message', 'Command output follows'],
      ...lines.map(line => ['Output', line] as const),
    ],
  }
}

/** `event`, as often as there are items, between the announcement and `complete`. */
export function list(message: string, items: readonly Item[], complete: string, more: Headers = []): Answer {
  return {
    response: 'Success',
    headers: [
      ['EventList', 'start'],
      ['Message', message],
    ],
    items,
    complete: {
      event: complete,
      headers: [
        ['EventList', 'Complete'],
        ['ListItems', items.length],
        ...more,
      ],
    },
  }
}
