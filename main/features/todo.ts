import type { Party, PbxEvent } from '../pbx/events.ts'
import type { Sight } from './follow.ts'
import type { MyCall } from './my-call.ts'
import { seen } from './follow.ts'
import { NOBODY } from './my-call.ts'
import { dialledOutside } from './numbers.ts'
import { mapSame } from './same.ts'

/** A call that somebody should return. */
export interface Todo {
  readonly id: string
  readonly kind: 'queue' | 'group' | 'missed'
  readonly queue: string | null
  readonly caller: Party
  readonly at: number
  readonly attempts: number
  readonly done: boolean
}

const KEPT = 200
const DAY_MS = 86_400_000
/** What is done is of interest for so long, and what nobody ever did is of none after a month. */
const DONE_MS = 7 * DAY_MS
const OLD_MS = 30 * DAY_MS

/** Those that may still interest somebody, newest first; the same array when all do. */
export function fresh(todos: readonly Todo[], now: number): readonly Todo[] {
  const kept = todos.filter(({ at, done }) => now - at < (done ? DONE_MS : OLD_MS)).slice(0, KEPT)
  return kept.length === todos.length ? todos : kept
}

/** A caller who gave up in a queue of mine; who comes again counts in one row. */
export function todoOfEvent(sight: Sight, todos: readonly Todo[], event: PbxEvent, myQueues: ReadonlySet<string>): readonly Todo[] {
  if (event.type !== 'queue.callerAbandoned' || !myQueues.has(event.queue))
    return todos
  const channel = seen(sight, event.caller)
  return note(todos, {
    id: `queue-${channel?.id ?? event.caller.uniqueid ?? event.caller.name}-${event.at}`,
    kind: 'queue',
    queue: event.queue,
    caller: channel?.caller ?? event.caller.caller ?? NOBODY,
    at: event.at,
  })
}

/** A call that I missed; those that came through a queue are told by the queue, unless I had taken them out of it. */
export function todoOfCall(todos: readonly Todo[], call: MyCall): readonly Todo[] {
  return call.queue !== null && !call.lostInLot
    ? todos
    : note(todos, {
        id: `call-${call.id}`,
        kind: call.queue !== null ? 'queue' : call.rangOthers ? 'group' : 'missed',
        queue: call.queue,
        caller: call.peer,
        at: call.endedAt ?? call.startedAt,
      })
}

/** Whoever was spoken to since needs no call any more; `prefix` is what I may have dialled before their number. */
export function settleTodos(todos: readonly Todo[], { number }: Party, prefix = ''): readonly Todo[] {
  const isThem = (caller: string): boolean => number === caller || (prefix !== '' && number === dialledOutside(caller, prefix))
  return number === null
    ? todos
    : mapSame(todos, todo => !todo.done && todo.caller.number !== null && isThem(todo.caller.number) ? { ...todo, done: true } : todo)
}

function note(todos: readonly Todo[], now: Omit<Todo, 'attempts' | 'done'>): readonly Todo[] {
  if (todos.some(todo => todo.id === now.id))
    return todos
  const known = todos.find(todo => !todo.done && todo.kind === now.kind && todo.queue === now.queue && todo.caller.number !== null && todo.caller.number === now.caller.number)
  return fresh([
    known
      ? { ...known, at: now.at, attempts: known.attempts + 1, caller: now.caller.name === null ? known.caller : now.caller }
      : { ...now, attempts: 1, done: false },
    ...todos.filter(todo => todo !== known),
  ], now.at)
}
