import type { Message } from './message.ts'
import type { Shape } from './shape.ts'
import { decodeText, isAscii, ownCopy } from './text.ts'

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
  /** The header lines, one character a byte, without the end of the last. */
  readonly #text: string
  /** The raw text of a `text` packet or of command output. */
  readonly #body: string | null
  /** Where the lines begin that have been looked at. */
  readonly #starts = [0]
  /** Where to look for the next line, or -1 when there is none. */
  #next = 0
  #ascii: boolean | null = null

  /** `body` is null for a packet that consists of headers. */
  constructor({ kind, name, headerNames }: Shape, headers: string, body: string | null) {
    this.kind = kind
    this.name = name
    this.#headerNames = headerNames
    this.#text = headers
    this.#body = body
  }

  get(header: string): string | undefined {
    const line = this.#find(header, 0)
    if (line !== -1)
      return this.#valueOfLine(line, header.length)
    return isAscii(header) ? undefined : this.all(header)[0]
  }

  all(header: string): readonly string[] {
    // No release has such a name; an application's own event may.
    if (!isAscii(header))
      return this.entries().filter(([name]) => name.toLowerCase() === header.toLowerCase()).map(([, value]) => value)
    const values: string[] = []
    for (let line = this.#find(header, 0); line !== -1; line = this.#find(header, line + 1))
      values.push(this.#valueOfLine(line, header.length))
    return values
  }

  entries(): readonly (readonly [name: string, value: string])[] {
    const text = this.#text
    const expected = this.#headerNames
    const entries: (readonly [string, string])[] = []
    for (let start = 0; start < text.length;) {
      const lineEnd = text.indexOf('\r\n', start)
      const end = lineEnd === -1 ? text.length : lineEnd
      const name = expected[entries.length]
      if (name !== undefined && text.charCodeAt(start + name.length) === COLON && text.startsWith(name, start)) {
        entries.push([name, this.#value(start + name.length + 1, end)])
      }
      else {
        const colon = text.indexOf(':', start)
        if (colon > start && colon < end)
          entries.push([this.#learnName(entries.length, text.slice(start, colon)), this.#value(colon + 1, end)])
      }
      start = end + 2
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
    const text = this.#body === null ? this.#text : [this.#text, this.#body].filter(part => part !== '').join('\r\n')
    return text.split('\n').map(decodeText).join('\n')
  }

  #learnName(index: number, bytes: string): string {
    const name = decodeText(bytes)
    // A name that is not ASCII is longer in the stream than it is here.
    if (index < REMEMBERED && name.length === bytes.length)
      this.#headerNames[index] = name
    return name
  }

  /** The number of the first line from `from` on that has this header, or -1. */
  #find(header: string, from: number): number {
    const { length } = header
    if (length === 0)
      return -1
    for (let line = from; ; line += 1) {
      const start = this.#start(line)
      if (start === -1)
        return -1
      if (this.#text.charCodeAt(start + length) === COLON && this.#isNamed(start, header))
        return line
    }
  }

  #isNamed(start: number, header: string): boolean {
    return !header.includes(':') && (this.#text.startsWith(header, start)
      || this.#text.slice(start, start + header.length).toLowerCase() === header.toLowerCase())
  }

  #valueOfLine(line: number, nameLength: number): string {
    const next = this.#start(line + 1)
    return this.#value((this.#starts[line] ?? 0) + nameLength + 1, next === -1 ? this.#text.length : next - 2)
  }

  #value(from: number, to: number): string {
    const text = this.#text
    const start = text.charCodeAt(from) === BLANK ? from + 1 : from
    let end = to
    // Some messages of real servers end with a bare line feed: `Message: Park successful\n\r\n`.
    while (end > start && text.charCodeAt(end - 1) === LINE_FEED)
      end -= 1
    this.#ascii ??= isAscii(text)
    const bytes = text.slice(start, end)
    return this.#ascii ? ownCopy(bytes) : decodeText(bytes)
  }

  /** Where line number `line` begins, or -1 when there are not so many. */
  #start(line: number): number {
    const text = this.#text
    const starts = this.#starts
    while (line >= starts.length && this.#next !== -1) {
      const end = text.indexOf('\n', this.#next)
      this.#next = end === -1 ? -1 : end + 1
      if (end > 0 && text.charCodeAt(end - 1) === RETURN)
        starts.push(end + 1)
    }
    return starts[line] ?? -1
  }
}

/** Splits what stands above raw text from the text. */
export function splitBody(lines: string, kind: 'response' | 'text'): readonly [headers: string, body: string] {
  let position = kind === 'text' ? 0 : nextLine(lines, 0)
  while (ABOVE_TEXT.test(lines.slice(position, position + 10)))
    position = nextLine(lines, position)
  const headers = lines.slice(0, position)
  return [headers.endsWith('\r\n') ? headers.slice(0, -2) : headers, lines.slice(position)]
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\r\n', from)
  return end === -1 ? text.length : end + 2
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
