import type { Clock } from '../../clock.ts'

/** A timer that fires this much too late has slept with the machine. */
const OVERSLEPT_MS = 2000

/**
 * As `clock.after`, but waits anew when the machine was asleep: what the server sent meanwhile may lie in the socket
 * unread, because timers run before input after waking.
 */
export function patiently(clock: Clock, delayMs: number, task: () => void): () => void {
  let cancel = arm()
  function arm(): () => void {
    const due = clock.now() + delayMs
    return clock.after(delayMs, () => {
      if (clock.now() - due > OVERSLEPT_MS)
        cancel = arm()
      else
        task()
    })
  }
  return () => cancel()
}
