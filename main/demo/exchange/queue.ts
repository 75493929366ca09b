import type { Channel, Headers, Party } from './channel.ts'
import type { Ending } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { Application, Dialplan, Thread } from './thread.ts'
import { talk } from './bridging.ts'
import { NOBODY } from './channel.ts'
import { memberStateOf } from './devices.ts'

export interface QueueMember {
  readonly name: string
  readonly device: string
  readonly caller: Party
  readonly callsTaken: number
  /** Seconds since the epoch, 0 for never. */
  readonly lastCall: number
  readonly loginTime: number
}

export interface QueueCaller { readonly id: string, readonly since: number, readonly originalPosition: number }

export interface QueueParts {
  readonly name: string
  readonly context: string
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  readonly members: readonly Omit<QueueMember, 'callsTaken' | 'lastCall' | 'loginTime'>[]
}

const RING_MS = 15_000
const RETRY_MS = 2000
const PATIENCE_MS = 60_000

/** One queue that rings all of its free members; a member in a call is not rung. */
export class CallQueue {
  readonly name: string
  readonly #parts: QueueParts
  #members: readonly QueueMember[]
  #callers: readonly QueueCaller[] = []
  #completed = 0
  #abandoned = 0
  #holdSeconds = 0
  #talkSeconds = 0

  constructor(parts: QueueParts) {
    const { exchange, members, name } = parts
    this.name = name
    this.#parts = parts
    const now = Math.floor(exchange.clock.now() / 1000)
    this.#members = members.map(member => ({ ...member, callsTaken: 0, lastCall: 0, loginTime: now }))
    exchange.watchDevices((device) => {
      const member = this.#members.find(one => one.device === device)
      if (!member)
        return
      exchange.tell('QueueMemberStatus', this.#memberHeaders(member))
      exchange.setDevice(`Queue:${name}_avail`, this.#available.length > 0
        ? 'NOT_INUSE'
        : 'INUSE')
    })
  }

  get callers(): readonly QueueCaller[] {
    return this.#callers
  }

  get members(): readonly QueueMember[] {
    return this.#members
  }

  get statistics(): { readonly completed: number, readonly abandoned: number, readonly holdSeconds: number, readonly talkSeconds: number, readonly available: number } {
    return { completed: this.#completed, abandoned: this.#abandoned, holdSeconds: this.#holdSeconds, talkSeconds: this.#talkSeconds, available: this.#available.length }
  }

  memberState(member: QueueMember): number {
    return memberStateOf(this.#parts.exchange.deviceState(member.device))
  }

  /** Queue(): waits with music, rings the members round after round until one answers or the patience is over. */
  wait(thread: Thread, done: () => void): Application {
    const { exchange, dialplan } = this.#parts
    const { clock } = exchange
    const caller = thread.id
    const me: QueueCaller = { id: caller, since: clock.now(), originalPosition: this.#callers.length + 1 }
    let open: readonly { readonly id: string, readonly member: QueueMember, readonly since: number }[] = []
    let callerLeaves: (() => void) | null = null
    let stopRound = (): void => {}
    const stopWaiting = clock.after(PATIENCE_MS, () => {
      stopRound()
      giveUpRinging(0)
      exchange.about('MusicOnHoldStop', thread.channel)
      this.#leave(me, thread.channel)
      done()
    })

    const round = (): void => {
      open = this.#available.map((member) => {
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

    const refused = ({ id, member, since }: typeof open[number], { by, cause, techCause }: Ending): void => {
      open = open.filter(one => one.id !== id)
      if (by === 'line')
        exchange.requestHangup(id, cause, techCause)
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

    const answered = ({ id, member, since }: typeof open[number]): void => {
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
      callerLeaves = talk({
        exchange,
        dialplan,
        caller,
        leg: id,
        toldCause: 0,
        onEnd: (by) => {
          const talkSeconds = this.#secondsSince(start)
          this.#complete(member, holdSeconds, talkSeconds)
          exchange.between('AgentComplete', caller, id, [
            ...this.#agentHeaders(member),
            ['HoldTime', holdSeconds],
            ['TalkTime', talkSeconds],
            ['Reason', by],
          ])
        },
        onAlone: () => thread.finish(16),
      }).callerLeaves
    }

    this.#callers = [...this.#callers, me]
    exchange.setDevice(`Queue:${this.name}`, 'RINGING')
    exchange.about('QueueCallerJoin', thread.channel, [
      ['Queue', this.name],
      ['Position', this.#callers.length],
      ['Count', this.#callers.length],
    ])
    exchange.about('MusicOnHoldStart', thread.channel, [['Class', 'default']])
    round()

    return {
      lineCause: () => ({
        told: 0,
        final: callerLeaves === null
          ? 0
          : 16,
        techCause: null,
      }),
      stop: (ending) => {
        stopRound()
        stopWaiting()
        if (callerLeaves !== null)
          return callerLeaves()
        for (const { id } of open) exchange.dialEnd(caller, id, 'CANCEL')
        for (const { id } of open) {
          exchange.hangUp(id, ending === null
            ? 16
            : ending.cause)
        }
        exchange.about('MusicOnHoldStop', thread.channel)
        const position = this.#positionOf(me)
        if (ending !== null) {
          this.#abandoned++
          exchange.about('QueueCallerAbandon', thread.channel, [
            ['Queue', this.name],
            ['Position', position],
            ['OriginalPosition', me.originalPosition],
            ['HoldTime', this.#secondsSince(me.since)],
          ])
        }
        this.#leave(me, thread.channel)
      },
    }
  }

  get #available(): readonly QueueMember[] {
    return this.#members.filter(({ device }) => this.#parts.exchange.deviceState(device) === 'NOT_INUSE')
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
      this.#parts.exchange.setDevice(`Queue:${this.name}`, 'NOT_INUSE')
    this.#parts.exchange.about('QueueCallerLeave', channel, [
      ['Queue', this.name],
      ['Position', position],
      ['Count', this.#callers.length],
    ])
  }

  #complete(member: QueueMember, holdSeconds: number, talkSeconds: number): void {
    this.#completed++
    // As app_queue does it: a sliding mean that forgets slowly.
    this.#holdSeconds = Math.round((this.#holdSeconds * 3 + holdSeconds) / 4)
    this.#talkSeconds = Math.round((this.#talkSeconds * 3 + talkSeconds) / 4)
    this.#members = this.#members.map(one => one.device === member.device
      ? { ...one, callsTaken: one.callsTaken + 1, lastCall: Math.floor(this.#parts.exchange.clock.now() / 1000) }
      : one)
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

  #memberHeaders(member: QueueMember): Headers {
    return [
      ['Queue', this.name],
      ['MemberName', member.name],
      ['Interface', member.device],
      ['StateInterface', member.device],
      ['Membership', 'static'],
      ['Penalty', 0],
      ['CallsTaken', member.callsTaken],
      ['LastCall', member.lastCall],
      ['LastPause', 0],
      ['LoginTime', member.loginTime],
      ['InCall', 0],
      ['Status', this.memberState(member)],
      ['Paused', 0],
      ['PausedReason', ''],
      ['Ringinuse', 0],
      ['Wrapuptime', 0],
    ]
  }
}
