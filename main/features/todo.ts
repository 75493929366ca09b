import type { Party, PbxEvent } from '../pbx/events.ts'
import type { Sight } from './follow.ts'
import type { MyCall } from './my-call.ts'
import { seen } from './follow.ts'
import { NOBODY } from './my-call.ts'
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

/** A call that I missed; those that came through a queue are told by the queue. */
export function todoOfCall(todos: readonly Todo[], call: MyCall): readonly Todo[] {
  return call.queue !== null
    ? todos
    : note(todos, {
        id: `call-${call.id}`,
        kind: call.rangOthers ? 'group' : 'missed',
        queue: null,
        caller: call.peer,
        at: call.endedAt ?? call.startedAt,
      })
}

/** Whoever was spoken to since needs no call any more. */
export function settleTodos(todos: readonly Todo[], { number }: Party): readonly Todo[] {
  return number === null
    ? todos
    : mapSame(todos, todo => !todo.done && todo.caller.number === number ? { ...todo, done: true } : todo)
}

function note(todos: readonly Todo[], fresh: Omit<Todo, 'attempts' | 'done'>): readonly Todo[] {
  if (todos.some(todo => todo.id === fresh.id))
    return todos
  const known = todos.find(todo => !todo.done && todo.kind === fresh.kind && todo.queue === fresh.queue && todo.caller.number !== null && todo.caller.number === fresh.caller.number)
  return [
    known
      ? { ...known, at: fresh.at, attempts: known.attempts + 1, caller: fresh.caller.name === null ? known.caller : fresh.caller }
      : { ...fresh, attempts: 1, done: false },
    ...todos.filter(todo => todo !== known),
  ].slice(0, KEPT)
}
