import type { PbxEvent } from '../pbx/events.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Reading } from './reading.ts'
import type { Effect } from './types.ts'
import { readSoon } from './reading.ts'

const KEY = 'queue-news:'
/** A caller who waits in a queue that was taken away is told of for as long as he waits. */
const PACE = { settleMs: 300, paceMs: 5000 }

/** A reload brings and removes queues without a word (16 and 22, too): who speaks of one that no list has named has the lists read again. */
export function suspectQueues(before: PbxState, event: PbxEvent, reading: Reading, effects: Effect[]): Reading {
  if (event.type === 'server.reloaded')
    return doubtQueues(reading, event.at, effects)
  const queue = queueOf(event)
  return queue === null || before.queues.has(queue)
    ? reading
    : readSoon(reading, KEY, PACE, event.at, effects)
}

/** The server says that there is no such queue, that I am not in it, or that it has read its files again. */
export function doubtQueues(reading: Reading, at: number, effects: Effect[]): Reading {
  return readSoon(reading, KEY, { ...PACE, paceMs: 0 }, at, effects)
}

function queueOf(event: PbxEvent): string | null {
  switch (event.type) {
    case 'queue.memberChanged':
      return event.member.queue
    case 'queue.callerJoined': case 'queue.callerLeft': case 'queue.callerAbandoned': case 'queue.memberCalled': case 'queue.memberAnswered':
    case 'queue.memberRangOut': case 'queue.memberCompleted': case 'queue.memberRemoved':
      return event.queue
    default:
      return null
  }
}
