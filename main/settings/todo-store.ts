import type { Todo } from '../features/todo.ts'
import type { Log } from '../log.ts'
import { z } from 'zod'
import { readKept } from './kept-file.ts'

/** Calls to return, for each office (a server and what is mine there, or the demo). */
export interface TodoStore {
  readonly get: (office: string) => readonly Todo[]
  /** Writes before it answers; what a disk refuses is in the log, and is tried again with the next change. */
  readonly set: (office: string, todos: readonly Todo[]) => void
  /** Every office for which this holds. */
  readonly forget: (isMeant: (office: string) => boolean) => void
}

interface OpenedTodos {
  readonly store: TodoStore
  /** The file could not be understood and has been kept under another name. */
  readonly wasReset: boolean
}

type Offices = Readonly<Record<string, readonly Todo[]>>

const words = z.string().nullable()
const todo = z.object({
  id: z.string(),
  kind: z.enum(['queue', 'group', 'missed']),
  queue: words,
  caller: z.object({ number: words, name: words }),
  at: z.number(),
  attempts: z.number().int().min(1),
  done: z.boolean(),
})
const file = z.object({ version: z.literal(1), offices: z.record(z.string(), z.array(todo)) })

/** The calls to return in `folder/calls-to-return.json`, and who gave up cannot be asked again: the file of a crash is the old one or the new one. */
export function openTodos(folder: string, write: (content: z.infer<typeof file>) => void, log: Log): OpenedTodos {
  const { content, wasReset, isInTheWay } = readKept(folder, TODO_FILE, raw => file.safeParse(raw).data ?? null, 'The calls to return', log)
  let offices: Offices = content?.offices ?? {}

  function keep(next: Offices): void {
    offices = next
    try {
      if (isInTheWay)
        throw new Error('the file of before could not be kept aside and would be lost')
      write({ version: 1, offices: Object.fromEntries(Object.entries(offices).map(([office, todos]) => [office, [...todos]])) })
    }
    catch (error) {
      log.warn('The calls to return could not be kept', error)
    }
  }

  return {
    wasReset,
    store: {
      get: office => offices[office] ?? [],
      set(office, todos) {
        if (JSON.stringify(todos) !== JSON.stringify(offices[office] ?? []))
          keep({ ...offices, [office]: todos })
      },
      forget(isMeant) {
        const rest = Object.fromEntries(Object.entries(offices).filter(([office]) => !isMeant(office)))
        if (Object.keys(rest).length < Object.keys(offices).length)
          keep(rest)
      },
    },
  }
}

/** Without its ending. */
export const TODO_FILE = 'calls-to-return'
