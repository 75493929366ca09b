/** Time as a parameter: tests drive it, the program uses the machine's. */
export interface Clock {
  /** ms since the epoch. */
  readonly now: () => number
  /** Runs `task` once after `delayMs`; the answer takes it back. */
  readonly after: (delayMs: number, task: () => void) => () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
}
