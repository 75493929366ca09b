import type { Clock } from '../clock.ts'
import type { Todo } from '../features/todo.ts'
import type { TodoStore } from './todo-store.ts'
import { fresh } from '../features/todo.ts'

/** Brings the calls to return of the desk to the disk, some changes at once. */
export interface TodoKeeper {
  /** Those of an office that are not too old; what the desk says from now on is kept under its name. Null: kept nowhere. */
  readonly open: (office: string | null) => readonly Todo[]
  readonly changed: (todos: readonly Todo[]) => void
  /** Writes at once what waits. */
  readonly flush: () => void
}

const WAIT_MS = 1000

export function createTodoKeeper(store: TodoStore, clock: Clock): TodoKeeper {
  let office: string | null = null
  let waiting: readonly Todo[] | null = null
  let stop = (): void => {}

  function flush(): void {
    stop()
    stop = () => {}
    if (office !== null && waiting !== null)
      store.set(office, fresh(waiting, clock.now()))
    waiting = null
  }

  return {
    open(next) {
      flush()
      office = next
      return next === null ? [] : fresh(store.get(next), clock.now())
    },
    changed(todos) {
      if (office === null)
        return
      if (waiting === null)
        stop = clock.after(WAIT_MS, flush)
      waiting = todos
    },
    flush,
  }
}
