import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ROOT } from '../../build/project.mjs'

/** One recorded call of Asterisk 22, to be told again as often as wanted. */
export interface RecordedCall {
  /** Everything from the first channel until the phone rings. */
  readonly ring: (number: number) => string
  /** The rest, until the last channel has gone. */
  readonly end: (number: number) => string
  readonly events: number
}

const FOLDER = resolve(ROOT, 'test/fixtures/transcripts/22')
const END_OF_MESSAGE = /(?<=\r\n\r\n)/

/** Reads a recording whose call rings PJSIP/1001; `extension` takes the place of 1001. */
export function readCall(name: string, extension: string): RecordedCall {
  const messages = readFileSync(resolve(FOLDER, `${name}.companion.s2c.txt`), 'utf8').split(END_OF_MESSAGE).filter(message => message.startsWith('Event: '))
  const rings = messages.findIndex(message => message.startsWith('Event: DialState'))
  if (rings < 0)
    throw new Error(`nothing rings in ${name}`)
  const tell = (part: readonly string[]) => {
    const text = part.join('').replaceAll('1001', extension)
    return (number: number): string => text
      // A call of its own: other uniqueids, other channels, another bridge.
      .replaceAll(/\b\d{10}(?=\.\d+\r)/g, String(1_800_000_000 + number))
      .replaceAll(/(?<=-)0000000(?=\d\r)/g, (number % 0x10000000).toString(16).padStart(7, '0'))
      .replaceAll(/[0-9a-f]{8}(?=-[0-9a-f]{4}-)/g, number.toString(16).padStart(8, '0'))
  }
  return { ring: tell(messages.slice(0, rings + 1)), end: tell(messages.slice(rings + 1)), events: messages.length }
}
