import type { Message } from './message.ts'
import { decodeText } from './text.ts'

/** What the first line of a packet says, and what packets that begin like it look like. */
export interface Shape {
  readonly kind: Message['kind']
  readonly name: string
  /** The name as it stands in the stream. */
  readonly nameBytes: Uint8Array
  /** Bytes of the line with its end. */
  readonly lineLength: number
  /** Names of the headers of the last such packet, in order: most often those of the next one too. */
  readonly headerNames: string[]
}

const LINE_FEED = 0x0A
const RETURN = 0x0D
const EVENT = 'Event: '
const PLACES = 1024
/** What is longer is no name. */
const LONGEST = 100
const FIRST_LINE = /^(event|response|action): ?(.*)\r\n$/is

/** Reads first lines. Names of events come again and again: they are known by their characters, without a string being made. */
export class Shapes {
  /** Whoever comes to a place drives out who was there: a peer that makes names up fills no memory. */
  readonly #places = Array.from<Shape | null>({ length: PLACES }).fill(null)

  /** The shape of the packet that begins at `start`. */
  at(text: string, start: number): Shape {
    return text.startsWith(EVENT, start) ? this.#event(text, start) : readFirstLine(firstLine(text, start))
  }

  #event(text: string, start: number): Shape {
    const nameStart = start + EVENT.length
    let hash = 0
    let end = nameStart
    for (let code = text.charCodeAt(end); code !== RETURN && end < nameStart + LONGEST; code = text.charCodeAt(end)) {
      hash = (hash * 31 + code) | 0
      end += 1
    }
    const place = hash & (PLACES - 1)
    const there = this.#places[place]
    if (there && isNamed(there, text, nameStart, end))
      return there

    const shape = readFirstLine(firstLine(text, start))
    this.#places[place] = shape
    return shape
  }
}

/** The shape of packets that begin with this line. */
export function readFirstLine(line: string): Shape {
  const [, word, name = ''] = FIRST_LINE.exec(line) ?? []
  return { kind: kindOf(word), name: decodeText(name), nameBytes: Buffer.from(name, 'latin1'), lineLength: line.length, headerNames: [] }
}

function firstLine(text: string, start: number): string {
  return text.slice(start, text.indexOf('\r\n', start) + 2)
}

function isNamed({ nameBytes }: Shape, text: string, start: number, end: number): boolean {
  if (end - start !== nameBytes.length || text.charCodeAt(end) !== RETURN || text.charCodeAt(end + 1) !== LINE_FEED)
    return false
  for (let index = 0; index < nameBytes.length; index += 1) {
    if (text.charCodeAt(start + index) !== nameBytes[index])
      return false
  }
  return true
}

function kindOf(word: string | undefined): Message['kind'] {
  switch (word?.toLowerCase()) {
    case 'event': return 'event'
    case 'response': return 'response'
    case 'action': return 'action'
    default: return 'text'
  }
}
