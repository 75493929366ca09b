import type { Clock } from '../../main/clock.ts'
import { settled } from './turns.ts'

export interface FakeClock extends Clock {
  /** Lets time pass: every task that falls due runs at its time, and what it promises settles before the next. */
  readonly pass: (ms: number) => Promise<void>
  /** The machine sleeps: time passes at once, and tasks that fell due meanwhile are late. */
  readonly sleep: (ms: number) => Promise<void>
  readonly pending: () => number
}

export function createFakeClock(start = 1_800_000_000_000): FakeClock {
  let now = start
  let nextKey = 0
  const tasks = new Map<number, { readonly at: number, readonly task: () => void }>()

  async function runDue(until: number, timeOf: (at: number) => number): Promise<void> {
    for (;;) {
      const [key, due] = [...tasks].filter(([, { at }]) => at <= until).sort(([, one], [, other]) => one.at - other.at)[0] ?? []
      if (key === undefined || due === undefined)
        return
      tasks.delete(key)
      now = timeOf(due.at)
      due.task()
      await settled()
    }
  }

  return {
    now: () => now,
    after(delayMs, task) {
      const key = nextKey++
      tasks.set(key, { at: now + delayMs, task })
      return () => tasks.delete(key)
    },
    async pass(ms) {
      await settled()
      const until = now + ms
      await runDue(until, at => at)
      now = until
    },
    async sleep(ms) {
      now += ms
      await runDue(now, () => now)
    },
    pending: () => tasks.size,
  }
}
