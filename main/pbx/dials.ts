import type { Channel } from './channels.ts'
import type { DialStatus, Party } from './events.ts'
import type { Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { halfOf, otherHalf } from './channels.ts'
import { saysNothingNew } from './same.ts'
import { withTables } from './state.ts'

/** An edge of the dial graph: `source` rings the channel that this is kept under. */
export interface Dial {
  /** Null where nobody dials: Originate, Page, ARI. */
  readonly source: Uniqueid | null
  /** The source's caller ID, which stays known when the source has gone. */
  readonly caller: Party | null
  readonly dialString: string | null
  readonly progress: 'begun' | 'ringing' | 'progress' | 'proceeding'
  readonly status: DialStatus | null
  readonly begunAt: number
}

/** A chain of Local channels longer than this is a loop. */
const DEEPEST = 16

export function changeDial(state: PbxState, destination: Uniqueid, change: Partial<Dial>, at: number): PbxState {
  const known = state.dials.get(destination)
  const dial: Dial = {
    source: null,
    caller: null,
    dialString: null,
    progress: 'begun',
    status: null,
    begunAt: at,
    ...known,
    ...change,
  }
  if (known && saysNothingNew(known, change))
    return state
  const moved = known?.source === dial.source
    ? state
    : unlink(state, destination)
  const { source } = dial
  const siblings = source === null
    ? undefined
    : moved.dialled.get(source)
  return withTables(moved, {
    dials: moved.dials.set(destination, dial),
    dialled: source === null || siblings?.includes(destination)
      ? moved.dialled
      : moved.dialled.set(source, [
          ...siblings ?? [],
          destination,
        ]),
  })
}

/** Ends every dial of a source that is still open: up to 11 the end of a Dial names no destination. */
export function endDials(state: PbxState, source: Uniqueid, status: DialStatus, at: number): PbxState {
  let next = state
  for (const destination of state.dialled.get(source) ?? []) {
    if (state.dials.get(destination)?.status === null) {
      next = changeDial(next, destination, {
        status: statusOfOne(next, destination, status),
      }, at)
    }
  }
  return next
}

/** The answered leg of a group ends the dial of the others. */
function statusOfOne(state: PbxState, destination: Uniqueid, status: DialStatus): DialStatus {
  return status === 'answer' && state.channels.get(destination)?.state !== 'up'
    ? 'cancel'
    : status
}

export function forgetDials(state: PbxState, id: Uniqueid): PbxState {
  const free = unlink(state, id)
  return withTables(free, {
    dials: free.dials.delete(id),
    dialled: free.dialled.delete(id),
  })
}

/** A Local channel is about to go: those it dialled are from now on dialled by whoever dialled it. */
export function bypassLocal(state: PbxState, channel: Channel): PbxState {
  const half = halfOf(channel.name)
  const other = half === null
    ? undefined
    : otherHalf(state, channel)
  if (!other)
    return state
  const [one, two] = half === 1
    ? [channel, other]
    : [other, channel]
  const above = state.dials.get(one.id)
  if (!above || above.source === null)
    return state
  let next = state
  for (const destination of state.dialled.get(two.id) ?? [])
    next = changeDial(next, destination, { source: above.source, caller: above.caller }, above.begunAt)
  return next
}

/** Who started it: upwards through whoever dials, and through Local channels, to a channel that nobody dials. It may have hung up. */
export function rootOf(state: PbxState, id: Uniqueid): Uniqueid {
  let current = id
  for (let step = 0; step < DEEPEST; step++) {
    const above = dialerOf(state, current)
    if (above === null || above === id)
      return current
    current = above
  }
  return current
}

/** Whom a channel rings, seen through Local channels. */
export function dialledBy(state: PbxState, id: Uniqueid, depth = 0): readonly Uniqueid[] {
  return (state.dialled.get(id) ?? []).flatMap((destination) => {
    const channel = state.channels.get(destination)
    const below = channel && halfOf(channel.name) === 1
      ? otherHalf(state, channel)
      : undefined
    if (!below || depth >= DEEPEST)
      return [destination]
    const phones = dialledBy(state, below.id, depth + 1)
    return phones.length > 0
      ? phones
      : [destination]
  })
}

function dialerOf(state: PbxState, id: Uniqueid): Uniqueid | null {
  const source = state.dials.get(id)?.source
  if (source)
    return source
  const channel = state.channels.get(id)
  return channel && halfOf(channel.name) === 2
    ? otherHalf(state, channel)?.id ?? null
    : null
}

function unlink(state: PbxState, destination: Uniqueid): PbxState {
  const source = state.dials.get(destination)?.source
  const siblings = source
    ? state.dialled.get(source)
    : undefined
  if (!source || !siblings)
    return state
  const rest = siblings.filter(id => id !== destination)
  return withTables(state, {
    dialled: rest.length > 0
      ? state.dialled.set(source, rest)
      : state.dialled.delete(source),
  })
}
