import type { AppError } from '../../errors.ts'
import type { Limits } from './limits.ts'
import type { Message } from './message.ts'
import type { Shape } from './shape.ts'
import { decoderLimits } from './limits.ts'
import { END_MARK, findBody, Packet } from './packet.ts'
import { PendingText } from './pending-text.ts'
import { protocolError } from './protocol-error.ts'
import { readFirstLine, Shapes } from './shape.ts'
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

const LINE_FEED = 0x0A
const RETURN = 0x0D
const FOLLOWS = 'Response: Follows\r\n'
/** So many characters tell which end to look for. */
const HEAD_LENGTH = FOLLOWS.length
/** So many characters of what came before may belong to an end that is cut. */
const TAIL_LENGTH = `${END_MARK}\r\n\r\n`.length - 1

/** An empty line. Real servers end it with a bare line feed now and then. */
const PACKET_END = /\r\n\r?\n/g
/** Text may stand before the mark on its line; an output that quotes the mark does not have the empty line. */
const OUTPUT_END = new RegExp(`${END_MARK}\r\n\r?\n`, 'g')

/** Lists of voicemail users up to 11 say the id first. */
const ID_ABOVE_EVENT = /^ActionID:[^\r]*\r\n(Event:[^\r]*\r\n)/i

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
  readonly #shapes = new Shapes()
  #pendingEnd = PACKET_END
  /** In the text at hand, at or behind the packet at hand. */
  #nextActionId = -1
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
    try {
      this.#listener.onBanner(decodeText(line.endsWith('\r') ? line.slice(0, -1) : line))
    }
    catch (error) {
      this.#thrown.push(error)
    }
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
    this.#nextActionId = -1
    this.#emit(packet, 0, packet.length, this.#pendingEnd)
    this.#scan(text, after)
  }

  #scan(text: string, from: number): void {
    this.#nextActionId = -1
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
    /** Behind the last line with its end. */
    const last = after - (text.charCodeAt(after - 2) === RETURN ? 2 : 1)
    const length = last - start
    if (length > this.#limits.lineBytes || length > this.#limits.headers)
      this.#checkLimits(text.slice(start, last - 2), end)

    const shape = this.#shapes.at(text, start)
    switch (shape.kind) {
      case 'event':
        if (this.#wants === null || this.#wants(shape.name) || this.#mayBeListed(text, start + shape.lineLength, last))
          this.#deliver(new Packet(shape, text, start, last, null))
        return
      case 'response':
        return this.#deliver(end === OUTPUT_END ? withBody(shape, text, start, last) : new Packet(shape, text, start, last, null))
      case 'action':
        return this.#deliver(new Packet(shape, text, start, last, null))
      case 'text':
        return this.#deliver(this.#odd(shape, text, start, last))
      default:
        shape.kind satisfies never
    }
  }

  /** Events that the server sends to everybody say `Privilege` first; what belongs to an action has its id or lacks both. */
  #mayBeListed(text: string, secondLine: number, last: number): boolean {
    if (!text.startsWith('Privilege:', secondLine))
      return true
    if (this.#nextActionId < secondLine)
      this.#nextActionId = findActionId(text, secondLine)
    return this.#nextActionId < last
  }

  /** A packet whose first line is none of the three. */
  #odd(shape: Shape, text: string, start: number, last: number): Packet {
    const event = ID_ABOVE_EVENT.exec(text.slice(start, last))?.[1]
    if (event !== undefined)
      return new Packet(readFirstLine(event), text, start, last, null)
    const action = this.#lenient ? new Packet(shape, text, start, last, null).get('Action') : undefined
    if (action !== undefined)
      return new Packet({ ...shape, kind: 'action', name: action }, text, start, last, null)
    return withBody(shape, text, start, last)
  }

  #deliver(message: Message): void {
    try {
      this.#listener.onMessage(message)
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

function withBody(shape: Shape, text: string, start: number, last: number): Packet {
  const body = findBody(text, start, shape.kind === 'text' ? 'text' : 'response')
  return new Packet(shape, text, start, body, text.slice(body, last - 2))
}

/** The position behind the first end at or after `from`, or -1. */
function endOf(end: RegExp, text: string, from: number): number {
  end.lastIndex = from
  return end.test(text) ? end.lastIndex : -1
}

function skipEmptyLines(text: string, from: number): number {
  let position = from
  for (;;) {
    const code = text.charCodeAt(position)
    if (code === LINE_FEED)
      position += 1
    else if (code === RETURN && text.charCodeAt(position + 1) === LINE_FEED)
      position += 2
    else
      return position
  }
}

/** Where the next line begins that is an ActionID, or infinity. No release spells it otherwise. */
function findActionId(text: string, from: number): number {
  // A search for six characters is several times as fast as one for more, which V8 does in another way.
  for (let at = text.indexOf('Action', from); at !== -1; at = text.indexOf('Action', at + 1)) {
    if (text.charCodeAt(at - 1) === LINE_FEED && text.startsWith('ActionID:', at))
      return at
  }
  return Infinity
}
