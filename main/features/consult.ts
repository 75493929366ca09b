import type { Channel } from '../pbx/channels.ts'
import type { Party } from '../pbx/events.ts'
import type { Uniqueid } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Mine } from './mine.ts'
import type { MyCall } from './my-call.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { halfOf, otherHalf } from '../pbx/channels.ts'
import { dialledBy } from '../pbx/dials.ts'
import { farEnd, partnerOf } from './caller.ts'
import { liveLegs } from './my-call.ts'

/** An attended transfer that has begun and not ended. */
export interface Consult {
  /** Who waits. */
  readonly held: Uniqueid
  readonly heldParty: Party
  /** The channel that I talk to, or that is being rung, instead. */
  readonly with: Uniqueid
  readonly talkingTo: 'peer' | 'consult'
  readonly since: number
}

/** How far a second call has come; `machine`: no phone was lifted, the server itself answers. */
export type Reached = 'calling' | 'ringing' | 'machine' | 'up'

/** The one leg of mine that talks, if there is one. */
export function talkingLeg(pbx: PbxState, call: MyCall): Channel | null {
  const leg = liveLegs(call).find(one => one.state === 'up')
  return leg === undefined
    ? null
    : pbx.channels.get(leg.id) ?? null
}

/**
 * What a leg of mine that changed its partner says: while the one of before waits in a bridge of its own, I consult. It does not
 * matter who began, Ringside or the keys of the phone.
 */
export function followConsult(pbx: PbxState, call: MyCall, leg: Channel | undefined, at: number): Pick<MyCall, 'consult' | 'partner' | 'resumed'> {
  const next = withPartner(pbx, call, leg, at)
  if (call.consult && !next.consult && next.partner === call.consult.held && pbx.channels.has(next.partner))
    return { ...next, resumed: { party: call.consult.heldParty, until: leg?.connected ?? null, asked: numberAsked(pbx, call.consult) } }
  return { ...next, resumed: call.resumed && (leg?.connected === call.resumed.until || showsWhoWasAsked(call.resumed, leg)) ? call.resumed : null }
}

function numberAsked(pbx: PbxState, consult: Consult): string | null {
  const other = pbx.channels.get(consult.with)
  return other ? otherParty(consult, other, null)?.number ?? null : null
}

/** My phone is told of who was asked only after it has left them. */
export function showsWhoWasAsked({ asked }: NonNullable<MyCall['resumed']>, leg: Channel | undefined): boolean {
  return asked !== null && leg?.connected?.number === asked
}

function withPartner(pbx: PbxState, call: MyCall, leg: Channel | undefined, at: number): Pick<MyCall, 'consult' | 'partner'> {
  const { consult, partner: last } = call
  const partners = leg
    ? partnersOf(pbx, leg)
    : []
  const [partner] = partners
  const held = consult?.held ?? last
  const heldChannel = held === null
    ? undefined
    : pbx.channels.get(held)
  if (!leg)
    return { consult: null, partner: null }
  // Whoever waits and leaves hangs up. Nobody becomes the caller by that: the server gives up whom it rings, and who talks to me is a call of their own.
  if (consult && (heldChannel?.bridge ?? null) === null)
    return { consult: partner === undefined ? consult : withOther(consult, partner), partner: last }
  // Who has gone is remembered until somebody else comes: whoever is left alone then is at the end of a talk.
  if (!heldChannel)
    return { consult: null, partner: partner ?? last }
  if (partner === undefined)
    return { consult, partner: last }
  // All in one bridge: the three talk to each other, or the transfer is over.
  if (partners.includes(heldChannel.id)) {
    const other = consult && partners.length === 1
      ? pbx.channels.get(consult.with)
      : undefined
    return {
      consult: consult && other && other.bridge !== null
        ? withTalkingTo(consult, 'peer')
        : null,
      partner: heldChannel.id,
    }
  }
  if (heldChannel.bridge === null || partnersOf(pbx, heldChannel).length > 0 || isHollow(pbx, heldChannel))
    return { consult: null, partner }
  return {
    consult: consult
      ? withOther(consult, partner)
      : { held: heldChannel.id, heldParty: call.peer, with: partner, talkingTo: 'consult', since: at },
    partner: heldChannel.id,
  }
}

/** The half of a Local channel that is being taken out of the middle: there is nobody behind it any more. */
function isHollow(pbx: PbxState, channel: Channel): boolean {
  const other = otherHalf(pbx, channel)
  return halfOf(channel.name) !== null && (other?.bridge ?? null) === null
}

function withOther(consult: Consult, other: Uniqueid): Consult {
  return consult.with === other && consult.talkingTo === 'consult'
    ? consult
    : { ...consult, with: other, talkingTo: 'consult' }
}

function withTalkingTo(consult: Consult, talkingTo: Consult['talkingTo']): Consult {
  return consult.talkingTo === talkingTo
    ? consult
    : { ...consult, talkingTo }
}

/** Whom I consult and how far that is. */
export function consultOf(pbx: PbxState, mine: Mine, { consult }: MyCall, leg: Channel): { readonly to: Party | null, readonly state: Reached } | null {
  const other = consult && pbx.channels.get(consult.with)
  if (!consult || !other)
    return null
  return {
    to: otherParty(consult, other, consult.talkingTo === 'consult'
      ? partnerOf(pbx, mine, leg)
      : null),
    state: reached(pbx, other),
  }
}

/** Seen through the Local channel of a transfer: it is up when the dialplan answers, whoever does that. */
export function reached(pbx: PbxState, other: Channel): Reached {
  if (other.state !== 'up')
    return other.state === 'ringing' ? 'ringing' : 'calling'
  const beyond = halfOf(other.name) === 1 ? otherHalf(pbx, other) : undefined
  if (!beyond || beyond.bridge !== null)
    return 'up'
  const rung = dialledBy(pbx, beyond.id).flatMap(id => pbx.channels.get(id) ?? [])
  if (rung.some(({ state }) => state === 'up'))
    return 'up'
  if (rung.some(({ state }) => state === 'ringing'))
    return 'ringing'
  return rung.length > 0 || pbx.queueCallers.has(beyond.id) ? 'calling' : 'machine'
}

/** My phone shows who waits until the server has told it better; until then the number that is being dialled says who it will be. */
function otherParty({ heldParty }: Consult, other: Channel, shown: Party | null): Party | null {
  if (shown && shown.number !== heldParty.number)
    return shown
  return other.caller?.number || other.caller?.name
    ? other.caller
    : { number: other.exten, name: null }
}

/** The server keeps a leg whose phone is done: whom it talked to is with somebody else by now. So it is after a call was handed over, until somebody takes it. */
export function isLetGo(pbx: PbxState, { id, state, bridge }: Channel): boolean {
  const source = pbx.dials.get(id)?.source
  return state === 'up' && bridge === null && [...source ? [source] : [], ...pbx.dialled.get(id) ?? []].some((one) => {
    const other = pbx.channels.get(one)
    return other !== undefined && partnersOf(pbx, other).length > 0
  })
}

/** The channel of who is at the other end of a call of mine: of the one that waits, while I consult. */
export function farOf(pbx: PbxState, call: MyCall): Channel | null {
  const leg = talkingLeg(pbx, call)
  if (call.consult)
    return pbx.channels.get(call.consult.held) ?? null
  return leg && (farEnd(pbx, leg) ?? null)
}
