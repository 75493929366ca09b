import type { Message } from '../../ami/wire/message.ts'
import type { SeenPacket } from '../feed.ts'
import { AppError } from '../../errors.ts'
import { maskSecrets, maskSecretsInText } from '../packet-view.ts'
import { TracePacket } from './trace-packet.ts'

/**
 * A saved trace is text that people and programs can read: a line with the time, the direction and the kind
 * (`2026-11-25T10:00:00.000Z < event`), then a line for each header, one with `| ` in front for each line of output, then an empty
 * line. A control character stands as its picture (U+2400 and on).
 */
const HEADING = '# Ringside trace 1'
const MARK = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([<>]) (event|response|action|text)$/
const OUTPUT = '| '
/** Five digits and more in a row are somebody's number, unless a point says that they count something. */
const NUMBER = /(?<![\d.])\+?\d{5,}(?![\d.])/g
/** Headers whose digits identify a channel or a time and nobody. */
const NOBODYS = /^(?:uniqueid\d?|.*uniqueid|.*linkedid|timestamp|actionid|sequencenumber|.*time|bridgeid)$/i

/** Secrets never get into it; with `maskNumbers` every telephone number becomes as many `x` but for its last two digits. */
export function writeTrace(packets: Iterable<SeenPacket>, { maskNumbers }: { readonly maskNumbers: boolean }): string {
  const parts = [HEADING]
  const shown = (name: string, value: string): string => pictured(maskNumbers && !NOBODYS.test(name)
    ? value.replace(NUMBER, digits => `${'x'.repeat(digits.length - 2)}${digits.slice(-2)}`)
    : value)
  for (const { at, direction, packet } of packets) {
    parts.push('', `${new Date(at).toISOString()} ${direction === 'in' ? '<' : '>'} ${packet.kind}`)
    for (const [name, value] of maskSecrets(packet.entries())) {
      if (packet.output === null || name.toLowerCase() !== 'output')
        parts.push(`${pictured(name)}: ${shown(name, value)}`)
    }
    for (const line of packet.output ?? [])
      parts.push(`${OUTPUT}${shown('', maskSecretsInText(line))}`)
  }
  return `${parts.join('\n')}\n`
}

/** Reads what `writeTrace` wrote; throws `not-a-trace` with the line that is wrong. */
export function readTrace(text: string): readonly SeenPacket[] {
  const lines = text.split(/\r?\n/)
  const wrong = (line: number, why: string): AppError => new AppError('not-a-trace', `Line ${line} ${why}`, { details: { line } })
  if (lines[0] !== HEADING)
    throw wrong(1, `is not "${HEADING}"`)
  const packets: SeenPacket[] = []
  let open: { readonly at: number, readonly direction: 'in' | 'out', readonly kind: Message['kind'], readonly headers: [string, string][], readonly output: string[] } | null = null
  const finish = (): void => {
    if (open)
      packets.push({ at: open.at, direction: open.direction, packet: new TracePacket(open.kind, open.headers, open.output) })
    open = null
  }
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line === '')
      continue
    const mark = MARK.exec(line)
    if (mark) {
      finish()
      open = { at: Date.parse(mark[1] ?? ''), direction: mark[2] === '<' ? 'in' : 'out', kind: kindOf(mark[3]), headers: [], output: [] }
      continue
    }
    if (open === null)
      throw wrong(index + 1, 'belongs to no packet')
    const colon = line.indexOf(': ')
    if (line.startsWith(OUTPUT))
      open.output.push(unpictured(line.slice(OUTPUT.length)))
    else if (colon > 0)
      open.headers.push([unpictured(line.slice(0, colon)), unpictured(line.slice(colon + 2))])
    else
      throw wrong(index + 1, 'is neither a header nor output')
  }
  finish()
  return packets
}

function kindOf(word: string | undefined): Message['kind'] {
  return word === 'event' || word === 'response' || word === 'action' ? word : 'text'
}

/** One line, whatever is in it. */
function pictured(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what has a picture
  return text.replace(/[\0-\x1F]/g, char => String.fromCharCode(0x2400 + char.charCodeAt(0)))
}

function unpictured(text: string): string {
  return text.replace(/[\u2400-\u241F]/g, char => String.fromCharCode(char.charCodeAt(0) - 0x2400))
}
