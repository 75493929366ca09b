import type { Effect } from './types.ts'

/** When something was last read on suspicion, and whether the next reading is on its way. */
export interface Reading { readonly readAt: number, readonly isDue: boolean }

export const NOT_READ: Reading = { readAt: 0, isDue: false }

/** Has the timer `key` tell when to read: a moment from now, and never more often than the pace. */
export function readSoon(reading: Reading, key: string, { settleMs, paceMs }: { readonly settleMs: number, readonly paceMs: number }, at: number, effects: Effect[]): Reading {
  if (reading.isDue)
    return reading
  effects.push({ type: 'timer.start', key, delayMs: Math.max(settleMs, reading.readAt + paceMs - at) })
  return { ...reading, isDue: true }
}

export function readNow(what: 'line' | 'queues', at: number, effects: Effect[]): Reading {
  effects.push({ type: 'pbx.read', what })
  return { readAt: at, isDue: false }
}
