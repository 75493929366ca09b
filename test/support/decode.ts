import type { DecoderOptions } from '../../main/ami/wire/decoder.ts'
import type { Message } from '../../main/ami/wire/message.ts'
import { Decoder } from '../../main/ami/wire/decoder.ts'

export interface Decoded {
  readonly banner: string | null
  readonly messages: readonly Message[]
}

/** All that a stream says, given to the decoder in these pieces. */
export function decodeChunks(chunks: Iterable<Uint8Array>, options: DecoderOptions): Decoded {
  const messages: Message[] = []
  let banner: string | null = null
  const decoder = new Decoder({ onBanner: line => banner = line, onMessage: message => messages.push(message) }, options)
  for (const chunk of chunks)
    decoder.push(chunk)
  return { banner, messages }
}

/** Messages of text as a server would send it after its greeting. */
export function decodeText(text: string, options: Partial<DecoderOptions> = {}): readonly Message[] {
  return decodeChunks([new TextEncoder().encode(text)], { banner: false, ...options }).messages
}

/** Pieces of one length. */
export function* cut(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length)
    yield bytes.subarray(start, start + length)
}
