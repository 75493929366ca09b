import type { Channel, Headers } from './channel.ts'
import type { Exchange } from './exchange.ts'
import type { Application, Dialplan } from './thread.ts'
import { canPullOut, guard, leaveAlone, meet, pullOut, threadOf } from './bridging.ts'
import { channelHeaders } from './channel.ts'
import { Thread } from './thread.ts'

export interface ParkingLot {
  readonly name: string
  /** Whoever is sent there is parked. */
  readonly extension: string
  readonly spaces: readonly [first: number, last: number]
  readonly timeoutMs: number
  /** Each space has a hint of its own. */
  readonly hasHints: boolean
}

export interface ParkedCall {
  readonly id: string
  readonly lot: string
  readonly space: number
  /** `PJSIP/1001`: who is rung when nobody takes it. */
  readonly parker: string
  readonly since: number
  readonly timeoutMs: number
}

interface ParkOptions {
  readonly lot: string
  readonly parker: string
  /** Who is told the space, and hangs up then. */
  readonly announceTo: string | null
  /** Null: as the lot says. */
  readonly timeoutMs: number | null
}

interface ParkingParts {
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  readonly lots: readonly ParkingLot[]
}

export const PARKED_CONTEXT = 'parkedcalls'
export const RETURN_CONTEXT = 'park-dial'
/** Digits, spoken one by one. */
const ANNOUNCE_MS = 4000

/** Parking lots: who waits in which space, for how long, and where they go from there. */
export class Parking {
  readonly lots: readonly ParkingLot[]
  readonly #parts: ParkingParts
  readonly #bridges = new Map<string, string>()
  readonly #parked = new Map<number, ParkedCall>()
  readonly #timers = new Map<number, () => void>()

  constructor(parts: ParkingParts) {
    const { exchange, lots } = parts
    this.lots = lots
    this.#parts = parts
    for (const { hasHints, spaces: [first, last] } of lots) {
      for (let space = first; space <= last; space++) {
        const device = deviceAt(space)
        exchange.states.add(device, 'NOT_INUSE')
        if (hasHints)
          exchange.states.addHint({ exten: String(space), context: PARKED_CONTEXT, hint: device, device, lamp: null, presentity: null })
      }
    }
  }

  get calls(): readonly ParkedCall[] {
    return [...this.#parked.values()].sort((one, two) => one.space - two.space)
  }

  lotNamed(name: string): ParkingLot | undefined {
    return this.lots.find(lot => lot.name === name)
  }

  /** The lot that is dialled so; null for every other extension. */
  lotOf(context: string, exten: string): ParkingLot | null {
    return context === PARKED_CONTEXT || context === 'internal'
      ? this.lots.find(({ extension }) => extension === exten) ?? null
      : null
  }

  isSpace(exten: string): boolean {
    return this.lots.some(({ spaces: [first, last] }) => /^\d{3}$/.test(exten) && Number(exten) >= first && Number(exten) <= last)
  }

  lotOfSpace(exten: string): string {
    return this.lots.find(({ spaces: [first, last] }) => Number(exten) >= first && Number(exten) <= last)?.name ?? ''
  }

  headersOf({ id, lot, space, parker, since, timeoutMs }: ParkedCall, remainingMs: number | null = null): Headers {
    const durationMs = this.#parts.exchange.clock.now() - since
    return [
      ...channelHeaders(this.#parts.exchange.known(id), 'Parkee'),
      ['ParkerDialString', parker],
      ['Parkinglot', lot],
      ['ParkingSpace', space],
      ['ParkingTimeout', Math.max(0, Math.round((remainingMs ?? timeoutMs - durationMs) / 1000))],
      ['ParkingDuration', Math.round(durationMs / 1000)],
    ]
  }

  /** Whether the lot has room, and the channel is one that can be taken out of what it is in. */
  canPark(id: string, lot: string): boolean {
    const { exchange } = this.#parts
    return this.#freeSpace(lot) !== null && (canPullOut(exchange, id) || this.#waiting(id) !== null)
  }

  /** Who calls and is not answered yet. */
  #waiting(id: string): Thread | null {
    const { exchange } = this.#parts
    const control = exchange.controlOf(id)
    return control instanceof Thread && exchange.known(id).state !== 6 ? control : null
  }

  /** Takes a channel out of what it is in and parks it; nothing happens where it cannot be parked. */
  park(id: string, options: ParkOptions): void {
    const { exchange, dialplan } = this.#parts
    const space = this.#freeSpace(options.lot)
    if (space === null || !this.canPark(id, options.lot))
      return
    const bridge = this.#bridgeOf(options.lot)
    const caller = this.#waiting(id)
    if (caller) {
      caller.interrupt()
      exchange.setState(id, 6)
      this.#stay(caller, space, bridge, options)
      return
    }
    const pulled = pullOut(exchange, id)
    if (!pulled)
      return
    const thread = threadOf(exchange, dialplan, id)
    this.#stay(thread, space, bridge, options)
    const { from, rest } = pulled
    const listener = from?.other(id)
    if (from && listener !== undefined && listener === options.announceTo)
      this.#announce(listener, from.bridge)
    else
      rest()
  }

  /** Park(): a channel that dials the lot parks itself. */
  parkSelf(thread: Thread, lot: ParkingLot): Application {
    const space = this.#freeSpace(lot.name)
    if (space === null) {
      thread.finish()
      return { stop() {} }
    }
    this.#parts.exchange.setState(thread.id, 6)
    return this.#stay(thread, space, this.#bridgeOf(lot.name), { lot: lot.name, parker: thread.channel.device, announceTo: null, timeoutMs: null })
  }

  /** ParkedCall(): takes back who waits in the space; who finds nobody there is hung up. */
  retrieve(thread: Thread, space: number): void {
    const { exchange, dialplan } = this.#parts
    const call = this.#parked.get(space)
    exchange.setState(thread.id, 6)
    if (!call) {
      thread.finish()
      return
    }
    const parkee = threadOf(exchange, dialplan, call.id)
    const bridge = exchange.bridges.create()
    this.#free(call, 'UnParkedCall', channelHeaders(thread.channel, 'Retriever'))
    parkee.take({ stop() {} })
    meet({ exchange, dialplan, first: call.id, second: thread.id, told: 0 }, bridge)
  }

  #stay(thread: Thread, space: number, bridge: string, { lot, parker, timeoutMs }: ParkOptions): Application {
    const { exchange } = this.#parts
    const call: ParkedCall = {
      id: thread.id,
      lot,
      space,
      parker,
      since: exchange.clock.now(),
      timeoutMs: timeoutMs ?? this.lotNamed(lot)?.timeoutMs ?? 0,
    }
    this.#parked.set(space, call)
    exchange.change(thread.id, { application: 'Park', applicationData: `${lot}:${space}` })
    exchange.tell('ParkedCall', this.headersOf(call))
    exchange.states.set(deviceAt(space), 'INUSE')
    exchange.bridges.enter(bridge, thread.id)
    exchange.about('MusicOnHoldStart', thread.channel, [['Class', 'default']])
    this.#timers.set(space, exchange.clock.after(call.timeoutMs, () => this.#timeOut(thread, call)))
    const application: Application = {
      lineCause: () => ({ told: 16, final: 16, techCause: null }),
      stop: () => this.#free(call, 'ParkedCallGiveUp', []),
    }
    thread.take(application)
    return application
  }

  /** Rings who parked it; the server tells the leaving with the place where it was. */
  #timeOut(thread: Thread, call: ParkedCall): void {
    const { context, exten, priority } = thread.channel
    const target = call.parker.replace('/', '_')
    this.#free(call, 'ParkedCallTimeOut', [], { context: RETURN_CONTEXT, exten: target, priority: 1 }, { context, exten, priority })
    thread.take({ stop() {} })
    thread.go(RETURN_CONTEXT, target)
  }

  #free(call: ParkedCall, event: string, more: Headers, told?: Partial<Channel>, then?: Partial<Channel>): void {
    const { exchange } = this.#parts
    this.#timers.get(call.space)?.()
    this.#timers.delete(call.space)
    this.#parked.delete(call.space)
    exchange.about('MusicOnHoldStop', exchange.known(call.id))
    exchange.states.set(deviceAt(call.space), 'NOT_INUSE')
    if (told)
      exchange.change(call.id, told)
    const headers = this.headersOf(call, event === 'ParkedCallTimeOut'
      ? 0
      : null)
    // The retriever stands between the parked channel and the lot.
    const lotAt = headers.findIndex(([name]) => name === 'ParkerDialString')
    exchange.tell(event, [...headers.slice(0, lotAt), ...more, ...headers.slice(lotAt)])
    if (then)
      exchange.change(call.id, then)
    exchange.bridges.leave(this.#bridgeOf(call.lot), call.id)
  }

  /** Alone in the bridge, it is told the number of the space, and let go. */
  #announce(listener: string, bridge: string): void {
    const { exchange } = this.#parts
    const leave = (): void => {
      stop()
      exchange.setHeld(listener, false)
      exchange.bridges.dissolve(bridge, listener)
    }
    const stop = exchange.clock.after(ANNOUNCE_MS, () => {
      leave()
      leaveAlone(exchange, listener)
    })
    guard(this.#parts, listener, 16, { gone: leave, moved: leave })
  }

  #freeSpace(name: string): number | null {
    const lot = this.lotNamed(name)
    if (!lot)
      return null
    const [first, last] = lot.spaces
    for (let space = first; space <= last; space++) {
      if (!this.#parked.has(space))
        return space
    }
    return null
  }

  /** A lot keeps its bridge once it has one. */
  #bridgeOf(lot: string): string {
    const { exchange } = this.#parts
    const bridge = this.#bridges.get(lot) ?? exchange.bridges.create({ type: 'parking', technology: 'holding_bridge', creator: 'Parking', name: lot })
    this.#bridges.set(lot, bridge)
    return bridge
  }
}

const deviceAt = (space: number): string => `park:${space}@${PARKED_CONTEXT}`
