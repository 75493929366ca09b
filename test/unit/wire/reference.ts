import type { Told } from './streams.ts'

/** The whole stream at once, without a thought for speed: what the decoder must say, however the stream reaches it. */
export function referenceDecode(bytes: Uint8Array): { readonly banner: string, readonly messages: readonly Told[] } {
  let text = [...bytes].map(byte => String.fromCharCode(byte)).join('')
  const banner = /^([^\n]*)\r\n/.exec(text)
  text = text.slice(banner?.[0].length)
  const messages: Told[] = []
  for (;;) {
    text = text.replace(/^(?:\r?\n)+/, '')
    const isOutput = text.startsWith('Response: Follows\r\n')
    const packet = (isOutput ? /^([\s\S]*?)--END COMMAND--\r\n\r?\n/ : /^([\s\S]*?)\r\n\r?\n/).exec(text)
    if (!packet)
      return { banner: banner?.[1] ?? '', messages }
    text = text.slice(packet[0].length)
    messages.push(isOutput ? readOutput(packet[1] ?? '') : readPacket(packet[1] ?? ''))
  }
}

function readPacket(packet: string): Told {
  const lines = packet.split('\r\n')
  const [first, second = ''] = lines
  const [, word = '', name = ''] = /^(Event|Response): (.*)$/.exec((first ?? '').startsWith('ActionID: ') && second.startsWith('Event: ') ? second : first ?? '') ?? []
  if (word === '') {
    const above = lines.findIndex(line => !line.startsWith('ActionID: '))
    return { kind: 'text', name: '', entries: lines.slice(0, above).map(readHeader), output: lines.slice(above).map(decode) }
  }
  const entries = lines.filter(line => /^[^:]+:/.test(line)).map(readHeader)
  const output = entries.filter(([name]) => name === 'Output').map(([, value]) => value)
  const hasOutput = word === 'Response' && (output.length > 0 || packet.includes('Message: Command output follows'))
  return { kind: word === 'Event' ? 'event' : 'response', name: decode(name), entries, output: hasOutput ? output : null }
}

function readOutput(packet: string): Told {
  const [, head = '', body = ''] = /^((?:(?:Response|Privilege|ActionID): [^\r]*\r\n)*)([\s\S]*)$/.exec(packet) ?? []
  const lines = body.split('\n').map(line => decode(line.replace(/\r$/, '')))
  return {
    kind: 'response',
    name: 'Follows',
    entries: head.trimEnd().split('\r\n').map(readHeader),
    output: lines.at(-1) === '' ? lines.slice(0, -1) : lines,
  }
}

function readHeader(line: string): readonly [string, string] {
  const [, name = '', value = ''] = /^([^:]*): ?([\s\S]*)$/.exec(line) ?? []
  return [decode(name), decode(value.replace(/\n+$/, ''))]
}

function decode(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(text, character => character.charCodeAt(0)))
  }
  catch {
    return text
  }
}
