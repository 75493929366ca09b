import type { Headers, Party } from './channel.ts'
import type { Exchange } from './exchange.ts'
import { memberStateOf } from './devices.ts'

export interface QueueMember {
  readonly name: string
  readonly device: string
  readonly caller: Party
  /** A static one stands in the configuration and cannot log out. */
  readonly isDynamic: boolean
  readonly penalty: number
  readonly isPaused: boolean
  readonly reason: string
  /** Rings although it is in use. */
  readonly ringInUse: boolean
  readonly callsTaken: number
  /** Seconds since the epoch, 0 for never. */
  readonly lastCall: number
  readonly lastPause: number
  readonly loginTime: number
  readonly isInCall: boolean
}

export type NewMember = Pick<QueueMember, 'name' | 'device' | 'caller' | 'isDynamic' | 'penalty'> & Partial<Pick<QueueMember, 'isPaused' | 'reason'>>

/** The agents of one queue, and everything that is told about them. */
export class QueueMembers {
  readonly #queue: string
  readonly #exchange: Exchange
  readonly #unwatch: () => void
  #members: readonly QueueMember[] = []

  constructor(queue: string, exchange: Exchange) {
    this.#queue = queue
    this.#exchange = exchange
    if (!exchange.states.has(this.#availableDevice))
      exchange.states.add(this.#availableDevice, 'INUSE')
    this.#unwatch = exchange.states.watch((device) => {
      const member = this.of(device)
      if (!member)
        return
      exchange.tell('QueueMemberStatus', this.headersOf(member))
      this.settle()
    })
  }

  get all(): readonly QueueMember[] {
    return this.#members
  }

  of(device: string): QueueMember | undefined {
    return this.#members.find(member => member.device === device)
  }

  /** Who would be rung now, the lowest penalty only. */
  get available(): readonly QueueMember[] {
    const free = this.#members.filter(({ device, isPaused, ringInUse }) => !isPaused && (this.#exchange.states.of(device) === 'NOT_INUSE' || (ringInUse && this.#exchange.states.of(device) === 'INUSE')))
    const lowest = Math.min(...free.map(({ penalty }) => penalty))
    return free.filter(({ penalty }) => penalty === lowest)
  }

  stateOf({ device }: QueueMember): number {
    return memberStateOf(this.#exchange.states.of(device))
  }

  /** `isSilent` for those who are there from the beginning. */
  add(member: NewMember, options: { readonly isSilent?: boolean } = {}): void {
    const whole = this.#newcomer(member)
    this.#members = [...this.#members, whole]
    if (options.isSilent)
      this.#exchange.states.add(this.#pauseDevice(whole), pauseState(whole))
    else
      this.#exchange.states.set(this.#pauseDevice(whole), pauseState(whole))
    if (!options.isSilent)
      this.#exchange.tell('QueueMemberAdded', this.headersOf(whole))
    this.settle(options)
  }

  /** Those of the configuration are these from now on, and begin anew but for their pause; those who logged in stay. No event names a member. */
  reload(listed: readonly NewMember[]): void {
    const stay = this.#members.filter(({ device, isDynamic }) => isDynamic && !listed.some(one => one.device === device))
    const ofFile = listed.map(member => this.#newcomer({ ...member, isPaused: this.of(member.device)?.isPaused ?? false }))
    this.#members = [...stay, ...ofFile]
    for (const member of ofFile) this.#exchange.states.set(this.#pauseDevice(member), pauseState(member))
  }

  /** Nobody is looked for until the state of one of them changes: so a reload leaves it. */
  unsettle(): void {
    this.#exchange.states.set(this.#availableDevice, 'INUSE')
  }

  /** The queue is no more: what its members do is told no more. */
  close(): void {
    this.#unwatch()
  }

  remove(member: QueueMember): void {
    this.#members = this.#members.filter(one => one.device !== member.device)
    this.#exchange.tell('QueueMemberRemoved', this.headersOf(member))
    this.settle()
  }

  pause(member: QueueMember, isPaused: boolean, reason: string): void {
    const changed = this.#change(member, {
      isPaused,
      reason: isPaused
        ? reason
        : '',
      lastPause: isPaused
        ? this.#now()
        : member.lastPause,
    })
    this.#exchange.states.set(this.#pauseDevice(changed), pauseState(changed))
    this.#exchange.tell('QueueMemberPause', this.headersOf(changed))
    this.settle()
  }

  setPenalty(member: QueueMember, penalty: number): void {
    this.#exchange.tell('QueueMemberPenalty', this.headersOf(this.#change(member, { penalty })))
  }

  setRingInUse(member: QueueMember, ringInUse: boolean): void {
    this.#exchange.tell('QueueMemberRinginuse', this.headersOf(this.#change(member, { ringInUse })))
  }

  took(member: QueueMember): void {
    this.#change(member, { isInCall: true })
  }

  completed(member: QueueMember): void {
    const { callsTaken } = this.of(member.device) ?? member
    this.#change(member, { callsTaken: callsTaken + 1, lastCall: this.#now(), isInCall: false })
  }

  headersOf(member: QueueMember): Headers {
    return [
      ['Queue', this.#queue],
      ['MemberName', member.name],
      ['Interface', member.device],
      ['StateInterface', member.device],
      ['Membership', member.isDynamic
        ? 'dynamic'
        : 'static'],
      ['Penalty', member.penalty],
      ['CallsTaken', member.callsTaken],
      ['LastCall', member.lastCall],
      ['LastPause', member.lastPause],
      ['LoginTime', member.loginTime],
      ['InCall', Number(member.isInCall)],
      ['Status', this.stateOf(member)],
      ['Paused', Number(member.isPaused)],
      ['PausedReason', member.reason],
      ['Ringinuse', Number(member.ringInUse)],
      ['Wrapuptime', 0],
    ]
  }

  settle(options: { readonly isSilent?: boolean } = {}): void {
    const state = this.available.length > 0
      ? 'NOT_INUSE'
      : 'INUSE'
    if (options.isSilent)
      this.#exchange.states.add(this.#availableDevice, state)
    else
      this.#exchange.states.set(this.#availableDevice, state)
  }

  get #availableDevice(): string {
    return `Queue:${this.#queue}_avail`
  }

  #pauseDevice({ device }: QueueMember): string {
    return `Queue:${this.#queue}_pause_${device}`
  }

  #newcomer(member: NewMember): QueueMember {
    const now = this.#now()
    return {
      isPaused: false,
      reason: '',
      ringInUse: false,
      callsTaken: 0,
      lastCall: 0,
      lastPause: member.isPaused
        ? now
        : 0,
      loginTime: now,
      isInCall: false,
      ...member,
    }
  }

  #change({ device }: QueueMember, change: Partial<QueueMember>): QueueMember {
    this.#members = this.#members.map(one => one.device === device
      ? { ...one, ...change }
      : one)
    const member = this.of(device)
    if (!member)
      throw new Error(`${device} is no member of ${this.#queue}`)
    return member
  }

  #now(): number {
    return Math.floor(this.#exchange.clock.now() / 1000)
  }
}

function pauseState({ isPaused }: QueueMember): 'INUSE' | 'NOT_INUSE' {
  return isPaused
    ? 'INUSE'
    : 'NOT_INUSE'
}
