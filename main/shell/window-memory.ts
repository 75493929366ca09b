import type { Log } from '../log.ts'
import type { Rectangle } from './placement.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const memory = z.object({
  place: z.object({
    x: z.number().int(),
    y: z.number().int(),
    width: z.number().int().min(1),
    height: z.number().int().min(1),
  }).nullable().catch(null),
  /** The person has been told that the program stays in the tray. */
  told: z.boolean().catch(false),
})

export interface WindowMemory {
  readonly place: () => Rectangle | null
  readonly told: () => boolean
  readonly remember: (change: { readonly place?: Rectangle, readonly told?: true }) => void
}

/** What the window remembers from one start to the next, in `folder/window.json`; nothing in it is worth more than a line in the log. */
export function openWindowMemory(folder: string, write: (content: object) => void, log: Log): WindowMemory {
  let now = read(join(folder, 'window.json'), log)
  return {
    place: () => now.place,
    told: () => now.told,
    remember(change) {
      const next = { ...now, ...change }
      if (JSON.stringify(next) === JSON.stringify(now))
        return
      now = next
      try {
        write(now)
      }
      catch (error) {
        log.warn('The place of the window cannot be stored', error)
      }
    },
  }
}

function read(path: string, log: Log): z.infer<typeof memory> {
  try {
    return memory.parse(JSON.parse(readFileSync(path, 'utf8')))
  }
  catch (error) {
    const isNew = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isNew)
      log.info('The place of the window cannot be read', error)
    return { place: null, told: false }
  }
}
