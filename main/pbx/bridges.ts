import type { Channel } from './channels.ts'
import type { BridgeSnapshot } from './events.ts'
import type { BridgeId, Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { mergeCalls } from './calls.ts'
import { patchChannel } from './channels.ts'
import { withTables } from './state.ts'
import { Table } from './table.ts'

/** Channels that hear each other; up to 11 made from pairs that were linked. */
export interface Bridge {
  readonly id: BridgeId
  readonly type: string | null
  readonly technology: string | null
  readonly creator: string | null
  readonly members: Table<Uniqueid, true>
}

export function enterBridge(state: PbxState, said: BridgeSnapshot, id: Uniqueid): PbxState {
  const channel = state.channels.get(id)
  if (!channel)
    return state
  const left = channel.bridge === said.id
    ? state
    : leaveBridge(state, channel)
  const known = left.bridges.get(said.id)
  const bridge: Bridge = {
    id: said.id,
    type: said.type ?? known?.type ?? null,
    technology: said.technology ?? known?.technology ?? null,
    creator: said.creator ?? known?.creator ?? null,
    members: (known?.members ?? Table.empty<Uniqueid, true>()).set(id, true),
  }
  const same = known && known.members === bridge.members && known.type === bridge.type && known.technology === bridge.technology && known.creator === bridge.creator
  const entered = patchChannel(same
    ? left
    : withTables(left, {
        bridges: left.bridges.set(bridge.id, bridge),
      }), id, { bridge: said.id })
  const partner = isTalk(bridge) && known
    ? known.members.findKey(member => member !== id)
    : undefined
  return partner
    ? mergeCalls(entered, id, partner)
    : entered
}

/** Empty bridges are forgotten: whoever enters one again says all about it. */
export function leaveBridge(state: PbxState, channel: Channel): PbxState {
  const bridge = channel.bridge === null
    ? undefined
    : state.bridges.get(channel.bridge)
  if (!bridge)
    return patchChannel(state, channel.id, { bridge: null })
  const members = bridge.members.delete(channel.id)
  return patchChannel(
    withTables(state, {
      bridges: members.size > 0
        ? state.bridges.set(bridge.id, { ...bridge, members })
        : state.bridges.delete(bridge.id),
    }),
    channel.id,
    { bridge: null },
  )
}

/** Both are answered: after a masquerade no other event says so. */
export function linkPair(state: PbxState, one: Channel, two: Channel, at: number): PbxState {
  const id = [one.id, two.id].sort().join('+') as BridgeId // a name of ours: these servers name no bridges
  const linked = enterBridge(enterBridge(state, { id }, one.id), { id }, two.id)
  return answer(answer(linked, one, at), two, at)
}

/** A name of `linkPair`; such bridges come and go while two talk. */
export function isPair(id: BridgeId): boolean {
  return id.includes('+')
}

function answer(state: PbxState, { id }: Channel, at: number): PbxState {
  const channel = state.channels.get(id)
  return channel && channel.state !== 'up'
    ? patchChannel(state, id, { state: 'up', answeredAt: at })
    : state
}

export function unlinkPair(state: PbxState, one: Channel, two: Channel): PbxState {
  if (one.bridge === null || one.bridge !== two.bridge)
    return state
  return leaveBridge(leaveBridge(state, one), two)
}

export function destroyBridge(state: PbxState, id: BridgeId): PbxState {
  let next = state
  for (const member of state.bridges.get(id)?.members.keys() ?? []) {
    const channel = next.channels.get(member)
    if (channel)
      next = leaveBridge(next, channel)
  }
  return next
}

/** In a parking lot or a holding bridge nobody talks to anybody. */
function isTalk({ type, technology }: Bridge): boolean {
  return type !== 'parking' && technology !== 'holding_bridge'
}

/** Where the pool (12 and later) keeps its agents while they wait for calls. */
export const AGENT_HOLD = { type: 'agent_hold', technology: 'holding_bridge' } as const

/** Whether a channel is an agent's who waits for the next call. */
export function waitsForCalls(state: PbxState, { bridge }: Channel): boolean {
  return bridge !== null && state.bridges.get(bridge)?.type === AGENT_HOLD.type
}

/** Whom a channel talks to. */
export function partnersOf(state: PbxState, { id, bridge }: Channel): readonly Uniqueid[] {
  const talk = bridge === null
    ? undefined
    : state.bridges.get(bridge)
  return talk && isTalk(talk)
    ? talk.members.keys().filter(member => member !== id)
    : []
}
