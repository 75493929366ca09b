import type { Channel, Headers } from './channel.ts'
import type { Ending } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { NewMember, QueueMember } from './queue-members.ts'
import type { Application, Dialplan, Thread } from './thread.ts'
import { meet, requestOf } from './bridging.ts'
import { NOBODY } from './channel.ts'
import { QueueMembers } from './queue-members.ts'

interface QueueCaller {
  readonly id: string
  readonly since: number
  readonly originalPosition: number
  readonly priority: number
  /** Back to the dialplan. */
  readonly withdraw: () => void
}

/** `ringall` rings all who are free, `rrmemory` one after the other and remembers where it was. */
export type QueueStrategy = 'ringall' | 'rrmemory'

export interface QueueParts {
  readonly name: string
  readonly strategy: QueueStrategy
  /** An answer within it counts as good service. */
  readonly serviceLevelSeconds: number
  readonly context: string
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  readonly members: readonly NewMember[]
}

interface QueueStatistics {
  readonly completed: number
  readonly abandoned: number
  readonly holdSeconds: number
  readonly talkSeconds: number
  /** Completed and abandoned ones within the service level. */
  readonly completedInTime: number
  readonly abandonedInTime: number
}

const NO_STATISTICS: QueueStatistics = { completed: 0, abandoned: 0, holdSeconds: 0, talkSeconds: 0, completedInTime: 0, abandonedInTime: 0 }

interface RingingLeg { readonly id: string, readonly member: QueueMember, readonly since: number }

const RING_MS = 15_000
const RETRY_MS = 2000
const PATIENCE_MS = 60_000
/** As AgentComplete says who ended a talk. */
const REASONS = { first: 'agent', second: 'caller', transfer: 'transfer' } as const

/** One queue: callers wait, free agents of the lowest penalty are rung round after round. */
export class CallQueue {
  readonly name: string
  readonly members: QueueMembers
  readonly #parts: QueueParts
  #manner: Pick<QueueParts, 'strategy' | 'serviceLevelSeconds'>
  #callers: readonly QueueCaller[] = []
  #statistics = NO_STATISTICS
  /** Who was rung last in turn. */
  #lastInTurn: string | null = null

  constructor(parts: QueueParts) {
    const { exchange, members, name } = parts
    this.name = name
    this.#manner = parts
    this.#parts = parts
    this.members = new QueueMembers(name, exchange)
    for (const member of members) this.members.add(member, { isSilent: true })
  }

  get strategy(): QueueStrategy {
    return this.#manner.strategy
  }

  get serviceLevelSeconds(): number {
    return this.#manner.serviceLevelSeconds
  }

  configure(manner: Pick<QueueParts, 'strategy' | 'serviceLevelSeconds'>): void {
    this.#manner = manner
    this.members.unsettle()
  }

  /** It is no more; who waits in it waits on. */
  close(): void {
    this.members.close()
  }

  get callers(): readonly QueueCaller[] {
    return this.#callers
  }

  get statistics(): QueueStatistics {
    return this.#statistics
  }

  resetStatistics(): void {
    this.#statistics = NO_STATISTICS
  }

  setPriority(caller: QueueCaller, priority: number): void {
    this.#callers = this.#callers.map(one => one.id === caller.id
      ? { ...one, priority }
      : one)
  }

  /** Queue(): waits with music, rings the members round after round until one answers or the patience is over. */
  wait(thread: Thread, done: () => void): Application {
    const { exchange, dialplan } = this.#parts
    const { clock } = exchange
    const caller = thread.id
    let open: readonly RingingLeg[] = []
    let stopRound = (): void => {}
    const withdraw = (): void => {
      stopRound()
      stopWaiting()
      giveUpRinging(0)
      exchange.about('MusicOnHoldStop', thread.channel)
      this.#leave(me, thread.channel)
      done()
    }
    const tellAbandoned = (position: number): void => {
      this.#abandon(me)
      exchange.about('QueueCallerAbandon', thread.channel, [
        ['Queue', this.name],
        ['Position', position],
        ['OriginalPosition', me.originalPosition],
        ['HoldTime', this.#secondsSince(me.since)],
      ])
    }
    // Who has waited in vain has given up, as app_queue sees it.
    const stopWaiting = clock.after(PATIENCE_MS, () => {
      tellAbandoned(this.#positionOf(me))
      withdraw()
    })
    const me: QueueCaller = { id: caller, since: clock.now(), originalPosition: this.#callers.length + 1, priority: 0, withdraw }

    const round = (): void => {
      open = this.#nextInTurn().map((member) => {
        const { uniqueid: id } = exchange.create({
          device: member.device,
          state: 0,
          caller: member.caller,
          context: this.#parts.context,
          exten: 's',
          linkedid: thread.channel.linkedid,
        })
        exchange.change(id, { application: 'AppQueue', applicationData: '(Outgoing Line)' })
        // The leg is told to its agent before the queue has given it the caller and the extension, but with them.
        const bare = exchange.channel(id)
        exchange.change(id, { exten: thread.channel.exten, connected: thread.channel.caller })
        exchange.between('AgentCalled', caller, id, this.#agentHeaders(member))
        if (bare)
          exchange.change(id, bare)
        exchange.dialBegin(caller, id, member.device)
        const leg = { id, member, since: clock.now() }
        exchange.control(id, {
          answer: () => answered(leg),
          end: ending => refused(leg, ending),
          redirect: null,
        })
        return leg
      })
      for (const { id } of open) {
        exchange.change(id, { exten: thread.channel.exten })
        const { caller: shown } = thread.channel
        exchange.change(id, { connected: shown })
        exchange.setState(id, 5)
        const leg = exchange.channel(id)
        if (leg)
          exchange.about('NewConnectedLine', leg)
        exchange.ring(caller, id)
      }
      stopRound = clock.after(open.length > 0
        ? RING_MS
        : RETRY_MS, () => {
        giveUpRinging(RING_MS)
        stopRound = clock.after(RETRY_MS, round)
      })
    }

    const giveUpRinging = (rangMs: number): void => {
      const legs = open
      open = []
      for (const { id, member } of legs) exchange.between('AgentRingNoAnswer', caller, id, [...this.#agentHeaders(member), ['RingTime', rangMs]])
      for (const { id } of legs) exchange.dialEnd(caller, id, 'NOANSWER')
      for (const { id } of legs) exchange.dialEnd(caller, id, 'CANCEL')
      for (const { id } of legs) exchange.hangUp(id, 0)
    }

    const refused = ({ id, member, since }: RingingLeg, ending: Ending): void => {
      const { cause, techCause } = ending
      open = open.filter(one => one.id !== id)
      requestOf(exchange, id, ending, 0)
      exchange.dialEnd(caller, id, cause === 17
        ? 'BUSY'
        : 'NOANSWER')
      exchange.between('AgentRingNoAnswer', caller, id, [...this.#agentHeaders(member), ['RingTime', clock.now() - since]])
      exchange.hangUp(id, cause, techCause)
      if (open.length > 0)
        return
      stopRound()
      stopRound = clock.after(RETRY_MS, round)
    }

    const answered = ({ id, member, since }: RingingLeg): void => {
      stopRound()
      stopWaiting()
      const others = open.filter(one => one.id !== id)
      open = []
      exchange.setState(id, 6)
      exchange.dialEnd(caller, id, 'ANSWER')
      // 22 tells the legs that lost twice: before and after the caller sees who took it.
      for (const other of others) exchange.dialEnd(caller, other.id, 'CANCEL')
      exchange.setConnected(caller, exchange.channel(id)?.caller ?? NOBODY)
      for (const other of others) exchange.dialEnd(caller, other.id, 'CANCEL')
      exchange.about('MusicOnHoldStop', thread.channel)
      for (const other of others) exchange.hangUp(other.id, 26)
      this.#leave(me, thread.channel)
      const holdSeconds = this.#secondsSince(me.since)
      const start = clock.now()
      exchange.between('AgentConnect', caller, id, [
        ...this.#agentHeaders(member),
        ['HoldTime', holdSeconds],
        ['RingTime', this.#secondsSince(since)],
      ])
      if (this.members.of(member.device))
        this.members.took(member)
      meet({
        exchange,
        dialplan,
        first: id,
        second: caller,
        told: 0,
        onEnd: (by) => {
          const talkSeconds = this.#secondsSince(start)
          this.#complete(member, holdSeconds, talkSeconds)
          exchange.between('AgentComplete', caller, id, [
            ...this.#agentHeaders(member),
            ['HoldTime', holdSeconds],
            ['TalkTime', talkSeconds],
            ['Reason', REASONS[by]],
          ])
        },
      })
    }

    this.#callers = [...this.#callers, me]
    exchange.states.set(`Queue:${this.name}`, 'RINGING')
    exchange.about('QueueCallerJoin', thread.channel, [
      ['Queue', this.name],
      ['Position', this.#callers.length],
      ['Count', this.#callers.length],
    ])
    exchange.about('MusicOnHoldStart', thread.channel, [['Class', 'default']])
    round()

    return {
      lineCause: () => ({ told: 0, final: 0, techCause: null }),
      stop: (ending) => {
        stopRound()
        stopWaiting()
        for (const { id } of open) exchange.dialEnd(caller, id, 'CANCEL')
        for (const { id } of open) {
          exchange.hangUp(id, ending === null
            ? 16
            : ending.cause)
        }
        exchange.about('MusicOnHoldStop', thread.channel)
        const position = this.#positionOf(me)
        if (ending !== null)
          tellAbandoned(position)
        this.#leave(me, thread.channel)
      },
    }
  }

  #nextInTurn(): readonly QueueMember[] {
    const { available } = this.members
    if (this.strategy === 'ringall')
      return available
    const last = available.findIndex(({ device }) => device === this.#lastInTurn)
    const next = available[last + 1] ?? available[0]
    this.#lastInTurn = next?.device ?? this.#lastInTurn
    return next
      ? [next]
      : []
  }

  #positionOf(caller: QueueCaller): number {
    return this.#callers.findIndex(one => one.id === caller.id) + 1
  }

  #leave(caller: QueueCaller, channel: Channel): void {
    const position = this.#positionOf(caller)
    if (position === 0)
      return
    this.#callers = this.#callers.filter(one => one.id !== caller.id)
    if (this.#callers.length === 0)
      this.#parts.exchange.states.set(`Queue:${this.name}`, 'NOT_INUSE')
    this.#parts.exchange.about('QueueCallerLeave', channel, [
      ['Queue', this.name],
      ['Position', position],
      ['Count', this.#callers.length],
    ])
  }

  #complete(member: QueueMember, holdSeconds: number, talkSeconds: number): void {
    const { completed, completedInTime, holdSeconds: hold, talkSeconds: talk } = this.#statistics
    this.#statistics = {
      ...this.#statistics,
      completed: completed + 1,
      completedInTime: completedInTime + Number(holdSeconds <= this.serviceLevelSeconds),
      // As app_queue does it: a sliding mean that forgets slowly.
      holdSeconds: Math.round((hold * 3 + holdSeconds) / 4),
      talkSeconds: Math.round((talk * 3 + talkSeconds) / 4),
    }
    if (this.members.of(member.device))
      this.members.completed(member)
  }

  #abandon({ since }: QueueCaller): void {
    const { abandoned, abandonedInTime } = this.#statistics
    this.#statistics = {
      ...this.#statistics,
      abandoned: abandoned + 1,
      abandonedInTime: abandonedInTime + Number(this.#secondsSince(since) <= this.serviceLevelSeconds),
    }
  }

  #secondsSince(since: number): number {
    return Math.floor((this.#parts.exchange.clock.now() - since) / 1000)
  }

  #agentHeaders(member: QueueMember): Headers {
    return [
      ['Queue', this.name],
      ['Interface', member.device],
      ['MemberName', member.name],
    ]
  }
}
