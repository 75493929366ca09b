import type { Headers } from './channel.ts'
import type { Exchange } from './exchange.ts'
import type { Application, Thread } from './thread.ts'
import { channelHeaders } from './channel.ts'

export interface Participant { readonly id: string, readonly since: number, readonly isMuted: boolean }

interface Room {
  readonly name: string
  readonly bridge: string
  readonly isLocked: boolean
  readonly participants: readonly Participant[]
}

/** ConfBridge rooms: one begins with whoever comes first and ends with whoever goes last. */
export class Conferences {
  readonly #exchange: Exchange
  readonly #rooms = new Map<string, Room>()

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  get rooms(): readonly Room[] {
    return [...this.#rooms.values()]
  }

  room(name: string): Room | undefined {
    return this.#rooms.get(name)
  }

  /** ConfBridge(). A locked room lets nobody in. */
  join(thread: Thread, name: string): Application {
    const { exchange } = thread
    exchange.setState(thread.id, 6)
    const room = this.#rooms.get(name) ?? this.#open(name)
    if (room.isLocked) {
      thread.finish()
      return { stop() {} }
    }
    exchange.change(thread.id, { priority: 2 })
    this.#change(name, { participants: [...room.participants, { id: thread.id, since: exchange.clock.now(), isMuted: false }] })
    exchange.bridges.enter(room.bridge, thread.id)
    this.#tell('ConfbridgeJoin', name, thread.id, [['Admin', 'No'], ['Muted', 'No']])
    this.#tell('ConfbridgeTalking', name, thread.id, [['TalkingStatus', 'on'], ['Admin', 'No']])
    return {
      stop: () => this.#leave(name, thread.id),
    }
  }

  mute(name: string, id: string, isMuted: boolean): void {
    this.#change(name, { participants: this.#known(name).participants.map(one => one.id === id ? { ...one, isMuted } : one) })
    this.#tell(isMuted
      ? 'ConfbridgeMute'
      : 'ConfbridgeUnmute', name, id, [['Admin', 'No']])
  }

  lock(name: string, isLocked: boolean): void {
    this.#change(name, { isLocked })
  }

  kick(id: string): void {
    this.#exchange.end(id, { by: 'manager', cause: 0, techCause: null })
  }

  #open(name: string): Room {
    const bridge = this.#exchange.bridges.create({ type: 'base', technology: 'softmix', creator: 'ConfBridge', name })
    this.#exchange.bridges.addAnnouncer(bridge)
    const room: Room = { name, bridge, isLocked: false, participants: [] }
    this.#rooms.set(name, room)
    this.#tell('ConfbridgeStart', name, null, [])
    this.#exchange.states.set(deviceOfRoom(name), 'INUSE')
    return room
  }

  #leave(name: string, id: string): void {
    const { bridge, participants } = this.#known(name)
    this.#tell('ConfbridgeLeave', name, id, [['Admin', 'No']])
    const staying = participants.filter(one => one.id !== id)
    this.#change(name, { participants: staying })
    this.#exchange.bridges.leave(bridge, id)
    if (staying.length > 0)
      return
    this.#exchange.states.set(deviceOfRoom(name), 'NOT_INUSE')
    this.#tell('ConfbridgeEnd', name, null, [])
    this.#rooms.delete(name)
    this.#exchange.bridges.destroy(bridge)
  }

  #tell(event: string, name: string, id: string | null, more: Headers): void {
    this.#exchange.tell(event, [
      ['Conference', name],
      ...this.#exchange.bridges.headers(this.#known(name).bridge),
      ...id === null
        ? []
        : channelHeaders(this.#exchange.known(id)),
      ...more,
    ])
  }

  #change(name: string, change: Partial<Room>): void {
    this.#rooms.set(name, { ...this.#known(name), ...change })
  }

  #known(name: string): Room {
    const room = this.#rooms.get(name)
    if (!room)
      throw new Error(`no conference ${name}`)
    return room
  }
}

export const deviceOfRoom = (name: string): string => `confbridge:${name}`
