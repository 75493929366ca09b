import type { Log } from '../log.ts'
import type { Rectangle } from './placement.ts'
import { join } from 'node:path'
import { fieldOf, readRaw } from '../settings/raw.ts'

interface Memory {
  readonly place: Rectangle | null
  /** The person has been told that the program stays in the tray. */
  readonly told: boolean
}

export interface WindowMemory {
  readonly place: () => Rectangle | null
  readonly told: () => boolean
  readonly remember: (change: { readonly place?: Rectangle, readonly told?: true }) => void
  /** Resolves when everything that was to be remembered lies on the disk, or was refused by it. */
  readonly stored: () => Promise<void>
}

/** What the window remembers from one start to the next, in `folder/window.json`; nothing in it is worth more than a line in the log. */
export function openWindowMemory(folder: string, log: Log): WindowMemory {
  let now = read(join(folder, 'window.json'), log)
  let write: ((content: object) => void) | null = null
  let stored = Promise.resolve()

  async function store(): Promise<void> {
    try {
      const { storeFile } = await import('./store-file.ts')
      write ??= storeFile(folder, 'window')
      write(now)
    }
    catch (error) {
      log.warn('The place of the window cannot be stored', error)
    }
  }

  return {
    place: () => now.place,
    told: () => now.told,
    stored: () => stored,
    remember(change) {
      const next = { ...now, ...change }
      if (JSON.stringify(next) === JSON.stringify(now))
        return
      now = next
      stored = store()
    },
  }
}

function read(path: string, log: Log): Memory {
  try {
    return parse(readRaw(path))
  }
  catch (error) {
    const isNew = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isNew)
      log.info('The place of the window cannot be read', error)
    return { place: null, told: false }
  }
}

function parse(raw: unknown): Memory {
  const stored = fieldOf(raw, 'place')
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(name => fieldOf(stored, name))
  const isPlace = isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height) && width > 0 && height > 0
  return {
    place: isPlace
      ? { x, y, width, height }
      : null,
    told: fieldOf(raw, 'told') === true,
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
