import type { TraceFilter, TracePage } from '#contract/admin.ts'
import type { SeenPacket } from '../feed.ts'
import { packetView } from '../packet-view.ts'
import { matcher } from './filter.ts'

/** A packet with its number; numbers never repeat, also when the oldest have gone. */
export interface Traced extends SeenPacket { readonly id: number }

/** What matched a filter, up to the packet `seenTo`. */
interface Look { readonly key: string, readonly matches: (seen: SeenPacket) => boolean, readonly found: Traced[], seenTo: number }

/** So many packets are looked at in one go. */
const BREATH = 2000
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
  #last: Look | null = null

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
    this.#last = null
  }

  /** Oldest first. */
  * all(): Generator<Traced> {
    for (let at = 0; at < this.#ring.length; at++) {
      const traced = this.#at(at)
      if (traced)
        yield traced
    }
  }

  /**
   * The newest packets that match and stand before `before`, oldest of them first; secrets are masked. What matched is remembered, so
   * that the next page of the same filter looks only at what is new; `breathe` is awaited now and then, so that a long look stops nobody.
   */
  async page(filter: TraceFilter, before: number | null, limit: number, breathe: () => Promise<void>): Promise<TracePage> {
    const found = await this.#look(filter, breathe)
    const end = before === null ? found.length : firstFrom(found, before)
    return {
      packets: found.slice(Math.max(0, end - limit), end).map(traced => packetView(traced.packet, traced)),
      matching: found.length,
      total: this.#ring.length,
      names: [...this.#counts].sort(([a, many], [b, few]) => few - many || a.localeCompare(b)),
    }
  }

  async #look(filter: TraceFilter, breathe: () => Promise<void>): Promise<readonly Traced[]> {
    const key = JSON.stringify(filter)
    const look: Look = this.#last?.key === key ? this.#last : { key, matches: matcher(filter), found: [], seenTo: 0 }
    this.#last = look
    for (let looked = 1; ; looked++) {
      const oldest = this.#at(0)?.id ?? this.#nextId
      const next = this.#at(Math.max(look.seenTo + 1, oldest) - oldest)
      if (!next || next.id <= look.seenTo)
        break
      look.seenTo = next.id
      if (look.matches(next))
        look.found.push(next)
      if (looked % BREATH === 0)
        await breathe()
    }
    const oldest = this.#at(0)?.id ?? this.#nextId
    look.found.splice(0, firstFrom(look.found, oldest))
    return look.found
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

/** Where the first packet of that number or a later one stands. */
function firstFrom(packets: readonly Traced[], id: number): number {
  let [low, high] = [0, packets.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((packets[middle]?.id ?? 0) < id)
      low = middle + 1
    else
      high = middle
  }
  return low
}
