import type { Clock } from '../../clock.ts'
import { Buffer } from 'node:buffer'

/** A piece as small as this was worth less than what follows each: a look at all that depends on it. */
const SMALL_BYTES = 4096
/** More small pieces than this in such a time, and the next are handed on together. */
const MANY_PIECES = 15
const SPAN_MS = 500
/** Nobody sees so short a wait. */
const REST_MS = 20

export interface Gathering {
  readonly take: (piece: Buffer) => void
  /** Hands on what still waits; nothing follows. */
  readonly end: () => void
}

/** Stops and goes on with reading where that leaves the bytes to the operating system, so that nobody wakes up for them. */
export interface Reading {
  readonly pause: () => void
  readonly resume: () => void
}

/**
 * A busy server sends every event by itself. While pieces come thick, the first is handed on at once and those of the next 20 ms
 * together; a quiet line, and whatever is large, waits for nothing. No byte is lost and none overtakes another.
 */
export function gather(handOn: (bytes: Buffer) => void, clock: Clock, reading: Reading | null = null): Gathering {
  let waiting: Buffer[] = []
  let stopRest: (() => void) | null = null
  let since = clock.now()
  let count = 0
  let isThick = false

  function countPiece(): void {
    const now = clock.now()
    const span = now - since
    if (span < 0 || span >= SPAN_MS) {
      isThick = span >= 0 && span < 2 * SPAN_MS && count > MANY_PIECES
      since = now
      count = 0
    }
    count++
  }
  function flush(): void {
    const [first, ...more] = waiting
    waiting = []
    if (first)
      handOn(more.length === 0 ? first : Buffer.concat([first, ...more]))
  }
  function rest(): void {
    reading?.pause()
    stopRest = clock.after(REST_MS, () => {
      stopRest = null
      reading?.resume()
      if (waiting.length === 0)
        return
      rest()
      flush()
    })
  }

  return {
    take(piece) {
      countPiece()
      waiting.push(piece)
      const isSmall = piece.length < SMALL_BYTES
      if (isSmall && stopRest !== null)
        return
      if (isSmall && isThick)
        rest()
      flush()
    },
    end() {
      stopRest?.()
      flush()
    },
  }
}
