import type { Clock } from '../../clock.ts'
import { patiently } from './patience.ts'

interface KeepaliveParts {
  readonly clock: Clock
  /** Asks for a sign of life. */
  readonly ping: () => void
  /** The link is dead, though no one closed it. */
  readonly lost: () => void
}

/** Routers forget a quiet connection after a minute or two. */
const IDLE_MS = 25_000
const ANSWER_MS = 10_000

/** Pings a link that is quiet, and tells when even then nothing comes; any byte is a sign of life. */
export class Keepalive {
  readonly #parts: KeepaliveParts
  #lastHeard: number
  #pinging = false
  #stopClock: () => void

  constructor(parts: KeepaliveParts) {
    this.#parts = parts
    this.#lastHeard = parts.clock.now()
    this.#stopClock = this.#wait(IDLE_MS)
  }

  heard(): void {
    this.#lastHeard = this.#parts.clock.now()
    if (!this.#pinging)
      return
    this.#pinging = false
    this.#stopClock()
    this.#stopClock = this.#wait(IDLE_MS)
  }

  /** Pings now, as after sleep or when a person asks for it. */
  probe(): void {
    if (this.#pinging)
      return
    this.#pinging = true
    this.#stopClock()
    this.#stopClock = patiently(this.#parts.clock, ANSWER_MS, this.#parts.lost)
    this.#parts.ping()
  }

  stop(): void {
    this.#stopClock()
  }

  /** One timer for the whole quiet time, however many bytes come: it looks when it fires. */
  #wait(delayMs: number): () => void {
    const { clock } = this.#parts
    return clock.after(delayMs, () => {
      const quietMs = clock.now() - this.#lastHeard
      // A clock that was set back must not stretch the wait.
      if (quietMs >= 0 && quietMs < IDLE_MS)
        this.#stopClock = this.#wait(IDLE_MS - quietMs)
      else
        this.probe()
    })
  }
}
