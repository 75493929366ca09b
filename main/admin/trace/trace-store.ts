import type { TraceFilter, TracePage } from '#contract/admin.ts'
import type { SeenPacket } from '../feed.ts'
import { packetView } from '../packet-view.ts'
import { matcher } from './filter.ts'

/** A packet with its number; numbers never repeat, also when the oldest have gone. */
export interface Traced extends SeenPacket { readonly id: number }

/** So many packets are kept; the oldest go first. */
export const MOST_PACKETS = 100_000

/** Packets in the order of the wire, as they came: what they say is read when a page is asked for. */
export class TraceStore {
  readonly #most: number
  #ring: Traced[] = []
  /** Where the oldest stands once the ring is full. */
  #start = 0
  #nextId = 1
  readonly #counts = new Map<string, number>()

  constructor(most = MOST_PACKETS) {
    this.#most = most
  }

  get size(): number {
    return this.#ring.length
  }

  add(seen: SeenPacket): void {
    const traced: Traced = { ...seen, id: this.#nextId++ }
    this.#count(seen.packet.name, 1)
    if (this.#ring.length < this.#most) {
      this.#ring.push(traced)
      return
    }
    const oldest = this.#ring[this.#start]
    if (oldest)
      this.#count(oldest.packet.name, -1)
    this.#ring[this.#start] = traced
    this.#start = (this.#start + 1) % this.#most
  }

  clear(): void {
    this.#ring = []
    this.#start = 0
    this.#counts.clear()
  }

  /** Oldest first. */
  * all(): Generator<Traced> {
    for (let at = 0; at < this.#ring.length; at++) {
      const traced = this.#at(at)
      if (traced)
        yield traced
    }
  }

  /** The newest packets that match and stand before `before`, oldest of them first; secrets are masked. */
  page(filter: TraceFilter, before: number | null, limit: number): TracePage {
    const matches = matcher(filter)
    const found: Traced[] = []
    let matching = 0
    for (let at = this.#ring.length - 1; at >= 0; at--) {
      const traced = this.#at(at)
      if (!traced || !matches(traced))
        continue
      matching++
      if (found.length < limit && (before === null || traced.id < before))
        found.push(traced)
    }
    return {
      packets: found.reverse().map(traced => packetView(traced.packet, traced)),
      matching,
      total: this.#ring.length,
      names: [...this.#counts].sort(([a, many], [b, few]) => few - many || a.localeCompare(b)),
    }
  }

  #at(index: number): Traced | undefined {
    return this.#ring[(this.#start + index) % this.#ring.length]
  }

  #count(name: string, by: number): void {
    const count = (this.#counts.get(name) ?? 0) + by
    if (count > 0)
      this.#counts.set(name, count)
    else
      this.#counts.delete(name)
  }
}
