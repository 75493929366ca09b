import type { Headers } from '#contract/admin.ts'
import type { Message } from '../../ami/wire/message.ts'

/** A packet of a saved trace: what it said, without the bytes that said it. */
export class TracePacket implements Message {
  readonly kind: Message['kind']
  readonly name: string
  readonly output: readonly string[] | null
  readonly #headers: Headers

  constructor(kind: Message['kind'], headers: Headers, output: readonly string[]) {
    this.kind = kind
    this.name = headers.find(([name]) => name.toLowerCase() === kind)?.[1] ?? ''
    this.#headers = headers
    this.output = output.length > 0 || kind === 'text' || this.name === 'Follows' || this.get('Message') === 'Command output follows' ? output : null
  }

  get(header: string): string | undefined {
    return this.all(header)[0]
  }

  all(header: string): readonly string[] {
    return this.entries().filter(([name]) => name.toLowerCase() === header.toLowerCase()).map(([, value]) => value)
  }

  entries(): Headers {
    return this.#headers
  }

  raw(): string {
    return [...this.#headers.map(([name, value]) => `${name}: ${value}`), ...this.output ?? []].join('\n')
  }
}
