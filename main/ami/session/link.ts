import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Connect, Transport } from '../transport/transport.ts'
import type { Message } from '../wire/message.ts'
import type { Greeting } from './dialect.ts'
import { AppError } from '../../errors.ts'
import { Decoder } from '../wire/decoder.ts'
import { legacyEncoderLimits, modernEncoderLimits } from '../wire/limits.ts'
import { readGreeting } from './dialect.ts'
import { Exchange } from './exchange.ts'
import { Keepalive } from './keepalive.ts'

interface LinkParts {
  readonly connect: Connect
  readonly clock: Clock
  readonly log: Log
  readonly nextId: () => string
  readonly wants: (eventName: string) => boolean
}

/** None of these is called again once `end` was called, or after `onBroken` or `onClosed`. */
interface LinkEvents {
  readonly onOpened: () => void
  readonly onGreeted: (line: string) => void
  readonly onEvent: (event: Message) => void
  /** It could not be opened, or has to be given up. */
  readonly onBroken: (reason: AppError) => void
  readonly onClosed: (error: Error | null, heard: boolean) => void
}

/** A goodbye that is not heard is not waited for longer. */
const GOODBYE_MS = 1000

/** One connection from its opening to its end, with a decoder and questions of its own: nothing of it reaches the next one. */
export class Link {
  readonly exchange: Exchange
  readonly #parts: LinkParts
  readonly #events: LinkEvents
  readonly #decoder: Decoder
  readonly #abort = new AbortController()
  #transport: Transport | null = null
  #keepalive: Keepalive | null = null
  #heard = false
  /** What came before the way to connect gave us its transport. */
  #early: Uint8Array[] = []
  #over = false
  #closed = false
  #onClosed = (): void => {}

  constructor(parts: LinkParts, events: LinkEvents) {
    this.#parts = parts
    this.#events = events
    this.exchange = new Exchange({ ...parts, send: bytes => this.#transport?.send(bytes) })
    this.#decoder = new Decoder({
      onBanner: line => this.#greet(line),
      onMessage: message => this.#take(message),
    }, { banner: true, wants: name => parts.wants(name) || name === 'Shutdown' })
    this.#open().catch((error: unknown) => this.#break(error))
  }

  /** What the version, and later the list of actions, tell about the server. */
  learn({ dialect }: Greeting, actions: ReadonlySet<string> | null = null): void {
    this.exchange.dialect = dialect
    // Two releases greet alike, and the older one reads shorter lines; only the newer one knows WaitEvent, which anyone may use.
    const narrow = dialect === 'legacy' && actions?.has('waitevent') !== true
    this.exchange.limits = narrow ? legacyEncoderLimits : modernEncoderLimits
  }

  /** From now on silence is noticed. */
  keepAlive(): void {
    this.#keepalive ??= new Keepalive({
      clock: this.#parts.clock,
      ping: () => this.exchange.action('Ping').catch((error: unknown) => this.#parts.log.debug('The ping failed', error)),
      lost: () => this.#break(new AppError('connection-lost', 'The server has fallen silent', { retriable: true })),
    })
  }

  get heard(): boolean {
    return this.#heard
  }

  probe(): void {
    this.#keepalive?.probe()
  }

  /** Ends it, politely where asked; what was asked and not answered fails. Resolves when the connection is closed. */
  async end(reason: AppError, goodbye: boolean): Promise<void> {
    if (!this.#over) {
      this.#over = true
      this.#keepalive?.stop()
      this.#abort.abort()
      if (goodbye && this.#transport !== null)
        this.exchange.action('Logoff').catch(() => { /* The end of the link settles it; nobody waits for the answer. */ })
      this.exchange.end(reason)
    }
    if (this.#transport === null || this.#closed)
      return
    await new Promise<void>((resolve) => {
      const stopClock = this.#parts.clock.after(GOODBYE_MS, () => this.#transport?.close())
      this.#onClosed = () => {
        stopClock()
        resolve()
      }
      if (!goodbye)
        this.#transport?.close()
    })
  }

  async #open(): Promise<void> {
    const transport = await this.#parts.connect({
      onData: chunk => this.#receive(chunk),
      onClose: error => this.#close(error),
    }, this.#abort.signal)
    this.#transport = transport
    if (this.#over) {
      transport.close()
      return
    }
    this.#events.onOpened()
    const early = this.#early
    this.#early = []
    for (const chunk of early)
      this.#receive(chunk)
  }

  #receive(chunk: Uint8Array): void {
    if (this.#over)
      return
    if (this.#transport === null) {
      this.#early.push(chunk)
      return
    }
    this.#heard = true
    this.#keepalive?.heard()
    try {
      this.#decoder.push(chunk)
    }
    catch (error) {
      this.#break(error)
    }
  }

  #greet(line: string): void {
    if (this.#over)
      return
    const greeting = readGreeting(line)
    if (greeting !== null)
      this.learn(greeting)
    this.#events.onGreeted(line)
  }

  /** The rest of a chunk is nobody's once the link was given up in the middle of it. */
  #take(message: Message): void {
    if (this.#over || this.exchange.take(message))
      return
    if (message.kind === 'event')
      this.#events.onEvent(message)
    else
      this.#parts.log.debug(`A packet that is no event: ${message.raw().slice(0, 200)}`)
  }

  #break(error: unknown): void {
    if (this.#over)
      return
    if (!(error instanceof AppError))
      this.#parts.log.error('The link failed in a way that was not foreseen', error)
    this.#events.onBroken(error instanceof AppError ? error : new AppError('internal', 'The link failed; the log says why', { cause: error }))
  }

  #close(error: Error | null): void {
    this.#closed = true
    this.#onClosed()
    if (!this.#over)
      this.#events.onClosed(error, this.#heard)
  }
}
