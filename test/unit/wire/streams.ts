import type { Message } from '../../../main/ami/wire/message.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Stream {
  /** `1.8/command` */
  readonly name: string
  readonly bytes: Uint8Array
}

/** All recordings there are, whatever they were kept for. */
export const streams: readonly Stream[] = ['wire', 'transcripts'].flatMap(readStreams)

function readStreams(folder: string): readonly Stream[] {
  const root = fileURLToPath(new URL(`../../fixtures/${folder}/`, import.meta.url))
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.s2c.txt'))
    .sort()
    .map(path => ({ name: path.replace('.s2c.txt', ''), bytes: readFileSync(root + path) }))
}

/** The stream of that name, as `22/l-command`. */
export function streamOf(name: string): Uint8Array {
  const stream = streams.find(stream => stream.name === name)
  if (!stream)
    throw new Error(`There is no recording ${name}`)
  return stream.bytes
}

/** All that a message tells, as plain data. */
export type Told = Pick<Message, 'kind' | 'name' | 'output'> & { readonly entries: readonly (readonly [string, string])[] }

export function tell(message: Message): Told {
  return { kind: message.kind, name: message.name, entries: message.entries(), output: message.output }
}
