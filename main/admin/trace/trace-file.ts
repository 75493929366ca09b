import type { SeenPacket } from '../feed.ts'
import { Decoder } from '../../ami/wire/decoder.ts'
import { encodePacket } from '../../ami/wire/encoder.ts'
import { AppError } from '../../errors.ts'
import { maskSecrets } from '../packet-view.ts'

/**
 * A saved trace is text that people and programs can read: a line with the time and the direction (`2026-11-25T10:00:00.000Z <`), then
 * the packet as on the wire with bare line feeds, then an empty line.
 */
const HEADING = '# Ringside trace 1'
const MARK = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([<>])$/
/** Five digits and more in a row are somebody's number, unless a point says that they count something. */
const NUMBER = /(?<![\d.])\+?\d{5,}(?![\d.])/g
/** Headers whose digits identify a channel or a time and nobody. */
const NOBODYS = /^(?:uniqueid\d?|.*uniqueid|.*linkedid|timestamp|actionid|sequencenumber|.*time|bridgeid)$/i

/** Secrets never get into it; with `maskNumbers` every telephone number becomes as many `x` but for its last two digits. */
export function writeTrace(packets: Iterable<SeenPacket>, { maskNumbers }: { readonly maskNumbers: boolean }): string {
  const parts = [HEADING]
  const hide = (name: string, value: string): string => maskNumbers && !NOBODYS.test(name)
    ? value.replace(NUMBER, digits => `${'x'.repeat(digits.length - 2)}${digits.slice(-2)}`)
    : value
  for (const { at, direction, packet } of packets) {
    parts.push('', `${new Date(at).toISOString()} ${direction === 'in' ? '<' : '>'}`)
    for (const [name, value] of maskSecrets(packet.entries())) {
      if (name.toLowerCase() !== 'output')
        parts.push(`${name}: ${hide(name, value)}`.replaceAll(/[\r\n]+/g, ' '))
    }
    for (const line of packet.output ?? [])
      parts.push(packet.kind === 'text' ? hide('', line) : `Output: ${hide('', line)}`)
  }
  return `${parts.join('\n')}\n`
}

/** Reads what `writeTrace` wrote; throws `not-a-trace` with the line that is wrong. */
export function readTrace(text: string): readonly SeenPacket[] {
  const lines = text.split(/\r?\n/)
  if (lines[0] !== HEADING)
    throw new AppError('not-a-trace', `The first line is not "${HEADING}"`, { details: { line: 1 } })
  const packets: SeenPacket[] = []
  let open: { readonly at: number, readonly direction: 'in' | 'out', readonly lines: string[] } | null = null

  const finish = (): void => {
    if (open && open.lines.length > 0)
      packets.push(...decode(open.lines, open.at, open.direction))
    open = null
  }
  for (const [index, line] of lines.entries()) {
    if (index === 0)
      continue
    const mark = MARK.exec(line)
    if (mark) {
      finish()
      open = { at: Date.parse(mark[1] ?? ''), direction: mark[2] === '<' ? 'in' : 'out', lines: [] }
    }
    else if (line !== '') {
      if (open === null)
        throw new AppError('not-a-trace', `Line ${index + 1} belongs to no packet`, { details: { line: index + 1 } })
      open.lines.push(line)
    }
  }
  finish()
  return packets
}

function decode(lines: readonly string[], at: number, direction: 'in' | 'out'): readonly SeenPacket[] {
  const found: SeenPacket[] = []
  const decoder = new Decoder({ onBanner() {}, onMessage: packet => found.push({ at, direction, packet }) }, { banner: false, lenient: direction === 'out' })
  const isText = !/^[\w-]+:/.test(lines[0] ?? '')
  decoder.push(isText
    ? new TextEncoder().encode(`${lines.join('\n')}\r\n\r\n`)
    : encodePacket(lines.map((line) => {
        const colon = line.indexOf(':')
        return colon > 0 ? [line.slice(0, colon), line.slice(colon + 1).trimStart()] as const : ['Output', line] as const
      })))
  return found
}
