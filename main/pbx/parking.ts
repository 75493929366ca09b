import type { ParkedCallSnapshot, ParkingLotSnapshot } from './events.ts'
import type { Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { findChannel, patchChannel } from './channels.ts'
import { withTables } from './state.ts'

export interface ParkedCall {
  readonly lot: string
  readonly space: string
  readonly parkee: Uniqueid
  readonly parker: string | null
  readonly parkedAt: number
  readonly returnsAt: number | null
}

/** How many calls a lot takes; null: not told. */
export function spacesOf({ firstSpace, lastSpace }: ParkingLotSnapshot): number | null {
  return firstSpace === null || lastSpace === null ? null : lastSpace - firstSpace + 1
}

export function callsIn({ parked }: PbxState, lot: string): number {
  return parked.values().filter(one => one.lot === lot).length
}

const keyOf = ({ lot, space }: Pick<ParkedCallSnapshot, 'lot' | 'space'>): string => `${lot}/${space}`

/** A parked call is kept while its channel lives. */
export function park(state: PbxState, said: ParkedCallSnapshot, at: number): PbxState {
  const parkee = findChannel(state, said.parkee)
  if (!parkee)
    return state
  const key = keyOf(said)
  const parked: ParkedCall = {
    lot: said.lot,
    space: said.space,
    parkee: parkee.id,
    parker: said.parker,
    parkedAt: at - (said.parkedSeconds ?? 0) * 1000,
    returnsAt: said.timeoutSeconds === null
      ? null
      : at + said.timeoutSeconds * 1000,
  }
  const former = state.parked.get(key)?.parkee ?? null
  // Whose place it takes is parked no more, and may hang up.
  const freed = former === null || former === parkee.id
    ? state
    : patchChannel(state, former, { parkedAs: null })
  return withTables(patchChannel(freed, parkee.id, { parkedAs: key }), {
    parked: state.parked.set(key, parked),
  })
}

export function unpark(state: PbxState, said: ParkedCallSnapshot): PbxState {
  const key = keyOf(said)
  const parked = state.parked.get(key)
  return parked
    ? withTables(patchChannel(state, parked.parkee, { parkedAs: null }), {
        parked: state.parked.delete(key),
      })
    : state
}
