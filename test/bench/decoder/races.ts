import type { Mode } from './clients.ts'
import type { EventStream } from './streams.ts'
import { legacy, modern, recorded } from './streams.ts'

export interface Race {
  readonly what: string
  readonly mode: Mode
  readonly stream: (events: number) => EventStream
  /** Times as fast as the fastest peer. */
  readonly aim: number
}

export const races: readonly Race[] = [
  { what: 'name and two headers', mode: 'two', stream: modern, aim: 12 },
  { what: 'all headers', mode: 'all', stream: modern, aim: 4 },
  { what: '1 % of events wanted', mode: 'rare', stream: modern, aim: 16 },
  { what: 'name and two headers, 1.4', mode: 'two', stream: legacy, aim: 5 },
  { what: 'name and two headers, recorded 22', mode: 'two', stream: recorded, aim: 8 },
]
