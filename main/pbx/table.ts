/** What one version says about the next: at `key` it has `value`, or nothing when `present` is false. */
interface Difference<K, V> { readonly key: K, readonly present: boolean, readonly value: V | undefined, readonly next: Table<K, V> }

/**
 * A map of which every version stays readable, and whose newest version reads and writes at the cost of a plain `Map`, however
 * large it is. Only the version that was used last owns the `Map`; the others know how they differ from their neighbour
 * (H. Baker, "Shallow binding makes functional arrays fast", 1991). Reading an old version is right but moves the `Map` there.
 */
export class Table<K, V> {
  #held: Map<K, V> | Difference<K, V>

  private constructor(held: Map<K, V> | Difference<K, V>) {
    this.#held = held
  }

  static empty<K, V>(): Table<K, V> {
    return new Table<K, V>(new Map())
  }

  get size(): number {
    return this.#own().size
  }

  get(key: K): V | undefined {
    return this.#own().get(key)
  }

  has(key: K): boolean {
    return this.#own().has(key)
  }

  /** The same table when `key` has that value already. */
  set(key: K, value: V): Table<K, V> {
    const map = this.#own()
    const before = map.get(key)
    const present = before !== undefined || map.has(key)
    if (present && before === value)
      return this
    map.set(key, value)
    return this.#handOver(map, key, present, before)
  }

  /** The same table when `key` is not there. */
  delete(key: K): Table<K, V> {
    const map = this.#own()
    if (!map.has(key))
      return this
    const before = map.get(key)
    map.delete(key)
    return this.#handOver(map, key, true, before)
  }

  /** A copy of what this version holds: for lists that are read as a whole, never for one event. */
  entries(): readonly (readonly [K, V])[] {
    return [
      ...this.#own(),
    ]
  }

  keys(): readonly K[] {
    return [
      ...this.#own().keys(),
    ]
  }

  values(): readonly V[] {
    return [
      ...this.#own().values(),
    ]
  }

  /** The first key that passes, without a copy of the others. */
  findKey(test: (key: K) => boolean): K | undefined {
    for (const key of this.#own().keys()) {
      if (test(key))
        return key
    }
    return undefined
  }

  /**
   * The keys that may differ from an older version of the same table, at the cost of the changes between the two; null where
   * `older` is of another table.
   */
  keysChangedSince(older: Table<K, V>): ReadonlySet<K> | null {
    this.#own()
    const keys = new Set<K>()
    let held = older.#held
    let table = older
    while (!(held instanceof Map)) {
      keys.add(held.key)
      table = held.next
      held = table.#held
    }
    return table === this
      ? keys
      : null
  }

  #handOver(map: Map<K, V>, key: K, present: boolean, value: V | undefined): Table<K, V> {
    const next = new Table<K, V>(map)
    this.#held = { key, present, value, next }
    return next
  }

  /** Brings the `Map` to this version, leaving differences behind on the way. */
  #own(): Map<K, V> {
    if (this.#held instanceof Map)
      return this.#held
    const path: Table<K, V>[] = []
    path.push(this)
    let held = this.#held.next.#held
    let table = this.#held.next
    while (!(held instanceof Map)) {
      path.push(table)
      table = held.next
      held = table.#held
    }
    const map = held
    for (const version of path.reverse()) {
      const difference = version.#held
      if (difference instanceof Map)
        continue
      const { key, next } = difference
      next.#held = {
        key,
        present: map.has(key),
        value: map.get(key),
        next: version,
      }
      if (difference.present)
        map.set(key, difference.value as V) // `present` says that it is one
      else
        map.delete(key)
      version.#held = map
    }
    return map
  }
}
