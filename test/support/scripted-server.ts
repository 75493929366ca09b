import type { Connect, TransportEvents } from '../../main/ami/transport/transport.ts'
import type { Message } from '../../main/ami/wire/message.ts'
import { createHash } from 'node:crypto'
import { Decoder } from '../../main/ami/wire/decoder.ts'
import { encodePacket } from '../../main/ami/wire/encoder.ts'
import { inNextTurn } from './turns.ts'

type Answerer = (action: Message, connection: ScriptedConnection) => void

interface ScriptedServerOptions {
  /** The first line; null: says nothing. */
  readonly banner?: string | null
  readonly username?: string
  readonly secret?: string
}

/** A server that lives in this process: bytes go through the encoder and the decoder of production, and a test may answer any action in its own way. */
export class ScriptedServer {
  readonly connections: ScriptedConnection[] = []
  readonly #answerers = new Map<string, Answerer>()
  readonly #options: Required<ScriptedServerOptions>
  /** What the next attempts to connect reject with. */
  readonly refusals: Error[] = []

  constructor(options: ScriptedServerOptions = {}) {
    this.#options = { banner: 'Asterisk Call Manager/11.0.0', username: 'companion', secret: 'secret', ...options }
    this.on('Challenge', (action, connection) => connection.answer(action, 'Success', { Challenge: CHALLENGE }))
    this.on('Login', (action, connection) => this.#login(action, connection))
    this.on('ListCommands', (action, connection) => connection.answer(action, 'Success', {
      Ping: 'Keepalive command. (Priv: <none>)',
      Status: 'List channel status. (Priv: system,call,reporting,all)',
      Hangup: 'Hangup channel. (Priv: system,call,all)',
    }))
    this.on('Ping', (action, connection) => connection.answer(action, 'Success', { Ping: 'Pong' }))
    this.on('Logoff', (action, connection) => {
      connection.answer(action, 'Goodbye', { Message: 'Thanks for all the fish.' })
      connection.close()
    })
  }

  readonly connect: Connect = async (events) => {
    const refusal = this.refusals.shift()
    if (refusal !== undefined)
      throw refusal
    const connection = new ScriptedConnection(events, (action, each) => this.#act(action, each))
    this.connections.push(connection)
    if (this.#options.banner !== null)
      connection.say(`${this.#options.banner}\r\n`)
    return connection.transport
  }

  /** The connection that was opened last. */
  get latest(): ScriptedConnection {
    const latest = this.connections.at(-1)
    if (latest === undefined)
      throw new Error('Nobody has connected yet')
    return latest
  }

  on(action: string, answerer: Answerer): void {
    this.#answerers.set(action.toLowerCase(), answerer)
  }

  #act(action: Message, connection: ScriptedConnection): void {
    const answerer = this.#answerers.get(action.name.toLowerCase())
    if (answerer !== undefined)
      answerer(action, connection)
    else
      connection.answer(action, 'Error', { Message: `Invalid/unknown command: ${action.name}. Use Action: ListCommands to show available commands.` })
  }

  #login(action: Message, connection: ScriptedConnection): void {
    const { username, secret } = this.#options
    const key = createHash('md5').update(CHALLENGE + secret).digest('hex')
    const proven = action.get('AuthType') === 'MD5' ? action.get('Key') === key : action.get('Secret') === secret
    if (action.get('Username') === username && proven) {
      connection.answer(action, 'Success', { Message: 'Authentication accepted' })
      return
    }
    connection.answer(action, 'Error', { Message: 'Authentication failed' })
    connection.close()
  }
}

const CHALLENGE = '194916718'

export class ScriptedConnection {
  /** Every action in the order it came. */
  readonly actions: Message[] = []
  readonly #events: TransportEvents
  readonly #decoder: Decoder
  #open = true
  /** What is said arrives in order, and never while the one who hears it is still speaking. */
  #saying: Promise<void> = Promise.resolve()

  constructor(events: TransportEvents, act: Answerer) {
    this.#events = events
    this.#decoder = new Decoder({
      onBanner: () => {},
      onMessage: (action) => {
        this.actions.push(action)
        act(action, this)
      },
    }, { banner: false })
  }

  readonly transport = {
    send: (bytes: Uint8Array): void => {
      if (this.#open)
        this.#decoder.push(bytes)
    },
    close: (): void => this.close(),
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** Names of the actions that came, without the login. */
  get asked(): readonly string[] {
    return this.actions.map(action => action.name)
  }

  /** Raw text, as an old server might write it. */
  say(text: string): void {
    this.#later(() => this.#events.onData(Buffer.from(text, 'utf8')))
  }

  sayBytes(bytes: Uint8Array): void {
    this.#later(() => this.#events.onData(bytes))
  }

  packet(headers: Readonly<Record<string, string>>): void {
    this.sayBytes(encodePacket(Object.entries(headers)))
  }

  answer(action: Message, word: string, headers: Readonly<Record<string, string>> = {}): void {
    const id = action.get('ActionID')
    this.packet({ Response: word, ...(id === undefined ? {} : { ActionID: id }), ...headers })
  }

  close(error: Error | null = null): void {
    this.#later(() => {
      this.#open = false
      this.#events.onClose(error)
    })
  }

  #later(task: () => void): void {
    this.#saying = this.#saying.then(() => inNextTurn(() => this.#open && task()))
  }
}
