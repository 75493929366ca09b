import type { Channel } from '../pbx/channels.ts'
import type { Party } from '../pbx/events.ts'
import type { Uniqueid } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Mine } from './mine.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { legsOf } from '../pbx/calls.ts'
import { halfOf } from '../pbx/channels.ts'
import { isSomebody, userPart } from './mine.ts'

/**
 * Who is calling a leg of mine: what its phone shows (1.8 and later), else whoever dials it, else who started the call.
 * The leg's own caller ID is the dialled number in every release that has Dial events, so it comes last and only without one.
 */
export function callerOf(pbx: PbxState, mine: Mine, leg: Channel, root: Uniqueid): Party | null {
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
    dial ? null : leg.caller,
  ]
  return candidates.find(party => isSomebody(mine, party)) ?? null
}

/** Whom a leg of mine talks to: what its phone shows, else the other end of its bridge. */
export function partnerOf(pbx: PbxState, mine: Mine, leg: Channel): Party | null {
  const others = partnersOf(pbx, leg).flatMap(id => pbx.channels.get(id) ?? [])
  const partner = others.length === 1
    ? others[0]
    : undefined
  if (isSomebody(mine, leg.connected))
    return leg.connected
  return partner && halfOf(partner.name) === null && isSomebody(mine, partner.caller)
    ? partner.caller
    : null
}

/** Who took a call away from my ringing phones: the phone that talks to its caller, or whose dial was answered. */
export function takerOf(pbx: PbxState, mine: Mine, root: Uniqueid): Channel | null {
  const start = pbx.channels.get(root)
  const partners = start
    ? partnersOf(pbx, start)
    : []
  const strangers = legsOf(pbx, root).filter(leg => leg.id !== root && halfOf(leg.name) === null && !mine.devices.has(leg.device))
  return strangers.find(leg => partners.includes(leg.id))
    ?? strangers.find(leg => leg.state === 'up' && pbx.dials.get(leg.id)?.status === 'answer')
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
