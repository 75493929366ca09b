import type { QueueMemberSnapshot } from './events.ts'
import type { Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'

export type QueueMember = QueueMemberSnapshot

export interface QueueCaller {
  readonly queue: string
  readonly joinedAt: number
}

const keyOf = (queue: string, member: string): string => `${queue}\n${member}`

/** A field that an event leaves out keeps its value. */
export function changeMember(state: PbxState, said: QueueMemberSnapshot): PbxState {
  const key = keyOf(said.queue, said.interface)
  const known = state.queueMembers.get(key)
  if (!known) {
    return withTables(state, {
      queueMembers: state.queueMembers.set(key, said),
    })
  }
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) as Partial<QueueMember> // a subset of `said`
  if ((Object.keys(told) as (keyof QueueMember)[]).every(field => known[field] === told[field])) // the keys of `told`
    return state
  return withTables(state, {
    queueMembers: state.queueMembers.set(key, {
      ...known,
      ...told,
    }),
  })
}

export function removeMember(state: PbxState, queue: string, member: string): PbxState {
  return withTables(state, {
    queueMembers: state.queueMembers.delete(keyOf(queue, member)),
  })
}

export function joinQueue(state: PbxState, id: Uniqueid, queue: string, at: number): PbxState {
  return state.queueCallers.get(id)?.queue === queue
    ? state
    : withTables(state, {
        queueCallers: state.queueCallers.set(id, { queue, joinedAt: at }),
      })
}

export function leaveQueue(state: PbxState, id: Uniqueid): PbxState {
  return withTables(state, {
    queueCallers: state.queueCallers.delete(id),
  })
}
