import type { Greeting } from './dialect.ts'
import type { ServerFacts, SessionStatus } from './types.ts'
import { AppError } from '../../errors.ts'
import { reconnectDelay } from './backoff.ts'
import { readGreeting } from './dialect.ts'

/**
 * What a session does next, as a pure function: no socket, no clock, no packet.
 *
 * Legal transitions; anything else an input says is late and changes nothing:
 *
 *     offline      start, or retry after a failure → connecting
 *     connecting   opened → greeting
 *     greeting     greeted → challenging (no TLS) or loggingIn (TLS)
 *     challenging  challenged → loggingIn
 *     loggingIn    loggedIn → learning
 *     learning     learned → syncing
 *     syncing      synced → online
 *     online       stable → online, its failures forgotten; learned → online, where the server has booted meanwhile
 *     waiting      retryDue, retry → connecting
 *
 *     connecting … online   failed, closed, overdue → waiting, or offline where only a person can mend it
 *     any          stop → offline, with a goodbye on the wire if there was a login
 */
export type MachineState
  = | { readonly at: 'offline', readonly reason: AppError | null }
    | { readonly at: 'connecting' | 'greeting', readonly failures: number }
    | { readonly at: 'challenging' | 'loggingIn' | 'learning', readonly failures: number, readonly greeting: Greeting }
    | { readonly at: 'syncing' | 'online', readonly failures: number, readonly server: ServerFacts }
    | { readonly at: 'waiting', readonly failures: number, readonly retryAt: number, readonly reason: AppError }

export type MachineInput
  = | { readonly type: 'start' }
    | { readonly type: 'stop' }
    | { readonly type: 'retry' }
    | { readonly type: 'opened' }
    | { readonly type: 'greeted', readonly line: string }
    | { readonly type: 'challenged', readonly challenge: string }
    | { readonly type: 'loggedIn' }
    | { readonly type: 'learned', readonly actions: ReadonlySet<string> | null }
    | { readonly type: 'synced' }
    | { readonly type: 'failed', readonly error: AppError }
    /** By the server; `heard` tells whether it had said anything. */
    | { readonly type: 'closed', readonly error: Error | null, readonly heard: boolean }
    | { readonly type: 'overdue', readonly heard: boolean }
    | { readonly type: 'retryDue' }
    | { readonly type: 'stable' }

export type MachineOrder
  = | { readonly do: 'connect' }
    | { readonly do: 'challenge' }
    /** Plain where there is no challenge. */
    | { readonly do: 'login', readonly challenge: string | null }
    | { readonly do: 'learn' }
    | { readonly do: 'sync', readonly server: ServerFacts }
    | { readonly do: 'goLive' }
    /** Ask the server whether it is still there. */
    | { readonly do: 'probe' }
    | { readonly do: 'drop', readonly reason: AppError, readonly goodbye: boolean }
    /** One timer of each name; arming it again replaces it. */
    | { readonly do: 'arm', readonly timer: TimerName, readonly delayMs: number }
    | { readonly do: 'disarm', readonly timer: TimerName }

/** `overdue`: the present step takes too long; `retryDue`: the wait is over; `stable`: the link has lasted. */
export type TimerName = 'overdue' | 'retryDue' | 'stable'

interface MachineContext {
  readonly secured: boolean
  readonly now: number
  /** From 0 to 1, spreads the waits. */
  readonly random: number
}

interface MachineStep {
  readonly state: MachineState
  readonly orders: readonly MachineOrder[]
}

/** The way to connect has shorter limits of its own, which say more precisely what took too long. */
const CONNECT_MS = 30_000
const BANNER_MS = 5000
/** A refusal comes after a pause of one second. */
const LOGIN_MS = 10_000
const LEARN_MS = 15_000
const SYNC_MS = 120_000
/** A link that broke sooner than this was never good: the waits go on growing. */
const STABLE_MS = 30_000

export const initialState: MachineState = { at: 'offline', reason: null }

export function reduce(state: MachineState, input: MachineInput, context: MachineContext): MachineStep {
  switch (input.type) {
    case 'start': return state.at === 'offline' ? connecting(0) : stay(state)
    case 'stop': return stop(state)
    case 'retry': return retry(state)
    case 'opened': return opened(state)
    case 'greeted': return greeted(state, input.line, context)
    case 'challenged': return challenged(state, input.challenge)
    case 'loggedIn': return loggedIn(state)
    case 'learned': return learned(state, input.actions)
    case 'synced': return synced(state)
    case 'failed': return fail(state, input.error, context)
    case 'closed': return fail(state, closeReason(state, input.heard, input.error), context)
    case 'overdue': return fail(state, overdueReason(state, input.heard, context.secured), context)
    case 'retryDue': return state.at === 'waiting' ? connecting(state.failures) : stay(state)
    case 'stable': return state.at === 'online' ? { state: { ...state, failures: 0 }, orders: [] } : stay(state)
    default: return input satisfies never
  }
}

/** What the machine shows to the outside. */
export function statusOf(state: MachineState): SessionStatus {
  switch (state.at) {
    case 'offline': return { status: 'offline', reason: state.reason }
    case 'connecting':
    case 'greeting': return { status: 'connecting', attempt: state.failures + 1 }
    case 'challenging':
    case 'loggingIn':
    case 'learning': return { status: 'authenticating', attempt: state.failures + 1, banner: state.greeting.banner }
    case 'syncing': return { status: 'syncing', server: state.server }
    case 'online': return { status: 'online', server: state.server }
    case 'waiting': return { status: 'waiting', attempt: state.failures, retryAt: state.retryAt, reason: state.reason }
    default: return state satisfies never
  }
}

function stay(state: MachineState): MachineStep {
  return { state, orders: [] }
}

function within(delayMs: number): MachineOrder {
  return { do: 'arm', timer: 'overdue', delayMs }
}

function connecting(failures: number): MachineStep {
  return { state: { at: 'connecting', failures }, orders: [{ do: 'disarm', timer: 'retryDue' }, { do: 'connect' }, within(CONNECT_MS)] }
}

function retry(state: MachineState): MachineStep {
  switch (state.at) {
    case 'offline': return state.reason === null ? stay(state) : connecting(0)
    case 'waiting': return connecting(state.failures)
    case 'online': return { state, orders: [{ do: 'probe' }] }
    default: return stay(state)
  }
}

function opened(state: MachineState): MachineStep {
  if (state.at !== 'connecting')
    return stay(state)
  return { state: { at: 'greeting', failures: state.failures }, orders: [within(BANNER_MS)] }
}

function greeted(state: MachineState, line: string, context: MachineContext): MachineStep {
  if (state.at !== 'greeting')
    return stay(state)
  const greeting = readGreeting(line)
  if (greeting === null) {
    const shown = line.slice(0, 80)
    return fail(state, new AppError('not-asterisk', `No Asterisk: the server begins with ${JSON.stringify(shown)}`, { details: { banner: shown } }), context)
  }
  const { failures } = state
  // Inside TLS nobody listens, and a plain login works with every kind of stored secret. Without TLS the secret is never
  // sent as it is, whatever the server answers: every Asterisk knows the challenge, and one who says no may be in between.
  return context.secured
    ? { state: { at: 'loggingIn', failures, greeting }, orders: [{ do: 'login', challenge: null }, within(LOGIN_MS)] }
    : { state: { at: 'challenging', failures, greeting }, orders: [{ do: 'challenge' }, within(LOGIN_MS)] }
}

function challenged(state: MachineState, challenge: string): MachineStep {
  if (state.at !== 'challenging')
    return stay(state)
  return { state: { ...state, at: 'loggingIn' }, orders: [{ do: 'login', challenge }, within(LOGIN_MS)] }
}

function loggedIn(state: MachineState): MachineStep {
  if (state.at !== 'loggingIn')
    return stay(state)
  return { state: { ...state, at: 'learning' }, orders: [{ do: 'learn' }, within(LEARN_MS)] }
}

function learned(state: MachineState, actions: ReadonlySet<string> | null): MachineStep {
  if (state.at === 'online' && actions !== null)
    return { state: { ...state, server: { ...state.server, actions } }, orders: [] }
  if (state.at !== 'learning')
    return stay(state)
  const server: ServerFacts = { ...state.greeting, actions }
  return { state: { at: 'syncing', failures: state.failures, server }, orders: [{ do: 'sync', server }, within(SYNC_MS)] }
}

function synced(state: MachineState): MachineStep {
  if (state.at !== 'syncing')
    return stay(state)
  return {
    state: { at: 'online', failures: state.failures, server: state.server },
    orders: [{ do: 'disarm', timer: 'overdue' }, { do: 'arm', timer: 'stable', delayMs: STABLE_MS }, { do: 'goLive' }],
  }
}

function stop(state: MachineState): MachineStep {
  const reason = new AppError('not-online', 'The session was ended')
  const loggedIn = state.at === 'learning' || state.at === 'syncing' || state.at === 'online'
  return { state: initialState, orders: isLinked(state) ? drop(reason, loggedIn) : [{ do: 'disarm', timer: 'retryDue' }] }
}

function fail(state: MachineState, reason: AppError, { now, random }: MachineContext): MachineStep {
  if (!isLinked(state))
    return stay(state)
  if (needsPerson(reason))
    return { state: { at: 'offline', reason }, orders: drop(reason, false) }
  const failures = state.failures + 1
  const delayMs = reconnectDelay(failures, random)
  return {
    state: { at: 'waiting', failures, retryAt: now + delayMs, reason },
    orders: [...drop(reason, false), { do: 'arm', timer: 'retryDue', delayMs }],
  }
}

function drop(reason: AppError, goodbye: boolean): MachineOrder[] {
  return [{ do: 'disarm', timer: 'overdue' }, { do: 'disarm', timer: 'stable' }, { do: 'drop', reason, goodbye }]
}

function isLinked(state: MachineState): state is Exclude<MachineState, { at: 'offline' | 'waiting' }> {
  return state.at !== 'offline' && state.at !== 'waiting'
}

/** Trying again would only lock the account or the address out. */
function needsPerson(reason: AppError): boolean {
  switch (reason.code) {
    case 'login-refused':
    case 'challenge-refused':
    case 'secret-missing':
    case 'secret-unreadable':
    case 'no-key-store':
    case 'unsafe-value':
    case 'line-too-long': return true
    default: return false
  }
}

function closeReason(state: MachineState, heard: boolean, cause: Error | null): AppError {
  const options = { cause, retriable: true }
  switch (state.at) {
    case 'greeting':
      return heard
        ? new AppError('not-asterisk', 'The server closed the connection in the middle of its greeting', options)
        : cause === null
          ? new AppError('too-many-sessions', 'The server closed the connection without a word, as Asterisk does with too many sessions that have not logged in', options)
          : new AppError('connection-lost', `The connection broke before the greeting (${cause.message})`, options)
    case 'challenging':
    case 'loggingIn':
      return new AppError('connection-lost', 'The server closed the connection without answering the login', options)
    default:
      return new AppError('connection-lost', cause === null ? 'The server closed the connection' : `The connection broke (${cause.message})`, options)
  }
}

function overdueReason(state: MachineState, heard: boolean, secured: boolean): AppError {
  const options = { retriable: true }
  switch (state.at) {
    case 'connecting': return new AppError('connect-timeout', 'The connection could not be opened in time', options)
    case 'greeting': return heard ? new AppError('not-asterisk', 'What the server says is no greeting of Asterisk', options) : silence(secured)
    case 'challenging':
    case 'loggingIn': return new AppError('login-timeout', 'The server does not answer the login', options)
    default: return new AppError('no-answer', 'The server did not finish its lists in time', options)
  }
}

/** A TLS port waits for a handshake and says nothing to who speaks plainly. */
function silence(secured: boolean): AppError {
  return new AppError('no-banner', secured ? 'The server sends no greeting' : 'The server sends no greeting; is this its TLS port?', { retriable: true })
}
