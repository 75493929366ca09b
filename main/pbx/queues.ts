import type { QueueMemberSnapshot, QueueSnapshot } from './events.ts'
import type { Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { saysNothingNew } from './same.ts'
import { withTables } from './state.ts'

export interface QueueMember extends QueueMemberSnapshot {
  /** When the pause began; null while there is none, or when nobody told. */
  readonly pausedSince: number | null
}

export interface QueueCaller {
  readonly queue: string
  readonly joinedAt: number
}

export interface Queue extends QueueSnapshot {
  /** In the order in which they will be served. */
  readonly callers: readonly Uniqueid[]
}

export const memberKey = (queue: string, member: string): string => `${queue}\n${member}`

/** A field that an event leaves out keeps its value. `since`: when a pause that is listed began, as far as it was known before. */
export function changeMember(state: PbxState, said: QueueMemberSnapshot, at: number, since: number | null = null): PbxState {
  const key = memberKey(said.queue, said.interface)
  const known = state.queueMembers.get(key)
  if (state.goneQueues.has(said.queue))
    return state
  if (!known) {
    return withTables(knowQueue(state, said.queue), {
      queueMembers: state.queueMembers.set(key, {
        ...said,
        pausedSince: said.paused
          ? startOf(said, since)
          : null,
      }),
    })
  }
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) as Partial<QueueMemberSnapshot> // a subset of `said`
  // Who pauses once more, for another reason, begins anew.
  const isAgain = said.lastPause !== undefined && known.lastPause !== undefined && said.lastPause !== known.lastPause
  const pausedSince = said.paused === null || (said.paused === known.paused && !(said.paused && isAgain))
    ? known.pausedSince
    : said.paused
      ? startOf(said, at)
      : null
  if (pausedSince === known.pausedSince && saysNothingNew<QueueMemberSnapshot>(known, told))
    return state
  return withTables(state, {
    queueMembers: state.queueMembers.set(key, {
      ...known,
      ...told,
      pausedSince,
    }),
  })
}

function startOf({ lastPause }: QueueMemberSnapshot, at: number | null): number | null {
  return at ?? (lastPause
    ? lastPause * 1000
    : null)
}

export function removeMember(state: PbxState, queue: string, member: string): PbxState {
  return withTables(state, {
    queueMembers: state.queueMembers.delete(memberKey(queue, member)),
  })
}

export function changeQueue(state: PbxState, said: QueueSnapshot): PbxState {
  const known = state.queues.get(said.queue)
  if (known && saysNothingNew<QueueSnapshot>(known, said))
    return state
  return withTables(state, {
    queues: state.queues.set(said.queue, {
      ...said,
      callers: known?.callers ?? [],
    }),
  })
}

/** One more call was served, or one more caller gave up. */
export function countInQueue(state: PbxState, name: string, field: 'completed' | 'abandoned'): PbxState {
  const queue = state.queues.get(name)
  const count = queue?.[field] ?? null
  return queue && count !== null
    ? withTables(state, {
        queues: state.queues.set(name, { ...queue, [field]: count + 1 }),
      })
    : state
}

/** The server counts a call of a member when it is over, and says so no sooner than at the next change of the member's state. */
export function countForMember(state: PbxState, queue: string, member: string | null, at: number): PbxState {
  const key = memberKey(queue, member ?? '')
  const known = state.queueMembers.get(key)
  const taken = known?.callsTaken ?? null
  return known && taken !== null
    ? withTables(state, {
        queueMembers: state.queueMembers.set(key, { ...known, callsTaken: taken + 1, lastCall: Math.floor(at / 1000) }),
      })
    : state
}

/** `position` counts from 1; null: behind all others. */
export function joinQueue(state: PbxState, id: Uniqueid, name: string, joinedAt: number, position: number | null): PbxState {
  if (state.queueCallers.get(id)?.queue === name || state.goneQueues.has(name))
    return state
  const left = knowQueue(leaveQueue(state, id), name)
  const queue = left.queues.get(name)
  if (!queue)
    return left
  return withTables(left, {
    queueCallers: left.queueCallers.set(id, { queue: name, joinedAt }),
    queues: left.queues.set(name, {
      ...queue,
      callers: queue.callers.toSpliced(position === null
        ? queue.callers.length
        : Math.max(0, position - 1), 0, id),
    }),
  })
}

/** Somebody else takes the place of one who waits, with all the time that was waited there. */
export function replaceInQueue(state: PbxState, id: Uniqueid, by: Uniqueid): PbxState {
  const caller = state.queueCallers.get(id)
  const queue = caller && state.queues.get(caller.queue)
  if (!caller || !queue || id === by)
    return state
  return withTables(state, {
    queueCallers: state.queueCallers.delete(id).set(by, caller),
    queues: state.queues.set(queue.queue, { ...queue, callers: queue.callers.map(one => one === id ? by : one) }),
  })
}

export function leaveQueue(state: PbxState, id: Uniqueid): PbxState {
  const caller = state.queueCallers.get(id)
  if (!caller)
    return state
  const queue = state.queues.get(caller.queue)
  return withTables(state, {
    queueCallers: state.queueCallers.delete(id),
    queues: queue
      ? state.queues.set(caller.queue, {
          ...queue,
          callers: queue.callers.filter(other => other !== id),
        })
      : state.queues,
  })
}

/** A queue that only events have told of so far. */
function knowQueue(state: PbxState, queue: string): PbxState {
  return state.queues.has(queue)
    ? state
    : changeQueue(state, { queue, holdSeconds: null, completed: null, abandoned: null, serviceLevelSeconds: null, servicePercent: null })
}
