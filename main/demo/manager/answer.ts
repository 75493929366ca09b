import type { Headers } from '../exchange/channel.ts'

/** An event of a list: some releases' authors put the ActionID first, others last. */
export interface Item { readonly event: string, readonly headers: Headers, readonly actionIdLast?: boolean }

export interface Answer {
  readonly response: 'Success' | 'Error' | 'Goodbye'
  readonly headers: Headers
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

export function failure(message: string): Answer {
  return { response: 'Error', headers: [['Message', message]] }
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
