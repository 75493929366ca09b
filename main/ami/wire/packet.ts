import type { Message } from './message.ts'
import type { Shape } from './shape.ts'
import { decodeText, isAscii, ownPart } from './text.ts'

export const END_MARK = '--END COMMAND--'

/** Header lines that may stand above raw text. */
const ABOVE_TEXT = /^(?:ActionID|Privilege):/i
/** How many header names of a shape are remembered. */
const REMEMBERED = 200
const LINE_FEED = 0x0A
const RETURN = 0x0D
const BLANK = 0x20
const COLON = 0x3A

/** A packet of the stream; nothing in it is looked for before it is asked for. */
export class Packet implements Message {
  readonly kind: Message['kind']
  readonly name: string
  readonly #headerNames: string[]
  /** One character a byte. */
  readonly #text: string
  /** The first header line. */
  readonly #start: number
  /** Behind the line end of the last header line. */
  readonly #end: number
  /** The raw text of a `text` packet or of command output; null for a packet that consists of headers. */
  readonly #body: string | null

  /** The headers are the lines of `text` from `start` to `end`, the last with its line end. */
  constructor(shape: Shape, text: string, start: number, end: number, body: string | null) {
    this.kind = shape.kind
    this.name = shape.name
    this.#headerNames = shape.headerNames
    this.#text = text
    this.#start = start
    this.#end = end
    this.#body = body
  }

  get(header: string): string | undefined {
    const exact = this.#findExact(header)
    if (exact !== -1)
      return valueAt(this.#text, exact)
    const value = this.#find(header, this.#start)
    if (value !== -1)
      return valueAt(this.#text, value)
    return isAscii(header) ? undefined : this.all(header)[0]
  }

  all(header: string): readonly string[] {
    // No release has such a name; an application's own event may.
    if (!isAscii(header))
      return this.entries().filter(([name]) => name.toLowerCase() === header.toLowerCase()).map(([, value]) => value)
    const values: string[] = []
    for (let value = this.#find(header, this.#start); value !== -1; value = this.#find(header, nextLine))
      values.push(valueAt(this.#text, value))
    return values
  }

  entries(): readonly (readonly [name: string, value: string])[] {
    const text = this.#text
    const entries: (readonly [string, string])[] = []
    for (let start = this.#start; start < this.#end; start = nextLine) {
      const name = this.#headerNames[entries.length]
      if (name !== undefined && text.charCodeAt(start + name.length) === COLON && text.slice(start, start + name.length) === name) {
        entries.push([name, valueAt(text, start + name.length + 1)])
        continue
      }
      const colon = text.indexOf(':', start)
      nextLine = endOfLine(text, start)
      if (colon > start && colon < nextLine)
        entries.push([this.#learnName(entries.length, text.slice(start, colon)), valueAt(text, colon + 1)])
    }
    return entries
  }

  get output(): readonly string[] | null {
    if (this.#body !== null)
      return linesOf(this.#body)
    if (this.kind !== 'response')
      return null
    const output = this.all('Output')
    return output.length > 0 || this.get('Message') === 'Command output follows' ? output : null
  }

  raw(): string {
    const text = this.#text.slice(this.#start, this.#end) + (this.#body ?? '')
    return (text.endsWith('\r\n') ? text.slice(0, -2) : text).split('\n').map(decodeText).join('\n')
  }

  #learnName(index: number, bytes: string): string {
    const name = decodeText(bytes)
    // A name that is not ASCII is longer in the stream than it is here.
    if (index < REMEMBERED && name.length === bytes.length)
      this.#headerNames[index] = name
    return name
  }

  /** Where the value of the first header in just this spelling begins, or -1. Much faster than looking at line after line. */
  #findExact(header: string): number {
    if (header === '')
      return -1
    const text = this.#text
    const lines = text.slice(this.#start, this.#end)
    for (let at = lines.indexOf(header); at !== -1; at = lines.indexOf(header, at + 1)) {
      const start = this.#start + at
      const colon = start + header.length
      if (text.charCodeAt(colon) === COLON && (at === 0 || isLineStart(text, start)) && isName(header))
        return colon + 1
    }
    return -1
  }

  /** Where the value of the first such header begins, in the line at `from` or below, or -1. */
  #find(header: string, from: number): number {
    const text = this.#text
    const { length } = header
    for (let start = from; start < this.#end; start = text.indexOf('\n', start) + 1) {
      if (text.charCodeAt(start + length) === COLON && isNamed(text, start, header) && (start === this.#start || isLineStart(text, start)))
        return start + length + 1
    }
    return -1
  }
}

function isNamed(text: string, start: number, header: string): boolean {
  const name = text.slice(start, start + header.length)
  return name.toLowerCase() === header.toLowerCase() && isName(header)
}

function isName(header: string): boolean {
  return header !== '' && !header.includes(':')
}

function isLineStart(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === LINE_FEED && text.charCodeAt(at - 2) === RETURN
}

/** Where the line below the value begins that was read last: a second result of `valueAt`, which is called too often to make an object. */
let nextLine = 0

/** The value that begins here, less one blank and a line feed at its end, as a string of its own. */
function valueAt(text: string, from: number): string {
  const start = text.charCodeAt(from) === BLANK ? from + 1 : from
  let bits = 0
  let end = start
  for (;;) {
    const code = text.charCodeAt(end)
    if (code === RETURN && text.charCodeAt(end + 1) === LINE_FEED)
      break
    bits |= code
    end += 1
  }
  nextLine = end + 2
  // Some messages of real servers end with a bare line feed: `Message: Park successful\n\r\n`.
  while (end > start && text.charCodeAt(end - 1) === LINE_FEED)
    end -= 1
  return bits < 0x80 ? ownPart(text, start, end) : decodeText(text.slice(start, end))
}

/** Where the line below begins. */
function endOfLine(text: string, from: number): number {
  return text.indexOf('\r\n', from) + 2
}

/** Where the raw text begins in a packet that starts at `start`, below `Response: Follows` or without a first line. */
export function findBody(text: string, start: number, kind: 'response' | 'text'): number {
  let position = kind === 'text' ? start : endOfLine(text, start)
  while (ABOVE_TEXT.test(text.slice(position, position + 10)))
    position = endOfLine(text, position)
  return position
}

function linesOf(body: string): readonly string[] {
  const text = body.endsWith(END_MARK) ? body.slice(0, -END_MARK.length) : body
  if (text === '')
    return []
  const lines = text.split('\n').map(line => decodeText(line.endsWith('\r') ? line.slice(0, -1) : line))
  // Behind the line end of the last line there is none.
  if (lines.at(-1) === '')
    lines.pop()
  return lines
}
