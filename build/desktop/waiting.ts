import { EventEmitter, once } from 'node:events'

/** Things that come one after another, for somebody who waits for a certain one. */
export class Waiting<T> {
  readonly #news = new EventEmitter()
  readonly #name: string
  readonly #seen: () => Iterable<T>

  /** `seen` is looked through first, so that what came before the question counts. */
  constructor(name: string, seen: () => Iterable<T>) {
    this.#name = name
    this.#seen = seen
    this.#news.setMaxListeners(0)
  }

  /** Something changed: whoever waits looks again. */
  tell(): void {
    this.#news.emit('change')
  }

  /** The first one that `fits`; rejects after `timeoutMs` with what was there instead. */
  async until(fits: (one: T) => boolean, timeoutMs = 10_000): Promise<T> {
    const signal = AbortSignal.timeout(timeoutMs)
    for (;;) {
      for (const one of this.#seen()) {
        if (fits(one))
          return one
      }
      try {
        await once(this.#news, 'change', { signal })
      }
      catch (error) {
        throw new Error(`no ${this.#name} as wanted within ${timeoutMs} ms; there were ${describe([...this.#seen()])}`, { cause: error })
      }
    }
  }
}

function describe(seen: readonly unknown[]): string {
  return JSON.stringify(seen, (_, value: unknown) => value instanceof Uint8Array ? `${value.length} bytes` : value)
}
