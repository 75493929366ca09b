import type { Channel } from '../pbx/channels.ts'
import type { Party } from '../pbx/events.ts'
import type { Uniqueid } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Mine } from './mine.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { legsOf } from '../pbx/calls.ts'
import { halfOf, otherHalf } from '../pbx/channels.ts'
import { rootOf } from '../pbx/dials.ts'
import { isSomebody, userPart } from './mine.ts'

/** A chain of Local channels longer than this is a loop. */
const DEEPEST = 16

/**
 * Who is calling a leg of mine: what its phone shows (1.8 and later), else whoever dials it, else who started the call.
 * The leg's own caller ID is the dialled number in every release that has Dial events, so it comes last and only without one.
 */
export function callerOf(pbx: PbxState, mine: Mine, leg: Channel, root: Uniqueid, known: Party): Party | null {
  const dial = pbx.dials.get(leg.id)
  const source = dial?.source
    ? pbx.channels.get(dial.source)
    : undefined
  const throughLocal = source !== undefined && halfOf(source.name) !== null
  const start = root === leg.id
    ? undefined
    : pbx.channels.get(root)
  const candidates = [
    leg.connected,
    throughLocal ? null : dial?.caller,
    start?.caller,
    dial?.caller,
    dial || (isSomebody(mine, known) && known.number !== leg.caller?.number) ? null : leg.caller,
  ]
  return candidates.find(party => isSomebody(mine, party)) ?? null
}

/** Whom a leg of mine talks to: what its phone shows, else the other end of its bridge. */
export function partnerOf(pbx: PbxState, mine: Mine, leg: Channel): Party | null {
  const partner = farEnd(pbx, leg)
  const told = partner?.caller ?? null
  // Before there are linkedids nothing tells that a phone shows somebody else after a transfer; what a caller's channel says of itself does.
  const candidates = leg.linkedid === null && partner && !pbx.dials.has(partner.id)
    ? [told, leg.connected]
    : [leg.connected, told]
  return candidates.find(party => isSomebody(mine, party)) ?? null
}

/** Who is alone with a leg in its bridge, seen through Local channels. */
export function farEnd(pbx: PbxState, leg: Channel, depth = 0): Channel | undefined {
  const [id, ...others] = partnersOf(pbx, leg)
  const partner = id === undefined || others.length > 0
    ? undefined
    : pbx.channels.get(id)
  if (!partner || halfOf(partner.name) === null)
    return partner
  const beyond = otherHalf(pbx, partner)
  return beyond && depth < DEEPEST
    ? farEnd(pbx, beyond, depth + 1)
    : undefined
}

/** Who took a call away from my ringing phones: the phone that talks to its caller, or whose dial was answered. */
export function takerOf(pbx: PbxState, mine: Mine, root: Uniqueid): Channel | null {
  const start = pbx.channels.get(root)
  // A consultation starts with the first half of a Local channel: whoever talks to that asks for it.
  const partners = start && halfOf(start.name) !== 1
    ? partnersOf(pbx, start)
    : []
  const strangers = legsOf(pbx, root).filter(leg => leg.id !== root && halfOf(leg.name) === null && !mine.devices.has(leg.device))
  return strangers.find(leg => partners.includes(leg.id))
    ?? strangers.find(leg => leg.state === 'up' && pbx.dials.get(leg.id)?.status === 'answer' && rootOf(pbx, leg.id) === root)
    ?? strangers.find(leg => leg.state === 'up' && leg.bridge !== null && partners.some(id => halfOf(pbx.channels.get(id)?.name ?? '') !== null))
    ?? null
}

/** A person's name for the channel of a colleague, else the extension that its device is called after. */
export function nameOfTaker(pbx: PbxState, root: Uniqueid | null, taker: Channel): string {
  const shown = root === null
    ? null
    : pbx.channels.get(root)?.connected
  const device = userPart(taker.name.slice(0, taker.name.lastIndexOf('-')))
  return (shown?.number === device
    ? shown.name
    : null) ?? (taker.caller?.number === device
    ? taker.caller.name
    : null) ?? device
}
