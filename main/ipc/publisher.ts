import type { Patch, Snapshot, TableName, Tables } from '#contract/tables.ts'
import type { Clock } from '../clock.ts'
import { diff } from './diff.ts'

export interface Publisher<Window> {
  /** Tells that the view may have changed: at most once a frame it is read and pushed, ten times a second where only others are concerned. */
  readonly touch: (about?: 'me' | 'others') => void
  /** What a window has from now on: everything but these tables, which stay empty there. Patches begin after it. */
  readonly watch: (window: Window, without: ReadonlySet<TableName>) => Snapshot
  /** A window that nobody sees is told nothing; what it missed it is told at once when it is about to be seen. */
  readonly setSeen: (window: Window, isSeen: boolean) => void
}

const FRAME_MS = 16
/** Of two hundred phones that change within a second nobody sees when exactly each did. */
const OTHERS_MS = 100

/**
 * Pushes the change of the view as patches, to each window what it watches: the first at the end of the tick that caused it, so
 * that a ringing call is seen at once, further ones not before some time has passed, however many events a second arrive.
 */
export function createPublisher<Window>(parts: {
  readonly clock: Clock
  readonly project: () => Tables
  readonly push: (window: Window, patch: Patch) => void
  /** Hears of every look at the view, after windows have been told: they are on their way to the screen meanwhile. */
  readonly onLooked: (tables: Tables) => void
}): Publisher<Window> {
  const { clock } = parts
  const watchers = new Map<Window, { readonly without: ReadonlySet<TableName>, readonly told: Snapshot }>()
  const unseen = new Set<Window>()
  let lastLook = Number.NEGATIVE_INFINITY
  /** When the next look is due; whoever wants one earlier takes it over. */
  let dueAt = Number.POSITIVE_INFINITY
  let cancel = (): void => {}
  parts.onLooked(parts.project())

  function look(): Tables {
    cancel()
    dueAt = Number.POSITIVE_INFINITY
    lastLook = clock.now()
    const tables = parts.project()
    for (const [window, { told, without }] of watchers) {
      const patch = unseen.has(window) ? null : diff(told, tables, without)
      if (patch !== null) {
        watchers.set(window, { without, told: { rev: patch.rev, tables } })
        parts.push(window, patch)
      }
    }
    parts.onLooked(tables)
    return tables
  }

  return {
    touch(about = 'me') {
      const now = clock.now()
      const pause = about === 'me' ? FRAME_MS : OTHERS_MS
      // A clock that was set back must not stretch the wait.
      const wait = Math.min(pause, Math.max(0, lastLook + pause - now))
      if (now + wait >= dueAt)
        return
      cancel()
      dueAt = now + wait
      if (wait > 0) {
        cancel = clock.after(wait, look)
        return
      }
      let isWanted = true
      cancel = () => { isWanted = false }
      queueMicrotask(() => {
        if (isWanted)
          look()
      })
    },
    watch(window, without) {
      const tables = look()
      const told = { rev: (watchers.get(window)?.told.rev ?? 0) + 1, tables }
      watchers.set(window, { without, told })
      const empty = Object.fromEntries([...without].map(name => [name, {}]))
      return { rev: told.rev, tables: { ...tables, ...empty } }
    },
    setSeen(window, isSeen) {
      if (!isSeen)
        unseen.add(window)
      else if (unseen.delete(window))
        look()
    },
  }
}
