import type { Message } from './message.ts'
import { decodeText, ownCopy } from './text.ts'

/** What the first line of a packet says, and what packets that begin like it look like. */
export interface Shape {
  readonly kind: Message['kind']
  readonly name: string
  /** Names of the headers in the last such packet, in order: most often those of the next one too. */
  readonly headerNames: string[]
}

/** First lines of servers are few; a peer that makes them up may not fill the memory. */
const REMEMBERED = 1000
const FIRST_LINE = /^(event|response|action): ?(.*)$/is

/** Reads first lines, each spelling once. */
export class Shapes {
  readonly #known = new Map<string, Shape>()

  of(firstLine: string): Shape {
    return this.#known.get(firstLine) ?? this.#read(firstLine)
  }

  #read(firstLine: string): Shape {
    const shape: Shape = { ...readFirstLine(firstLine), headerNames: [] }
    if (shape.kind !== 'text' && this.#known.size < REMEMBERED)
      this.#known.set(ownCopy(firstLine), shape)
    return shape
  }
}

function readFirstLine(line: string): Pick<Shape, 'kind' | 'name'> {
  const [, word, name = ''] = FIRST_LINE.exec(line) ?? []
  switch (word?.toLowerCase()) {
    case 'event': return { kind: 'event', name: decodeText(name) }
    case 'response': return { kind: 'response', name: decodeText(name) }
    case 'action': return { kind: 'action', name: decodeText(name) }
    default: return { kind: 'text', name: '' }
  }
}
