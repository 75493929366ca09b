import type { Ending, Talk } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { Dialplan } from './thread.ts'
import { Thread } from './thread.ts'

/** Who left a talk first, and whether a transfer took it. */
export type TalkEnd = 'first' | 'second' | 'transfer'

export interface TalkOptions {
  readonly exchange: Exchange
  readonly dialplan: Dialplan
  /** Enters the bridge first: the one that was called. */
  readonly first: string
  readonly second: string
  /** What a line that hangs up says why: legs of a queue say nothing. */
  readonly told: number
  /** Before anybody leaves the bridge; queues tell here how the talk went. */
  readonly onEnd?: (by: TalkEnd) => void
}

/** Two channels meet in a new bridge and talk until one of them ends or is taken away. */
export function meet(options: TalkOptions, bridge: string = options.exchange.bridges.create()): Talk {
  const { exchange, first, second } = options
  exchange.bridges.enter(bridge, first)
  exchange.bridges.enter(bridge, second)
  introduce(exchange, first, second)
  return settle(options, bridge)
}

/** Each shows whom it talks to. */
export function introduce(exchange: Exchange, one: string, two: string): void {
  exchange.setConnected(one, exchange.known(two).caller)
  exchange.setConnected(two, exchange.known(one).caller)
}

/** The same for two that are in the bridge already. */
export function settle({ exchange, dialplan, first, second, told, onEnd }: TalkOptions, bridge: string): Talk {
  let isOver = false
  const talk: Talk = {
    bridge,
    told,
    other: id => id === first
      ? second
      : first,
    lift(by) {
      if (isOver)
        return
      isOver = true
      for (const id of [first, second]) exchange.talks.delete(id)
      onEnd?.(by === 'transfer'
        ? by
        : by === first
          ? 'first'
          : 'second')
    },
  }

  /** Once: who is left alone may, in going, end the other as well. */
  function part(by: string): void {
    if (isOver)
      return
    talk.lift(by)
    for (const id of [first, second]) exchange.stopMusic(id)
    exchange.bridges.dissolve(bridge, by)
  }

  for (const id of [first, second]) {
    const other = talk.other(id)
    exchange.talks.set(id, talk)
    const control = exchange.controlOf(id)
    if (control instanceof Thread) {
      control.take({
        lineCause: () => ({ told, final: 16, techCause: null }),
        stop() {
          part(id)
          leaveAlone(exchange, other)
        },
      })
      continue
    }
    exchange.control(id, {
      answer: null,
      end(ending) {
        requestOf(exchange, id, ending, told)
        part(id)
        exchange.hangUp(id, ending.cause || 16, ending.techCause)
        leaveAlone(exchange, other)
      },
      redirect(context, exten) {
        exchange.change(id, { context, exten, priority: 1 })
        part(id)
        leaveAlone(exchange, other)
        threadOf(exchange, dialplan, id).go(context, exten)
      },
    })
  }
  for (const id of [first, second]) exchange.talksNow(id)
  return talk
}

/** A channel that is in a bridge with nobody to talk to: what is to be done when it ends by itself, or is sent elsewhere. */
export function guard({ exchange, dialplan }: Pick<TalkOptions, 'exchange' | 'dialplan'>, id: string, told: number, { gone, moved }: { readonly gone: () => void, readonly moved: () => void }): void {
  const control = exchange.controlOf(id)
  if (control instanceof Thread) {
    control.take({
      lineCause: () => ({ told, final: 16, techCause: null }),
      stop: ending => ending === null
        ? moved()
        : gone(),
    })
    return
  }
  exchange.control(id, {
    answer: null,
    end(ending) {
      requestOf(exchange, id, ending, told)
      gone()
      if (exchange.channel(id))
        exchange.hangUp(id, ending.cause || 16, ending.techCause)
    },
    redirect(context, exten) {
      exchange.change(id, { context, exten, priority: 1 })
      moved()
      threadOf(exchange, dialplan, id).go(context, exten)
    },
  })
}

/** Says that a line asked for the end, if it was one. */
export function requestOf(exchange: Exchange, id: string, { by, cause, techCause }: Ending, told: number): void {
  if (by !== 'manager')
    exchange.requestHangup(id, cause || told, techCause)
}

/** What becomes of a channel whose other end has gone: the dialplan goes on with it, or it ends. */
export function leaveAlone(exchange: Exchange, id: string): void {
  const control = exchange.controlOf(id)
  if (control instanceof Thread)
    control.finish(16)
  else if (exchange.channel(id))
    exchange.hangUp(id, 16)
}

/** The way of a channel through the dialplan; one that was dialled gets one now. */
export function threadOf(exchange: Exchange, dialplan: Dialplan, id: string): Thread {
  const control = exchange.controlOf(id)
  return control instanceof Thread
    ? control
    : new Thread(exchange, dialplan, id)
}

/** What is left to do when a channel was pulled out of what it was in. */
export type Rest = () => void

/** Whether the next can take it: it talks, or it is up and runs the dialplan. */
export function canPullOut(exchange: Exchange, id: string): boolean {
  return exchange.talks.has(id) || (exchange.controlOf(id) instanceof Thread && exchange.known(id).state === 6)
}

/** Takes a channel out of its talk or its application, so that it can go elsewhere; null where it cannot be taken. */
export function pullOut(exchange: Exchange, id: string): { readonly from: Talk | null, readonly rest: Rest } | null {
  const talk = exchange.talks.get(id)
  if (talk) {
    const other = talk.other(id)
    exchange.setHeld(id, false)
    talk.lift('transfer')
    exchange.bridges.leave(talk.bridge, id)
    return {
      from: talk,
      rest() {
        if (exchange.channel(other)?.bridge !== talk.bridge)
          return
        exchange.setHeld(other, false)
        exchange.bridges.dissolve(talk.bridge, other)
        leaveAlone(exchange, other)
      },
    }
  }
  const control = exchange.controlOf(id)
  if (!(control instanceof Thread) || exchange.known(id).state !== 6)
    return null
  control.interrupt()
  return { from: null, rest() {} }
}
