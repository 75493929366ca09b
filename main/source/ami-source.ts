import type { Asker, ServerFacts, SessionStatus } from '../ami/session/types.ts'
import type { SnapshotWishes } from '../ami/translate/snapshot.ts'
import type { Connect } from '../ami/transport/transport.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PbxEvent } from '../pbx/events.ts'
import type { PbxSource, SourceListener, SourceStatus } from './types.ts'
import { createSession } from '../ami/session/session.ts'
import { failureOf, hiddenFailure, toAmi } from '../ami/translate/actions.ts'
import { databaseKeys, readDatabase } from '../ami/translate/database.ts'
import { knowsExtension } from '../ami/translate/dialplan.ts'
import { limitsOf } from '../ami/translate/limits.ts'
import { listMessages } from '../ami/translate/messages.ts'
import { asteriskVersion, offers } from '../ami/translate/server-info.ts'
import { listOf, readAgents, readQueueLists, readSnapshot } from '../ami/translate/snapshot.ts'
import { createTranslator, isWanted } from '../ami/translate/translate.ts'
import { AppError } from '../errors.ts'

/** Classes that the features need; the others cost the server and the network and tell the desk nothing. */
const EVENT_MASK = 'system,call,agent,user'
/** A server opens its port up to half a second before its lists are filled and its modules loaded (recorded on 16 and 22): both are read again. */
const SECOND_LOOK_MS = 3000
/** 22 does not tell whoever logged in before that it has booted: so many looks, each after twice the time, for a minute and a half. */
const MOST_LOOKS = 5
const READS = { line: 'DBGet', queues: 'QueueStatus', agents: 'Agents' } as const

export interface AmiSourceParts {
  readonly connect: Connect
  readonly secured: boolean
  readonly credentials: () => Promise<{ readonly username: string, readonly secret: string }>
  readonly wishes: () => SnapshotWishes
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
}

/** One AMI session as a source of PBX events. */
export function createAmiSource(parts: AmiSourceParts, listener: SourceListener): PbxSource {
  const { clock, log, random } = parts
  const idPrefix = `ringside-${Math.floor(random() * 2 ** 40).toString(36)}`
  const translator = createTranslator()
  /** ActionIDs of our Originates and the keys that the desk knows them by. */
  const originates = new Map<string, string>()
  let cancelLook = (): void => {}
  let looking = false
  /** Said by the server on this connection. */
  let isBooted = false
  /** What happens while lists are read would be lost where its list was read before. */
  const lookers = new Set<(event: PbxEvent) => void>()

  /** Answers whether there was nothing at all. */
  async function look(asker: Asker): Promise<boolean> {
    const read = new Set<string>()
    const later: PbxEvent[] = []
    const note = (event: PbxEvent): void => {
      const list = listOf(event)
      // What is told twice is as true as told once; what counts must not be counted twice.
      if (list !== null && (read.has(list) || !isCounted(event)))
        later.push(event)
    }
    lookers.add(note)
    try {
      const { snapshot, missing } = await readSnapshot(asker, parts.wishes(), list => read.add(list))
      for (const { list, error } of missing)
        log.info(`The server does not tell ${list}: ${error.message}`)
      listener.onEvent({ type: 'pbx.replaced', snapshot, later, at: clock.now() })
      return snapshot.extensions?.length === 0
    }
    finally {
      lookers.delete(note)
    }
  }

  /** After a login, a restart or a reload, without leaving `online`: where it is due, or more has been loaded meanwhile. */
  function lookAgainSoon(isDue: boolean, round = 1): void {
    cancelLook()
    cancelLook = clock.after(SECOND_LOOK_MS * 2 ** (round - 1), () => {
      if (session.status.status !== 'online')
        return
      if (looking)
        return lookAgainSoon(isDue, round)
      looking = true
      lookAgain(isDue)
        .catch((error: unknown) => log.warn('Reading the lists again failed', error))
        .finally(() => {
          looking = false
          if (session.status.status === 'online' && !isBooted && round < MOST_LOOKS)
            lookAgainSoon(false, round + 1)
        })
    })
  }

  async function lookAgain(isDue: boolean): Promise<void> {
    if (!await session.learnAgain() && !isDue)
      return
    await tellServer(session)
    await look(session)
  }

  async function tellServer(asker: Asker): Promise<void> {
    const version = await asteriskVersion(asker)
    listener.onServer({ asterisk: version === null ? asker.server.banner : `Asterisk ${version}`, limits: limitsOf(asker.server, version) })
  }

  const session = createSession({
    connect: parts.connect,
    credentials: parts.credentials,
    secured: parts.secured,
    clock,
    random,
    log,
    idPrefix,
    events: EVENT_MASK,
    wants: isWanted,
    onStatus: status => listener.onStatus(statusOf(status)),
    async sync(asker) {
      originates.clear()
      isBooted = false
      await tellServer(asker)
      // Once: a server may have none at all.
      lookAgainSoon(await look(asker))
    },
    onEvent(message) {
      for (const event of translator.translate(message, clock.now())) {
        if (event.type === 'originate.finished') {
          const key = originates.get(event.actionId)
          // Every session of class call gets everybody's OriginateResponse.
          if (key === undefined)
            continue
          originates.delete(event.actionId)
          listener.onEvent({ ...event, actionId: key })
          continue
        }
        isBooted ||= event.type === 'server.booted'
        if (event.type === 'server.booted' || event.type === 'server.reloaded')
          lookAgainSoon(true)
        for (const note of lookers) note(event)
        listener.onEvent(event)
      }
    },
  })

  /** A list that is read again, and what happened meanwhile: what comes in one piece with its end is told before it. */
  async function readWith<T>(list: 'queues' | 'agents', read: () => Promise<T>): Promise<readonly [T, readonly PbxEvent[]]> {
    const later: PbxEvent[] = []
    const note = (event: PbxEvent): void => {
      if (listOf(event) === list && !isCounted(event))
        later.push(event)
    }
    lookers.add(note)
    try {
      return [await read(), later]
    }
    finally {
      lookers.delete(note)
    }
  }

  function online(): ServerFacts {
    if (session.status.status !== 'online')
      throw new AppError('not-online', 'Not connected to the server')
    return session.status.server
  }

  return {
    start: () => session.start(),
    async stop() {
      cancelLook()
      await session.stop()
    },
    retryNow: () => session.retryNow(),
    async act(action, key) {
      const { name, fields } = toAmi(action, online().dialect)
      const actionId = `${idPrefix}-${key}`.slice(0, 60)
      if (name === 'Originate')
        originates.set(actionId, key)
      try {
        const answer = await session.action(name, fields, { actionId })
        const failure = hiddenFailure(action, answer.get('Message') ?? '')
        if (failure)
          throw failure
      }
      catch (error) {
        originates.delete(actionId)
        throw error instanceof AppError ? failureOf(action, error) : error
      }
    },
    async read(what) {
      online()
      if (!offers(session, READS[what]))
        return
      switch (what) {
        case 'line':
          return listener.onEvent({ type: 'database.read', values: await readDatabase(session, databaseKeys(parts.wishes().line ?? '')), at: clock.now() })
        case 'queues': {
          const [lists, later] = await readWith('queues', () => readQueueLists(session))
          return listener.onEvent({ type: 'queues.read', ...lists, later, at: clock.now() })
        }
        case 'agents': {
          const [agents, later] = await readWith('agents', () => readAgents(session))
          return listener.onEvent({ type: 'agents.read', agents, later, at: clock.now() })
        }
        default:
          what satisfies never
      }
    },
    async knows(context, exten) {
      online()
      return knowsExtension(session, context, exten)
    },
    async messages(mailbox) {
      online()
      return listMessages(session, mailbox)
    },
  }
}

function isCounted({ type }: PbxEvent): boolean {
  return type === 'queue.callerAbandoned' || type === 'queue.memberCompleted'
}

function statusOf(status: SessionStatus): SourceStatus {
  switch (status.status) {
    case 'offline': return { state: 'offline', error: status.reason }
    case 'connecting': return { state: 'connecting', attempt: status.attempt }
    case 'authenticating': return { state: 'connecting', attempt: status.attempt }
    case 'syncing': return { state: 'syncing' }
    case 'online': return { state: 'online' }
    case 'waiting': return { state: 'waiting', attempt: status.attempt, retryAt: status.retryAt, error: status.reason }
    default: return status satisfies never
  }
}
