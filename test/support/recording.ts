import type { Message } from '../../main/ami/wire/message.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Decoder } from '../../main/ami/wire/decoder.ts'

const ROOT = fileURLToPath(new URL('../fixtures/transcripts/', import.meta.url))

/** What happened at the client's end of a recorded connection, in ms since it was opened. */
type Moment = { readonly at: number } & (
  | { readonly kind: 'said', readonly message: Message }
  | { readonly kind: 'originated', readonly actionId: string, readonly channel: string, readonly exten: string, readonly channelId: string | null }
)

export interface Recording {
  /** `1.8/inbound_answered`. */
  readonly name: string
  readonly version: string
  readonly moments: readonly Moment[]
}

const versions = [
  '1.2',
  '1.4',
  '1.4z',
  '1.8',
  '11',
  '16',
  '22',
] as const

export function recordingNames(): readonly string[] {
  return versions.flatMap(version => readdirSync(`${ROOT}${version}`)
    .filter(file => file.endsWith('.s2c.txt'))
    .map(file => `${version}/${file.replace('.s2c.txt', '')}`))
}

/** Every read of the recording goes through the decoder of production as it came. */
export function readRecording(name: string): Recording {
  const bytes = readFileSync(`${ROOT}${name}.s2c.txt`)
  const moments: Moment[] = []
  let now = 0
  const decoder = new Decoder({
    onBanner: () => {},
    onMessage: message => moments.push({ at: now, kind: 'said', message }),
  }, { banner: true })
  let offset = 0
  for (const line of readFileSync(`${ROOT}${name}.times.txt`, 'utf8').trimEnd().split('\n')) {
    const [at = '', what = '', actionId = '', channel = '', exten = '', channelId = '-'] = line.split(' ')
    now = Number(at)
    if (what === 'originate') {
      moments.push({ at: now, kind: 'originated', actionId, channel, exten, channelId: channelId === '-'
        ? null
        : channelId })
      continue
    }
    decoder.push(bytes.subarray(offset, offset + Number(what)))
    offset += Number(what)
  }
  if (offset !== bytes.length)
    throw new Error(`${name}: the times cover ${offset} of ${bytes.length} bytes`)
  return { name, version: name.slice(0, name.indexOf('/')), moments }
}
