import type { Patch, Snapshot, Tables } from '#contract/tables.ts'
import type { Clock } from '../clock.ts'
import { diff } from './diff.ts'

export interface Publisher {
  /** Tells that the view may have changed; it is read and pushed at most once a frame. */
  readonly touch: () => void
  /** What windows have been told so far, brought up to date first. */
  readonly snapshot: () => Snapshot
}

const FRAME_MS = 16

/**
 * Pushes the change of the view as patches: the first at the end of the tick that caused it, so that a ringing call is
 * seen at once, further ones at most one a frame, however many events a second arrive.
 */
export function createPublisher(parts: {
  readonly clock: Clock
  readonly project: () => Tables
  readonly push: (patch: Patch) => void
  /** Hears of every look at the view, after windows have been told: they are on their way to the screen meanwhile. */
  readonly onLooked: (tables: Tables) => void
}): Publisher {
  let published: Snapshot = {
    rev: 0,
    tables: parts.project(),
  }
  parts.onLooked(published.tables)
  let scheduled = false
  let lastFlush = Number.NEGATIVE_INFINITY

  function flush(): void {
    scheduled = false
    lastFlush = parts.clock.now()
    const tables = parts.project()
    const patch = diff(published, tables)
    if (patch !== null) {
      published = { rev: patch.rev, tables }
      parts.push(patch)
    }
    parts.onLooked(tables)
  }

  return {
    touch() {
      if (scheduled)
        return
      scheduled = true
      const wait = lastFlush + FRAME_MS - parts.clock.now()
      if (wait > 0)
        parts.clock.after(wait, flush)
      else
        queueMicrotask(flush)
    },
    snapshot() {
      flush()
      return published
    },
  }
}
