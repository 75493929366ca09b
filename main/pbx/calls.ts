import type { Channel } from './channels.ts'
import type { CallId, Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'
import { Table } from './table.ts'

/** The legs that belong together, as a person would count them. */
export interface Call {
  readonly id: CallId
  readonly legs: Table<Uniqueid, true>
  /** Linkedids, uniqueids and ids of merged calls that lead here. */
  readonly aliases: readonly string[]
  readonly startedAt: number
}

/** The live call that any of its ids leads to: a uniqueid of a leg, a linkedid, or its id before it was merged. */
export function callIdOf(state: PbxState, id: string): CallId | null {
  return state.aliases.get(id) ?? null
}

export function legsOf(state: PbxState, id: string): readonly Channel[] {
  const call = state.calls.get(state.aliases.get(id) ?? id as CallId) // an id that leads nowhere finds nothing
  return call
    ? call.legs.keys().flatMap(leg => state.channels.get(leg) ?? [])
    : []
}

/** Puts a new channel into the call of its linkedid, or into one of its own. */
export function joinCall(state: PbxState, channel: Channel): PbxState {
  const name = channel.linkedid ?? channel.id
  const known = state.calls.get(state.aliases.get(name) ?? state.aliases.get(channel.id) ?? name as unknown as CallId)
  const names = new Set<string>([name, channel.id])
  const call: Call = known
    ? {
        ...known,
        legs: known.legs.set(channel.id, true),
        aliases: [
          ...known.aliases,
          ...[...names].filter(alias => !state.aliases.has(alias)),
        ],
      }
    : {
        id: name as unknown as CallId,
        legs: Table.empty<Uniqueid, true>().set(channel.id, true),
        aliases: [...names],
        startedAt: channel.createdAt,
      }
  let aliases = state.aliases
  for (const alias of names)
    aliases = aliases.set(alias, call.id)
  return withTables(state, {
    calls: state.calls.set(call.id, call),
    aliases,
  })
}

/** The calls of two ids turn out to be one; the larger takes in the smaller, between equals the older the younger. */
export function mergeCalls(state: PbxState, one: string, two: string): PbxState {
  const a = state.calls.get(state.aliases.get(one) ?? one as CallId)
  const b = state.calls.get(state.aliases.get(two) ?? two as CallId)
  if (!a || !b || a.id === b.id)
    return state
  const aStays = a.legs.size === b.legs.size
    ? a.startedAt <= b.startedAt
    : a.legs.size > b.legs.size
  const [stays, goes] = aStays
    ? [a, b]
    : [b, a]
  let { legs } = stays
  for (const leg of goes.legs.keys())
    legs = legs.set(leg, true)
  let { aliases } = state
  for (const alias of goes.aliases)
    aliases = aliases.set(alias, stays.id)
  const merged: Call = {
    ...stays,
    legs,
    aliases: [
      ...stays.aliases,
      ...goes.aliases,
    ],
    startedAt: Math.min(a.startedAt, b.startedAt),
  }
  return withTables(state, {
    calls: state.calls.delete(goes.id).set(stays.id, merged),
    aliases,
  })
}

/** A call ends with its last leg. Agents who are left alone in it wait for the next, for weeks perhaps: each of them is a call of its own from then on. */
export function forgetLeg(state: PbxState, { id }: Pick<Channel, 'id'>): PbxState {
  const call = state.calls.get(state.aliases.get(id) ?? id as unknown as CallId)
  if (!call)
    return state
  const legs = call.legs.delete(id)
  const left = legs.keys().flatMap(leg => state.channels.get(leg) ?? [])
  if (!left.every(waitsForCalls)) {
    return withTables(state, {
      calls: state.calls.set(call.id, { ...call, legs }),
    })
  }
  let { aliases } = state
  for (const alias of call.aliases)
    aliases = aliases.delete(alias)
  return left.reduce(joinCall, withTables(state, {
    calls: state.calls.delete(call.id),
    aliases,
  }))
}

function waitsForCalls({ application }: Channel): boolean {
  return application === 'AgentLogin'
}
