import type { ChannelSnapshot, ChannelState, Party } from './events.ts'
import type { BridgeId, DeviceName, Linkedid, Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { saysNothingNew } from './same.ts'
import { withTables } from './state.ts'

/** One leg. */
export interface Channel {
  readonly id: Uniqueid
  readonly name: string
  /** Lower case, to be compared. */
  readonly device: DeviceName
  readonly state: ChannelState
  readonly caller: Party | null
  /** The party that its device shows. */
  readonly connected: Party | null
  readonly context: string | null
  readonly exten: string | null
  /** The extension that it entered the dialplan with: what its device dialled, or the number that a trunk delivered. */
  readonly dialled: string | null
  readonly account: string | null
  readonly linkedid: Linkedid | null
  readonly application: string | null
  readonly bridge: BridgeId | null
  /** This leg pressed hold, or the server did for it: `isHeld` says whether that still holds. */
  readonly held: boolean
  /** The bridge of those who wait by that; null up to 11. */
  readonly heldIn: BridgeId | null
  /** Key in `parked`, while it waits in a parking lot. */
  readonly parkedAs: string | null
  readonly recording: 'on' | 'paused' | null
  /** Its device asked for the end, where the server tells. */
  readonly hangupAsked: boolean
  readonly createdAt: number
  readonly answeredAt: number | null
}

export const comparable = (name: string): DeviceName => name.toLowerCase() as DeviceName // the one place that makes them

/** The channel that an event speaks of: by uniqueid, in old releases by name. */
export function findChannel(state: PbxState, { uniqueid, name }: Pick<ChannelSnapshot, 'uniqueid' | 'name'>): Channel | undefined {
  const id = uniqueid ?? state.names.get(name)
  return id === undefined
    ? undefined
    : state.channels.get(id)
}

export function patchChannel(state: PbxState, id: Uniqueid, change: Partial<Channel>): PbxState {
  const known = state.channels.get(id)
  if (!known || saysNothingNew(known, change))
    return state
  return withTables(state, {
    channels: state.channels.set(id, {
      ...known,
      ...change,
    }),
  })
}

/** Nobody waits for a leg any more once the talk is over in which it was put on hold; no server says so by an event. */
export function isHeld({ bridges }: PbxState, { held, heldIn, bridge }: Channel): boolean {
  return held && (heldIn === null || bridge === heldIn || bridges.has(heldIn))
}

/** The other half of a Local channel, `;1` for `;2`; up to 1.4 `,1` for `,2`. */
export function otherHalf(state: PbxState, { name }: Pick<Channel, 'name'>): Channel | undefined {
  const half = halfOf(name)
  if (half === null)
    return undefined
  const id = state.names.get(name.slice(0, -1) + (half === 1
    ? '2'
    : '1'))
  return id === undefined
    ? undefined
    : state.channels.get(id)
}

/** Which half of a Local channel this is; null for every other channel. */
export function halfOf(name: string): 1 | 2 | null {
  if (!name.startsWith('Local/'))
    return null
  const end = name.slice(-2)
  return end === ';1' || end === ',1'
    ? 1
    : end === ';2' || end === ',2'
      ? 2
      : null
}

/** Older channels first, whatever order they were told in; a list knows their ages by the second, so the server's own counting goes first. */
export function byAge(a: Channel, b: Channel): number {
  const [one, other] = [countOf(a.id), countOf(b.id)]
  return one !== null && other !== null && one.system === other.system
    ? one.second - other.second || one.count - other.count
    : a.createdAt - b.createdAt
}

/** `1795405098.17`, behind the name of the system where it has one. */
function countOf(id: Uniqueid): { readonly system: string, readonly second: number, readonly count: number } | null {
  const [, system = '', second, count] = /^(?:(.*)-)?(\d+)\.(\d+)$/.exec(id) ?? []
  return second === undefined || count === undefined
    ? null
    : { system, second: Number(second), count: Number(count) }
}

/** Plumbing of a transfer, a park or a pickup: never anybody's phone. */
export function isTemporary(name: string): boolean {
  return /<(?:MASQ|ZOMBIE)>$|^(?:AsyncGoto|Parked|Transfered|Bridge|Surrogate)\//.test(name)
}
