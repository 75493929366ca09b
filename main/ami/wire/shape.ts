import type { Message } from './message.ts'
import { decodeText, ownCopy } from './text.ts'

/** What the first line of a packet says, and what packets that begin like it look like. */
export interface Shape {
  readonly kind: Message['kind']
  readonly name: string
  /** The line with its end. */
  readonly firstLine: string
  /** Names of the headers of the last such packet, in order: most often those of the next one too. */
  readonly headerNames: string[]
}

const RETURN = 0x0D
const PLACES = 1024
/** Longer lines are no names. */
const LONGEST = 100
const FIRST_LINE = /^(event|response|action): ?(.*)\r\n$/is

/** Reads first lines, the few that come again and again without making a string of them. */
export class Shapes {
  /** Whoever comes to a place drives out who was there: a peer that makes lines up fills no memory. */
  readonly #places = Array.from<Shape | null>({ length: PLACES }).fill(null)

  /** The shape of the packet that begins at `start`. */
  at(text: string, start: number): Shape {
    let hash = 0
    let end = start
    for (let code = text.charCodeAt(end); code !== RETURN && end < start + LONGEST; code = text.charCodeAt(end)) {
      hash = (hash * 31 + code) | 0
      end += 1
    }
    const place = hash & (PLACES - 1)
    const there = this.#places[place]
    if (there && text.slice(start, end + 2) === there.firstLine)
      return there

    const shape = readFirstLine(text.slice(start, text.indexOf('\r\n', start) + 2))
    this.#places[place] = shape
    return shape
  }
}

/** The shape of packets that begin with this line. */
export function readFirstLine(line: string): Shape {
  const [, word, name = ''] = FIRST_LINE.exec(line) ?? []
  return { kind: kindOf(word), name: decodeText(name), firstLine: ownCopy(line), headerNames: [] }
}

function kindOf(word: string | undefined): Message['kind'] {
  switch (word?.toLowerCase()) {
    case 'event': return 'event'
    case 'response': return 'response'
    case 'action': return 'action'
    default: return 'text'
  }
}
