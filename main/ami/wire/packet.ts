import type { Message } from './message.ts'
import { decodeText } from './text.ts'

export const END_MARK = '--END COMMAND--'

/** Header lines that may stand above raw text. */
const ABOVE_TEXT = /^(?:ActionID|Privilege):/i

/** A packet of the stream; nothing in it is looked for before it is asked for. */
export class Packet implements Message {
  readonly kind: Message['kind']
  readonly name: string
  /** The lines without the empty one that ends them, one character a byte. */
  readonly #text: string
  /** Where the raw text of a `text` packet or of command output begins. */
  readonly #bodyStart: number

  constructor(kind: Message['kind'], name: string, text: string, hasBody: boolean) {
    this.kind = kind
    this.name = name
    this.#text = text
    this.#bodyStart = hasBody ? findBody(text, kind === 'text') : text.length
  }

  get(header: string): string | undefined {
    const wanted = header.toLowerCase()
    for (const [name, value] of this.#lines()) {
      if (name.toLowerCase() === wanted)
        return decodeText(value)
    }
    return undefined
  }

  all(header: string): readonly string[] {
    const wanted = header.toLowerCase()
    return this.#lines().filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => decodeText(value))
  }

  entries(): readonly (readonly [name: string, value: string])[] {
    return this.#lines().map(([name, value]) => [decodeText(name), decodeText(value)])
  }

  get output(): readonly string[] | null {
    if (this.#bodyStart < this.#text.length || this.kind === 'text')
      return linesOf(this.#text.slice(this.#bodyStart))
    if (this.kind !== 'response')
      return null
    const output = this.all('Output')
    return output.length > 0 || this.get('Message') === 'Command output follows' ? output : null
  }

  raw(): string {
    return this.#text.split('\n').map(decodeText).join('\n')
  }

  #lines(): (readonly [name: string, value: string])[] {
    const lines: (readonly [string, string])[] = []
    for (const line of this.#text.slice(0, this.#bodyStart).split('\r\n')) {
      const colon = line.indexOf(':')
      if (colon > 0)
        lines.push([line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1).replace(/\n+$/, '')])
    }
    return lines
  }
}

function findBody(text: string, fromFirstLine: boolean): number {
  let position = fromFirstLine ? 0 : nextLine(text, 0)
  while (ABOVE_TEXT.test(text.slice(position, position + 10)))
    position = nextLine(text, position)
  return position
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
  // The line end of the last line.
  if (lines.at(-1) === '')
    lines.pop()
  return lines
}
