import type { QueueEntrySnapshot, QueueMemberSnapshot, QueueSnapshot } from './events.ts'
import type { Uniqueid } from './ids.ts'
import type { Queue, QueueMember } from './queues.ts'
import type { PbxState } from './state.ts'
import { findChannel } from './channels.ts'
import { changeQueue, memberKey } from './queues.ts'
import { saysNothingNew } from './same.ts'
import { withTables } from './state.ts'
import { Table } from './table.ts'

/** What a whole list says of queues and who waits there; what is as it was stays the same object, and a queue that is not listed is gone. */
export function replaceQueues(state: PbxState, listed: readonly QueueSnapshot[], callers: readonly QueueEntrySnapshot[], at: number): PbxState {
  const waiting = new Map<string, Uniqueid[]>()
  let queueCallers = Table.empty<Uniqueid, { readonly queue: string, readonly joinedAt: number }>()
  for (const { caller: said, queue, waitSeconds } of callers.toSorted((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity))) {
    const caller = findChannel(state, said)
    if (!caller)
      continue
    waiting.set(queue, [...waiting.get(queue) ?? [], caller.id])
    const known = state.queueCallers.get(caller.id)
    queueCallers = queueCallers.set(caller.id, known?.queue === queue ? known : { queue, joinedAt: at - (waitSeconds ?? 0) * 1000 })
  }
  let queues = Table.empty<string, Queue>()
  for (const queue of listed) {
    const known = state.queues.get(queue.queue)
    const next = { ...queue, callers: keep(known?.callers, waiting.get(queue.queue) ?? []) }
    queues = queues.set(queue.queue, known && saysNothingNew(known, next) ? known : next)
  }
  const gone = [...state.goneQueues, ...state.queues.keys()].filter(name => !queues.has(name))
  return withTables(state, {
    queues: unchanged(state.queues, queues),
    queueCallers: unchanged(state.queueCallers, queueCallers),
    goneQueues: gone.length === state.goneQueues.size && gone.every(name => state.goneQueues.has(name)) ? state.goneQueues : new Set(gone),
  })
}

/** Who is not listed is in no queue any more. */
export function replaceMembers(state: PbxState, listed: readonly QueueMemberSnapshot[]): PbxState {
  let members = Table.empty<string, QueueMember>()
  let next = state
  for (const said of listed) {
    const key = memberKey(said.queue, said.interface)
    const known = state.queueMembers.get(key)
    // When a pause began is as it was known before; else as the server says.
    const pausedSince = said.paused
      ? known?.pausedSince ?? (said.lastPause ? said.lastPause * 1000 : null)
      : null
    const member = { ...said, pausedSince }
    members = members.set(key, known && saysNothingNew(known, member) ? known : member)
    if (!next.queues.has(said.queue))
      next = changeQueue(next, { queue: said.queue, holdSeconds: null, completed: null, abandoned: null, serviceLevelSeconds: null, servicePercent: null })
  }
  return withTables(next, { queueMembers: unchanged(state.queueMembers, members) })
}

function keep<T>(known: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  return known && known.length === now.length && known.every((one, index) => one === now[index])
    ? known
    : now
}

function unchanged<K, V>(known: Table<K, V>, now: Table<K, V>): Table<K, V> {
  return known.size === now.size && now.entries().every(([key, value]) => known.get(key) === value)
    ? known
    : now
}
