import type { Exchange } from './exchange.ts'

/** MixMonitor: which channels are being recorded. Nothing is written anywhere. */
export class Recordings {
  readonly #exchange: Exchange
  readonly #recorded = new Set<string>()

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  start(id: string): void {
    this.#recorded.add(id)
    this.#exchange.about('MixMonitorStart', this.#exchange.known(id))
  }

  mute(id: string, direction: string, isMuted: boolean): void {
    this.#exchange.about('MixMonitorMute', this.#exchange.known(id), [
      ['Direction', direction],
      ['State', Number(isMuted)],
    ])
  }

  /** What the key of a phone does: it records the other end. */
  toggle(id: string): void {
    if (this.isRecorded(id))
      this.stop(id)
    else
      this.start(id)
  }

  isRecorded(id: string): boolean {
    return this.#recorded.has(id)
  }

  stop(id: string): void {
    this.#recorded.delete(id)
    this.#exchange.about('MixMonitorStop', this.#exchange.known(id))
  }
}
