import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Connect } from '../transport/transport.ts'
import type { Fields, Message } from '../wire/message.ts'
import type { MachineInput, MachineOrder, TimerName } from './machine.ts'
import type { ActionOptions, Asker, ServerFacts, SessionStatus } from './types.ts'
import { AppError } from '../../errors.ts'
import { Link } from './link.ts'
import { askForChallenge, learnActions, logIn } from './login.ts'
import { initialState, reduce, statusOf } from './machine.ts'
import { patiently } from './patience.ts'

export interface SessionParts {
  readonly connect: Connect
  /** Asked for at every login; what it rejects with ends the session until a person acts. */
  readonly credentials: () => Promise<{ readonly username: string, readonly secret: string }>
  /** The way to connect encrypts: then the secret is sent as it is, otherwise never. */
  readonly secured: boolean
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  /** Begins every ActionID; unique over all programs at this server. */
  readonly idPrefix: string
  /** Classes of events to ask for at login, or `off`. */
  readonly events: string
  /** Names of events that `onEvent` can use; the others cost next to nothing. Default: all. */
  readonly wants?: (eventName: string) => boolean
  readonly onStatus: (status: SessionStatus) => void
  /** Runs in `syncing`, with an asker that belongs to this connection; its failure ends the connection. */
  readonly sync: (asker: Asker) => Promise<void>
  /** In order; what arrives in `syncing` comes after it. */
  readonly onEvent: (event: Message) => void
}

export interface Session extends Asker {
  readonly status: SessionStatus
  readonly start: () => void
  /** Logs off and resolves when the connection is closed, within about a second. */
  readonly stop: () => Promise<void>
  /** Connects now instead of later; asks for a sign of life where it is connected. */
  readonly retryNow: () => void
  /** Asks once more what the account may do, for a server that boots names only what it has loaded. Answers whether that is something else now. */
  readonly learnAgain: () => Promise<boolean>
}

/** Beyond this many events before the lists are read, the desk could not catch up any more. */
const MOST_HELD = 100_000

/** One login at one server, kept for as long as it is wanted: it comes back by itself after every failure that time can mend. */
export function createSession(parts: SessionParts): Session {
  const { clock, log } = parts
  const wants = parts.wants ?? (() => true)
  let state = initialState
  let status = statusOf(state)
  let link: Link | null = null
  let held: Message[] | null = null
  let counter = 0
  let goingDown = false
  const timers = new Map<TimerName, () => void>()
  const endings = new Set<Promise<void>>()
  const inputs: MachineInput[] = []
  let reducing = false

  // --- the machine --------------------------------------------------------------------------------------------------

  /** Inputs that arise while orders are carried out wait their turn. */
  function feed(input: MachineInput): void {
    inputs.push(input)
    if (reducing)
      return
    reducing = true
    try {
      for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
        const step = reduce(state, next, { secured: parts.secured, now: clock.now(), random: parts.random() })
        state = step.state
        showStatus()
        step.orders.forEach(perform)
      }
    }
    finally {
      reducing = false
    }
  }

  function perform(order: MachineOrder): void {
    switch (order.do) {
      case 'connect': return connect()
      case 'challenge': return challenge()
      case 'login': return login(order.challenge)
      case 'learn': return learn()
      case 'sync': return sync(order.server)
      case 'goLive': return goLive()
      case 'probe': return link?.probe()
      case 'drop': return drop(order.reason, order.goodbye)
      case 'arm': return arm(order.timer, order.delayMs)
      case 'disarm': return disarm(order.timer)
      default: return order satisfies never
    }
  }

  function showStatus(): void {
    const next = statusOf(state)
    const last = status
    status = next
    if (isSame(last, next))
      return
    logStatus(log, next)
    guarded(() => parts.onStatus(next))
  }

  function arm(timer: TimerName, delayMs: number): void {
    disarm(timer)
    const wait = timer === 'overdue' ? patiently : (...[clock, ms, task]: Parameters<typeof patiently>) => clock.after(ms, task)
    timers.set(timer, wait(clock, delayMs, () => {
      timers.delete(timer)
      feed(timer === 'overdue' ? { type: timer, heard: link?.heard ?? false } : { type: timer })
    }))
  }

  function disarm(timer: TimerName): void {
    timers.get(timer)?.()
    timers.delete(timer)
  }

  // --- orders -------------------------------------------------------------------------------------------------------

  function connect(): void {
    goingDown = false
    link = new Link({ connect: parts.connect, clock, log, wants, nextId: () => `${parts.idPrefix}-${++counter}` }, {
      onOpened: () => feed({ type: 'opened' }),
      onGreeted: line => feed({ type: 'greeted', line }),
      onEvent: receive,
      onBroken: error => feed({ type: 'failed', error }),
      onClosed: (error, heard) => feed(goingDown
        ? { type: 'failed', error: new AppError('shutting-down', 'The server has shut down', { retriable: true }) }
        : { type: 'closed', error, heard }),
    })
  }

  function drop(reason: AppError, goodbye: boolean): void {
    const old = link
    link = null
    held = null
    if (old === null)
      return
    const ending = old.end(reason, goodbye)
    endings.add(ending)
    void ending.finally(() => endings.delete(ending))
  }

  /** Runs a step of the login; what comes of it after the link has changed is nobody's. */
  function attempt(step: (link: Link) => Promise<MachineInput>): void {
    const mine = link
    if (mine === null)
      return
    step(mine).catch((error: unknown): MachineInput => ({ type: 'failed', error: foreseen(error) })).then(input => mine === link && feed(input)).catch((error: unknown) => log.error('The session failed in a way that was not foreseen', error))
  }

  function challenge(): void {
    attempt(async ({ exchange }) => ({ type: 'challenged', challenge: await askForChallenge(exchange) }))
  }

  function login(challenge: string | null): void {
    held = []
    attempt(async ({ exchange }) => {
      await logIn(exchange, await parts.credentials(), challenge, parts.events)
      return { type: 'loggedIn' }
    })
  }

  function learn(): void {
    link?.keepAlive()
    attempt(async ({ exchange }) => ({ type: 'learned', actions: await learnActions(exchange) }))
  }

  function sync(server: ServerFacts): void {
    attempt(async (mine) => {
      mine.learn(server, server.actions)
      await parts.sync(askerOf(mine, server))
      return { type: 'synced' }
    })
  }

  function goLive(): void {
    const waiting = held ?? []
    held = null
    for (const event of waiting)
      tell(event)
  }

  // --- events -------------------------------------------------------------------------------------------------------

  function receive(event: Message): void {
    if (event.name === 'Shutdown') {
      goingDown = true
      log.info('The server announces that it shuts down')
    }
    if (!wants(event.name))
      return
    if (held === null) {
      tell(event)
      return
    }
    held.push(event)
    if (held.length > MOST_HELD)
      feed({ type: 'failed', error: new AppError('protocol-error', `More than ${MOST_HELD} events came while the lists were read`, { retriable: true }) })
  }

  function tell(event: Message): void {
    guarded(() => parts.onEvent(event))
  }

  /** A listener that throws is reported and stops nobody. */
  function guarded(listener: () => void): void {
    try {
      listener()
    }
    catch (error) {
      log.error('A listener of the session failed', error)
    }
  }

  function foreseen(error: unknown): AppError {
    if (error instanceof AppError)
      return error
    log.error('The session failed in a way that was not foreseen', error)
    return new AppError('internal', 'The session failed; the log says why', { cause: error })
  }

  // --- questions ----------------------------------------------------------------------------------------------------

  function askerOf({ exchange }: Link, server: ServerFacts): Asker {
    return {
      server,
      action: (name: string, fields?: Fields, options?: ActionOptions) => exchange.action(name, fields, options),
      list: (name: string, fields?: Fields, options?: ActionOptions) => exchange.list(name, fields, options),
    }
  }

  function current(): Asker {
    if (link === null || (state.at !== 'syncing' && state.at !== 'online'))
      throw new AppError('not-online', 'Not connected to a server')
    return askerOf(link, state.server)
  }

  return {
    get status() {
      return status
    },
    get server() {
      return current().server
    },
    action: async (name: string, fields?: Fields, options?: ActionOptions) => current().action(name, fields, options),
    list: async (name: string, fields?: Fields, options?: ActionOptions) => current().list(name, fields, options),
    start: () => feed({ type: 'start' }),
    retryNow: () => feed({ type: 'retry' }),
    async learnAgain() {
      const mine = link
      if (mine === null || state.at !== 'online')
        return false
      const { actions: known } = state.server
      const actions = await learnActions(mine.exchange)
      if (mine !== link || actions === null || (known?.size === actions.size && [...actions].every(action => known.has(action))))
        return false
      feed({ type: 'learned', actions })
      return true
    },
    async stop() {
      feed({ type: 'stop' })
      // Where a listener asks for the end, the machine gets to it as soon as that listener has returned.
      await Promise.resolve()
      await Promise.all(endings)
    },
  }
}

function isSame(one: SessionStatus, other: SessionStatus): boolean {
  return one.status === other.status
    && ('attempt' in one ? one.attempt : 0) === ('attempt' in other ? other.attempt : 0)
    && ('reason' in one ? one.reason : null) === ('reason' in other ? other.reason : null)
}

function logStatus(log: Log, status: SessionStatus): void {
  switch (status.status) {
    case 'offline': return status.reason === null ? log.info('Offline') : log.warn(`Offline: ${status.reason.message}`)
    case 'connecting': return log.debug(`Connecting, attempt ${status.attempt}`)
    case 'authenticating': return log.debug(`Logging in to ${status.banner}`)
    case 'syncing': return log.info(`Logged in to ${status.server.banner}`)
    case 'online': return log.info('Online')
    case 'waiting': return log.warn(`Attempt ${status.attempt} failed: ${status.reason.message}`)
    default: return status satisfies never
  }
}
