import type { Clock } from '../../clock.ts'

/** A clock whose open timers end together; `pace` stretches (or shortens) every wait. */
export class Timers implements Clock {
  readonly now: () => number
  readonly #clock: Clock
  readonly #pace: number
  readonly #open = new Set<() => void>()

  constructor(clock: Clock, pace = 1) {
    this.#clock = clock
    this.#pace = pace
    this.now = () => clock.now()
  }

  readonly after = (delayMs: number, task: () => void): (() => void) => {
    const cancel = (): void => {
      stop()
      this.#open.delete(cancel)
    }
    const stop = this.#clock.after(delayMs * this.#pace, () => {
      this.#open.delete(cancel)
      task()
    })
    this.#open.add(cancel)
    return cancel
  }

  stopAll(): void {
    for (const cancel of this.#open) cancel()
  }
}
