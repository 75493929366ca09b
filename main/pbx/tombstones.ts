import type { Uniqueid } from './ids.ts'
import { Table } from './table.ts'

/** A late event or a list that was read before the hang-up can trail by this much. */
const KEPT_MS = 10_000

/** Channels that hung up a moment ago, in two generations: each is forgotten between one and two periods after its death. */
export interface Tombstones {
  readonly young: Table<Uniqueid, true>
  readonly old: Table<Uniqueid, true>
  readonly since: number
}

export function noTombstones(): Tombstones {
  return {
    young: Table.empty(),
    old: Table.empty(),
    since: 0,
  }
}

export function bury(tombstones: Tombstones, id: Uniqueid, at: number): Tombstones {
  const current = turn(tombstones, at)
  return {
    ...current,
    young: current.young.set(id, true),
  }
}

export function isBuried({ young, old, since }: Tombstones, id: Uniqueid, at: number): boolean {
  const age = at - since
  return age < 2 * KEPT_MS && (young.has(id) || (age < KEPT_MS && old.has(id)))
}

function turn(tombstones: Tombstones, at: number): Tombstones {
  const age = at - tombstones.since
  if (age < KEPT_MS)
    return tombstones
  return {
    young: Table.empty(),
    old: age < 2 * KEPT_MS
      ? tombstones.young
      : Table.empty(),
    since: at,
  }
}
