import type { Message } from '../../ami/wire/message.ts'
import type { Clock } from '../../clock.ts'
import type { Headers } from '../exchange/channel.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Account, Right } from './account.ts'
import type { Answer, Item } from './answer.ts'
import type { Request } from './request.ts'
import type { SessionCommand } from './session-commands.ts'
import { createHash } from 'node:crypto'
import { Decoder } from '../../ami/wire/decoder.ts'
import { encodePacket } from '../../ami/wire/encoder.ts'
import { actionNamed, actions } from './actions.ts'
import { facts, failure, success } from './answer.ts'
import { requestOf } from './request.ts'
import { AMI_VERSION } from './server-actions.ts'
import { sessionCommandNamed, sessionCommands } from './session-commands.ts'

export interface ManagerSessionParts {
  readonly office: OfficePbx
  readonly accounts: readonly Account[]
  readonly clock: Clock
  readonly random: () => number
  readonly write: (bytes: Uint8Array) => void
  /** After what was written has gone out. */
  readonly close: () => void
  readonly onLogin: () => void
}

const AUTH_TIMEOUT_MS = 30_000
/** A real server takes its time to refuse. */
const REFUSAL_MS = 1000

const WAIT_LOOK_MS = 50

/** What a real server reads of an action; where it answers that a line is too long, this one hangs up. */
const REQUEST_LIMITS = { lineBytes: 1024, headers: 128, messageBytes: 128 * 1024 }

/** One connection to the manager port: greeting, login, actions by their rights, events by rights and mask. */
export class ManagerSession {
  readonly #parts: ManagerSessionParts
  readonly #decoder: Decoder
  readonly #startedAt: number
  readonly #stopAuthTimer: () => void
  #account: Account | null = null
  #challenge: string | null = null
  /** Null: all that the account may read. */
  #mask: readonly string[] | null = null
  /** Nothing is read any more. */
  #ending = false
  /** Between `WaitEvent` and its end: what came meanwhile, from both sides. */
  #wait: { readonly missed: Uint8Array[], readonly unread: Message[], readonly end: () => void } | null = null

  constructor(parts: ManagerSessionParts) {
    this.#parts = parts
    this.#startedAt = parts.clock.now()
    this.#decoder = new Decoder({
      onBanner() {},
      onMessage: message => this.#read(message),
    }, { banner: false, lenient: true, limits: REQUEST_LIMITS })
    this.#stopAuthTimer = parts.clock.after(AUTH_TIMEOUT_MS, parts.close)
    parts.write(new TextEncoder().encode(`Asterisk Call Manager/${AMI_VERSION}\r\n`))
  }

  /** Throws `protocol-error` for what is no AMI. */
  receive(chunk: Uint8Array): void {
    if (!this.#ending)
      this.#decoder.push(chunk)
  }

  closed(): void {
    this.#ending = true
    this.#wait = null
    this.#account = null
    this.#stopAuthTimer()
  }

  tell(event: string, headers: Headers): void {
    const right = rightOf(event)
    const isHeard = this.#account?.read.includes(right) && (!this.#mask || this.#mask.includes(right))
    const packet = isHeard
      ? encodePacket([
          ['Event', event],
          ['Privilege', `${right},all`],
          ...headers,
        ])
      : null
    if (this.#wait) {
      if (packet)
        this.#wait.missed.push(packet)
      this.#wait.end()
    }
    else if (packet) {
      this.#parts.write(packet)
    }
  }

  #read(message: Message): void {
    if (this.#ending)
      return
    if (this.#wait) {
      // The session does one thing after the other.
      this.#wait.unread.push(message)
      return
    }
    const request = requestOf(message)
    if (request.action === '') {
      this.#answer({ ...request, actionId: null }, failure('Missing action in request'))
      return
    }
    const command = sessionCommandNamed(request.action)
    if (!this.#account && command !== 'Login' && command !== 'Challenge' && command !== 'Logoff') {
      this.#answer(request, failure('Permission denied'))
      return
    }
    if (command) {
      this.#command(command, request)
      return
    }
    const action = actionNamed(request.action)
    if (!action) {
      this.#answer(request, failure(`Invalid/unknown command: ${request.action}. Use Action: ListCommands to show available commands.`))
      return
    }
    const answer = this.#may(action.rights)
      ? action.answer(request, this.#parts.office, later => this.#answer(request, later))
      : failure('Permission denied')
    if (answer)
      this.#answer(request, answer)
  }

  #command(command: SessionCommand, request: Request): void {
    switch (command) {
      case 'Challenge': return this.#answer(request, this.#challenged(request))
      case 'Login': return this.#login(request)
      case 'Events': {
        this.#mask = maskOf(request.get('EventMask'))
        return this.#answer(request, facts([
          ['Events', this.#mask?.length === 0
            ? 'Off'
            : 'On'],
        ]))
      }
      case 'ListCommands': return this.#answer(request, facts([...actions, ...sessionCommands]
        .filter(({ rights }) => this.#may(rights))
        .sort((one, two) => one.name.localeCompare(two.name, 'en'))
        .map(({ name, rights, synopsis }) => [
          name,
          `${synopsis}  (Priv: ${rights.length === 0
            ? '<none>'
            : [...rights, 'all'].join(',')})`,
        ])))
      case 'Logoff': {
        this.#answer(request, { response: 'Goodbye', headers: [['Message', 'Thanks for all the fish.']] })
        this.#end()
        return
      }
      case 'WaitEvent': return this.#waitForEvent(request)
      default: command satisfies never
    }
  }

  /** Answers once anything has happened on the server, or the time is over; -1 waits for ever. */
  #waitForEvent(request: Request): void {
    const seconds = /^-?\d{1,6}$/.test(request.get('Timeout'))
      ? Number(request.get('Timeout'))
      : -1
    const missed: Uint8Array[] = []
    const unread: Message[] = []
    const finish = (): void => {
      if (!this.#wait)
        return
      this.#wait = null
      stop()
      if (this.#ending)
        return
      this.#answer(request, success('Waiting for Event completed.'))
      for (const packet of missed) this.#parts.write(packet)
      this.#parts.write(this.#item(request, { event: 'WaitEventComplete', headers: [] }))
      for (const message of unread) this.#read(message)
    }
    // The server looks once a second; all events of a moment come together.
    const stopTimeout = seconds < 0
      ? () => {}
      : this.#parts.clock.after(seconds * 1000, finish)
    let stopLook = (): void => {}
    const stop = (): void => {
      stopTimeout()
      stopLook()
    }
    this.#wait = {
      missed,
      unread,
      end: () => {
        stopLook()
        stopLook = this.#parts.clock.after(WAIT_LOOK_MS, finish)
      },
    }
  }

  #challenged(request: Request): Answer {
    if (request.get('AuthType').toUpperCase() !== 'MD5')
      return failure('Must specify AuthType')
    this.#challenge ??= String(Math.floor(this.#parts.random() * 900_000_000) + 100_000_000)
    return facts([['Challenge', this.#challenge]])
  }

  #login(request: Request): void {
    if (this.#account) {
      this.#answer(request, success('Already authenticated'))
      return
    }
    const account = this.#parts.accounts.find(one => one.username === request.get('Username') && this.#proves(one, request))
    if (!account) {
      this.#ending = true
      this.#parts.clock.after(REFUSAL_MS, () => {
        this.#answer(request, failure('Authentication failed'))
        this.#end()
      })
      return
    }
    this.#stopAuthTimer()
    this.#account = account
    if (request.get('Events') !== '')
      this.#mask = maskOf(request.get('Events'))
    this.#answer(request, success('Authentication accepted'))
    const seconds = Math.floor((this.#parts.clock.now() - this.#startedAt) / 1000)
    this.tell('FullyBooted', [
      ['Uptime', seconds],
      ['LastReload', seconds],
      ['Status', 'Fully Booted'],
    ])
    this.#parts.onLogin()
  }

  #proves({ secret }: Account, request: Request): boolean {
    if (request.get('AuthType').toUpperCase() !== 'MD5')
      return request.get('Secret') === secret
    return this.#challenge !== null && request.get('Key').toLowerCase() === createHash('md5').update(this.#challenge + secret).digest('hex')
  }

  #may(rights: readonly Right[]): boolean {
    return rights.length === 0 || rights.some(right => this.#account?.write.includes(right))
  }

  #answer(request: Request, answer: Answer): void {
    const { response, headers, items = [], complete, then } = answer
    this.#parts.write(withQuirks(encodePacket([
      ['Response', response],
      ...idOf(request),
      ...headers,
    ]), answer))
    for (const one of items) this.#parts.write(this.#item(request, one))
    if (complete)
      this.#parts.write(this.#item(request, complete))
    then?.()
  }

  #item(request: Request, { event, headers, actionIdLast = false }: Item): Uint8Array {
    return encodePacket(actionIdLast
      ? [['Event', event], ...headers, ...idOf(request)]
      : [['Event', event], ...idOf(request), ...headers])
  }

  #end(): void {
    this.closed()
    this.#parts.close()
  }
}

function idOf({ actionId }: Request): Headers {
  return actionId === null
    ? []
    : [['ActionID', actionId]]
}

const END = '\r\n'

/** Lines that are no headers, and line feeds too many: what a few actions of a real server write, its clients must bear. */
function withQuirks(packet: Uint8Array, { bareLines = [], strayLineFeed = false }: Answer): Uint8Array {
  if (bareLines.length === 0 && !strayLineFeed)
    return packet
  const head = new TextDecoder().decode(packet).slice(0, -2 * END.length)
  return new TextEncoder().encode(strayLineFeed
    ? `${head}\n${END}${END}`
    : `${[head, ...bareLines].join(END)}${END}${END}`)
}

const CLASSES: Readonly<Record<string, Right>> = {
  FullyBooted: 'system',
  Reload: 'system',
  PeerStatus: 'system',
  ContactStatus: 'system',
  UserEvent: 'user',
  DTMFBegin: 'dtmf',
  DTMFEnd: 'dtmf',
  VarSet: 'dialplan',
}

function rightOf(event: string): Right {
  return CLASSES[event] ?? (/^(?:Agent|Queue)/.test(event)
    ? 'agent'
    : 'call')
}

/** `on`, `off`, or classes; unknown words are taken without complaint. */
function maskOf(text: string): readonly string[] | null {
  const words = text.toLowerCase().split(',').map(word => word.trim()).filter(word => word !== '')
  if (words.some(word => word === 'on' || word === 'all' || word === 'true'))
    return null
  return words.some(word => word === 'off' || word === 'false')
    ? []
    : words
}
