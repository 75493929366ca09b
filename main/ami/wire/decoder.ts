import type { AppError } from '../../errors.ts'
import type { Limits } from './limits.ts'
import type { Message } from './message.ts'
import { decoderLimits } from './limits.ts'
import { END_MARK, Packet } from './packet.ts'
import { PendingText } from './pending-text.ts'
import { protocolError } from './protocol-error.ts'
import { bytesToText, decodeText, ownCopy } from './text.ts'

export interface DecoderListener {
  readonly onBanner: (line: string) => void
  readonly onMessage: (message: Message) => void
}

export interface DecoderOptions {
  /** The first line is a greeting, as it is of every server. */
  readonly banner: boolean
  /**
   * Events for which it is false never become objects. Answers always do, and so does every event that may be an item of
   * a list: one with an `ActionID`, and one without `Privilege`, because some lists of all releases lack the ActionID.
   */
  readonly wants?: (eventName: string) => boolean
  /**
   * The stream is a client's, which may be a person: a bare line feed ends a line, and `Action` need not be the first
   * header. Wrong for what servers say, whose values may hold a line feed.
   */
  readonly lenient?: boolean
  readonly limits?: Partial<Limits>
}

const FOLLOWS = 'Response: Follows\r\n'
/** So many characters tell which end to look for. */
const HEAD_LENGTH = FOLLOWS.length
/** So many characters of what came before may belong to an end that is cut. */
const TAIL_LENGTH = `${END_MARK}\r\n\r\n`.length - 1

/** An empty line. Real servers end it with a bare line feed now and then. */
const PACKET_END = /\r\n\r?\n/g
/** Text may stand before the mark on its line; an output that quotes the mark does not have the empty line. */
const OUTPUT_END = new RegExp(`${END_MARK}\r\n\r?\n`, 'g')

/**
 * Turns a stream into messages, however it is cut, in time linear in its length. Lines end with CR LF, because values of
 * real servers hold bare line feeds; a packet ends with an empty line.
 */
export class Decoder {
  readonly #listener: DecoderListener
  readonly #wants: ((eventName: string) => boolean) | null
  readonly #lenient: boolean
  readonly #limits: Limits
  readonly #pending = new PendingText(TAIL_LENGTH)
  #pendingEnd = PACKET_END
  /** What is there of the banner, until it is whole. */
  #banner: string | null
  #lastWasReturn = false
  #failure: AppError | null = null
  #thrown: unknown[] = []

  constructor(listener: DecoderListener, options: DecoderOptions) {
    this.#listener = listener
    this.#wants = options.wants ?? null
    this.#lenient = options.lenient ?? false
    this.#limits = { ...decoderLimits, ...options.limits }
    this.#banner = options.banner ? '' : null
  }

  /**
   * Hands on every message that these bytes complete. Throws `protocol-error` when a limit is passed, and from then on
   * always. What a listener throws is thrown on when the whole chunk has been decoded.
   */
  push(chunk: Uint8Array): void {
    if (this.#failure)
      throw this.#failure
    const text = this.#lenient ? this.#mendLineEnds(bytesToText(chunk)) : bytesToText(chunk)
    this.#decode(text, this.#banner === null ? 0 : this.#takeBanner(this.#banner, text))

    const [first, ...more] = this.#thrown
    if (first === undefined)
      return
    this.#thrown = []
    throw more.length > 0 ? new AggregateError([first, ...more], 'Several listeners failed') : first
  }

  /** A carriage return before each line feed, also where the chunk is cut between the two. */
  #mendLineEnds(text: string): string {
    const mended = (this.#lastWasReturn ? `\r${text}` : text).replace(/(?<!\r)\n/g, '\r\n')
    const start = this.#lastWasReturn ? 1 : 0
    this.#lastWasReturn = mended.endsWith('\r')
    return mended.slice(start)
  }

  /** Where the packets begin. */
  #takeBanner(before: string, text: string): number {
    const end = text.indexOf('\n')
    const line = ownCopy(before + text.slice(0, end === -1 ? this.#limits.bannerBytes + 1 : end))
    if (line.length > this.#limits.bannerBytes)
      this.#fail(`The greeting is longer than ${this.#limits.bannerBytes} bytes`)
    if (end === -1) {
      this.#banner = line
      return text.length
    }
    this.#banner = null
    this.#call(() => this.#listener.onBanner(decodeText(line.endsWith('\r') ? line.slice(0, -1) : line)))
    return end + 1
  }

  #decode(text: string, from: number): void {
    if (this.#pending.length === 0)
      return this.#scan(text, from)
    if (this.#pending.length < HEAD_LENGTH)
      return this.#scan(this.#pending.take(text), 0)

    // An end may begin in what came before.
    const tail = this.#pending.tail
    const seam = tail + text.slice(0, TAIL_LENGTH)
    let after = endOf(this.#pendingEnd, seam, 0) - tail.length
    if (after < 0)
      after = endOf(this.#pendingEnd, text, 0)
    if (after < 0)
      return this.#hold(text)
    const packet = this.#pending.take(text.slice(0, after))
    this.#emit(packet, 0, packet.length, this.#pendingEnd)
    this.#scan(text, after)
  }

  #scan(text: string, from: number): void {
    let position = from
    for (;;) {
      const start = skipEmptyLines(text, position)
      if (start === text.length)
        return
      const end = text.startsWith(FOLLOWS, start) ? OUTPUT_END : PACKET_END
      const after = endOf(end, text, start)
      if (after === -1) {
        this.#pendingEnd = end
        return this.#hold(text.slice(start))
      }
      this.#emit(text, start, after, end)
      position = after
    }
  }

  #hold(text: string): void {
    this.#pending.add(text)
    // The bytes of the end itself are no part of the message.
    if (this.#pending.length > this.#limits.messageBytes + TAIL_LENGTH)
      this.#fail(`A message is longer than ${this.#limits.messageBytes} bytes`)
    if (this.#pending.lineLength > this.#limits.lineBytes + TAIL_LENGTH)
      this.#fail(`A line is longer than ${this.#limits.lineBytes} bytes`)
  }

  #emit(text: string, start: number, after: number, end: RegExp): void {
    const last = after - (text[after - 2] === '\r' ? 4 : 3)
    const lines = text.slice(start, last)
    if (lines.length > this.#limits.lineBytes || lines.length > this.#limits.headers)
      this.#checkLimits(lines, end)

    const lineEnd = lines.indexOf('\r\n')
    const first = /^(event|response|action): ?(.*)$/is.exec(lineEnd === -1 ? lines : lines.slice(0, lineEnd))
    const kind = first?.[1]?.toLowerCase() ?? 'text'
    const name = decodeText(first?.[2] ?? '')
    if (kind === 'event') {
      if (this.#wants && !this.#wants(name) && lines.startsWith('Privilege:', lineEnd + 2) && !lines.includes('\r\nActionID:'))
        return
      return this.#deliver(new Packet('event', name, lines, false))
    }
    if (kind === 'response')
      return this.#deliver(new Packet('response', name, lines, end === OUTPUT_END))
    if (kind === 'action')
      return this.#deliver(new Packet('action', name, lines, false))
    const action = this.#lenient ? new Packet('action', '', lines, false).get('Action') : undefined
    this.#deliver(action === undefined ? new Packet('text', '', lines, true) : new Packet('action', action, lines, false))
  }

  #deliver(message: Message): void {
    this.#call(() => this.#listener.onMessage(message))
  }

  #call(listener: () => void): void {
    try {
      listener()
    }
    catch (error) {
      this.#thrown.push(error)
    }
  }

  #checkLimits(lines: string, end: RegExp): void {
    const { headers, lineBytes, messageBytes } = this.#limits
    if (lines.length > messageBytes)
      this.#fail(`A message is longer than ${messageBytes} bytes`)
    const all = lines.split('\n')
    if (all.some(line => line.length > lineBytes))
      this.#fail(`A line is longer than ${lineBytes} bytes`)
    if (end === PACKET_END && all.length > headers)
      this.#fail(`A message has more than ${headers} headers`)
  }

  #fail(message: string): never {
    this.#pending.take('')
    this.#failure = protocolError(message)
    throw this.#failure
  }
}

/** The position behind the first end at or after `from`, or -1. */
function endOf(end: RegExp, text: string, from: number): number {
  end.lastIndex = from
  return end.test(text) ? end.lastIndex : -1
}

function skipEmptyLines(text: string, from: number): number {
  let position = from
  for (;;) {
    if (text[position] === '\n')
      position += 1
    else if (text[position] === '\r' && text[position + 1] === '\n')
      position += 2
    else
      return position
  }
}
