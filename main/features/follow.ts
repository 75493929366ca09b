import type { Channel } from '../pbx/channels.ts'
import type { Dial } from '../pbx/dials.ts'
import type { ChannelSnapshot, Party, PbxEvent } from '../pbx/events.ts'
import type { CallId, Uniqueid } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Mine } from './mine.ts'
import type { FarLeg, MyCall, MyLeg } from './my-call.ts'
import { partnersOf, waitsForCalls } from '../pbx/bridges.ts'
import { callIdOf } from '../pbx/calls.ts'
import { findChannel, isHeld } from '../pbx/channels.ts'
import { dialledBy, rootOf } from '../pbx/dials.ts'
import { callerOf, farEnd, nameOfTaker, partnerOf, takerOf } from './caller.ts'
import { consultOf, followConsult, isLetGo, showsWhoWasAsked, talkingLeg } from './consult.ts'
import { isMine, isRungByProgram, isSomebody, userPart } from './mine.ts'
import { liveLegs, NOBODY } from './my-call.ts'
import { mapSame, patch } from './same.ts'

/** A call that rang in vain rings again. */
const RESTART = {
  phase: 'pending',
  outcome: null,
  endedAt: null,
  taken: null,
  forwardedTo: null,
  sent: null,
  wish: null,
} as const

/** What a step of the desk looks at: the PBX before and after the event, and what is mine. */
export interface Sight {
  readonly before: PbxState
  readonly pbx: PbxState
  readonly mine: Mine
  readonly at: number
}

/** The channel an event names: as it is now, or as it was when this event ended it. */
export function seen({ before, pbx }: Sight, said: Pick<ChannelSnapshot, 'uniqueid' | 'name'>): Channel | undefined {
  return findChannel(pbx, said) ?? findChannel(before, said)
}

/** Whether these ids lead to the same call, now or before it ended. */
export function inCall({ before, pbx }: Sight, call: string, id: string): boolean {
  const now = callIdOf(pbx, call)
  if (now !== null && now === callIdOf(pbx, id))
    return true
  const then = callIdOf(before, call)
  return then !== null && then === callIdOf(before, id)
}

/** A click-to-dial that rings a leg of mine, and for whom. */
interface Own { readonly dial: string, readonly peer: Party, readonly fetchedFrom: string | null, readonly asksFor: string | null }

interface Adoption {
  /** The click-to-dial that rings the leg. */
  readonly own: Own | null
  /** The call on which my agent waits: whoever it has talked to belongs to other calls. */
  readonly waiting: MyCall | null
  /** The call comes back from parking: the talk that it was is over, though my phone may not have let go of it. */
  readonly isReturn: boolean
  readonly newId: (call: CallId) => string
}

/** Takes a leg of mine into the call that it belongs to; a call that rang in vain and rings again goes on, others start anew. */
export function adopt(sight: Sight, calls: readonly MyCall[], channel: Channel, { own, waiting, isReturn, newId }: Adoption): readonly MyCall[] {
  if (calls.some(call => call.legs.some(leg => leg.id === channel.id))) {
    return own === null
      ? calls
      : mapSame(calls, call => claim(call, channel, own))
  }
  const home = calls.findLast(call => call.id !== waiting?.id && inCall(sight, call.call, channel.id) && !isInSameRoom(sight.pbx, call.legs, [channel]) && !(call.answeredAt !== null && (isReturn || call.phase === 'over')) && (own === null || call.dial === own.dial))
  const leg = newLeg(sight.pbx, channel, own !== null)
  return home
    ? withLeg(calls, home, leg)
    : withCall(sight, calls, channel, leg, { newId, begun: own ?? {} })
}

/** One more leg rings for a call; it begins again where nobody's did any more. */
function withLeg(calls: readonly MyCall[], home: MyCall, leg: MyLeg): readonly MyCall[] {
  const again = liveLegs(home).length === 0
  return mapSame(calls, call => call === home
    ? {
        ...call,
        legs: [...call.legs, leg],
        ...(again && {
          ...RESTART,
          alert: call.alert === 'shown'
            ? call.alert
            : 'none' as const,
        }),
      }
    : call)
}

function withCall({ pbx, at }: Sight, calls: readonly MyCall[], channel: Channel, leg: MyLeg, { newId, begun }: Pick<Adoption, 'newId'> & { readonly begun: Partial<MyCall> }): readonly MyCall[] {
  const id = callIdOf(pbx, channel.id)
  if (id === null)
    return calls
  return [
    ...calls,
    {
      id: newId(id),
      call: channel.id,
      direction: null,
      phase: 'pending',
      legs: [leg],
      far: [],
      root: null,
      peer: NOBODY,
      dialled: null,
      queue: null,
      waitedSince: null,
      transferredBy: null,
      forwardedTo: null,
      sent: null,
      taken: null,
      startedAt: Math.min(channel.createdAt, at),
      answeredAt: null,
      endedAt: null,
      outcome: null,
      dial: null,
      asksFor: null,
      wish: null,
      messageLeft: false,
      heldBy: null,
      conference: false,
      partner: null,
      consult: null,
      resumed: null,
      rangOthers: false,
      muted: false,
      endsAt: null,
      recording: null,
      returned: null,
      lostInLot: false,
      agent: null,
      fetchedFrom: null,
      closed: false,
      alert: 'none',
      ...begun,
    },
  ]
}

/**
 * Somebody is given to my agent, who waits on `waiting`: by a channel that stands for it (`Agent/1001` up to 11, the Local channel
 * of a queue later), else at once in a bridge with `waiting`. A popup is for those only that come while somebody looks.
 */
export function adoptForAgent(sight: Sight, calls: readonly MyCall[], waiting: Channel, { channel, root, since, isOld, newId }: Pick<Adoption, 'newId'> & { readonly channel: Channel, readonly root: Uniqueid | null, readonly since: number | null, readonly isOld: boolean }): readonly MyCall[] {
  const leg: MyLeg = { ...newLeg(sight.pbx, channel, false), role: 'in', device: deviceNameOf(waiting), upAt: channel === waiting ? since ?? sight.at : null }
  const home = calls.findLast(call => call.agent !== null && call.answeredAt === null && inCall(sight, call.call, channel.id))
  if (home)
    return withLeg(calls, home, leg)
  const startedAt = since ?? (channel === waiting ? sight.at : Math.min(channel.createdAt, sight.at))
  return withCall(sight, calls, channel, leg, { newId, begun: { agent: waiting.id, direction: 'in', root, startedAt, ...isOld && { alert: 'gone' } } })
}

/** Who waited while I asked somebody has hung up: that call is over, and what goes on with whom I asked is one of its own. */
export function partWays(sight: Sight, calls: readonly MyCall[], newId: Adoption['newId']): readonly MyCall[] {
  const { pbx, mine, at } = sight
  return calls.reduce((all, call) => {
    const { consult } = call
    const channel = consult && !pbx.channels.has(consult.held) ? talkingLeg(pbx, call) : null
    const leg = call.legs.find(({ id }) => id === channel?.id)
    const other = consult && channel && partnersOf(pbx, channel).includes(consult.with) ? pbx.channels.get(consult.with) : undefined
    if (!consult || !channel || !leg || other?.state !== 'up')
      return all
    const answeredAt = Math.max(other.answeredAt ?? at, consult.since)
    const over = all.map(one => one.id === call.id ? { ...one, legs: one.legs.map(mine => mine === leg ? { ...mine, state: 'gone' as const } : mine), consult: null, heldBy: null, endedAt: at } : one)
    return withCall(sight, over, channel, { ...leg, role: 'out', upAt: answeredAt }, {
      newId,
      begun: {
        direction: 'out',
        phase: 'up',
        far: [{ id: other.id, rang: true, up: true, gone: false, cause: null, status: null }],
        peer: consultOf(pbx, mine, call, channel)?.to ?? NOBODY,
        agent: call.agent,
        startedAt: consult.since,
        answeredAt,
        partner: other.id,
      },
    })
  }, calls)
}

/** Phones of mine, or two lines of one, that have gone into a conference each by itself have a call each. */
function isInSameRoom({ bridges, channels }: PbxState, some: readonly Pick<Channel, 'id'>[], others: readonly Pick<Channel, 'id'>[]): boolean {
  return some.some(({ id }) => {
    const room = channels.get(id)?.bridge ?? null
    return room !== null && bridges.get(room)?.creator === 'ConfBridge' && others.some(other => channels.get(other.id)?.bridge === room)
  })
}

/** The leg of a call turns out to be rung by a click-to-dial of ours: no call comes in, one goes out. */
function claim(call: MyCall, channel: Channel, own: Own): MyCall {
  if (call.dial !== null || call.agent !== null || !call.legs.some(leg => leg.id === channel.id))
    return call
  return {
    ...call,
    dial: own.dial,
    direction: 'out',
    peer: own.peer,
    fetchedFrom: own.fetchedFrom,
    asksFor: own.asksFor,
    legs: call.legs.map(leg => leg.id === channel.id
      ? { ...leg, role: 'own' as const }
      : leg),
  }
}

/** Calls that turn out to be one while none of them is answered: the later ringing goes on in the earlier. */
export function unite(pbx: PbxState, calls: readonly MyCall[]): readonly MyCall[] {
  const later = calls.find((call, index) => index > 0 && isOpen(call) && call.dial === null && calls.slice(0, index).some(earlier => isSameCall(pbx, earlier, call)))
  const earlier = later && calls.find(call => call !== later && isSameCall(pbx, call, later))
  if (!later || !earlier)
    return calls
  const again = liveLegs(earlier).length === 0
  const united: MyCall = {
    ...earlier,
    ...(again && RESTART),
    alert: again && earlier.alert !== 'shown'
      ? later.alert
      : earlier.alert === 'none'
        ? later.alert
        : earlier.alert,
    call: later.call,
    legs: [
      ...earlier.legs,
      ...later.legs,
    ],
    root: earlier.root ?? later.root,
    queue: earlier.queue ?? later.queue,
  }
  return calls.flatMap(call => call === later
    ? []
    : call === earlier
      ? [united]
      : [call])
}

function isSameCall(pbx: PbxState, earlier: MyCall, later: MyCall): boolean {
  if (earlier.answeredAt !== null || earlier.direction === 'out' || earlier.dial !== null || earlier.legs.some(leg => leg.id === later.agent) || isInSameRoom(pbx, earlier.legs, later.legs))
    return false
  const call = callIdOf(pbx, earlier.call)
  return (call !== null && call === callIdOf(pbx, later.call)) || (earlier.root !== null && earlier.root === later.root)
}

function isOpen({ phase, answeredAt, direction }: MyCall): boolean {
  return (phase === 'pending' || phase === 'ringing') && answeredAt === null && direction !== 'out'
}

/** A masquerade (up to 11) gives the phone's name to another channel: the leg is from then on that one. */
export function followName(sight: Sight, calls: readonly MyCall[], { to, uniqueid }: { readonly to: string, readonly uniqueid: Uniqueid | null }): readonly MyCall[] {
  const heir = findChannel(sight.pbx, { uniqueid, name: to })
  if (!heir)
    return calls
  return mapSame(calls, (call) => {
    const index = call.legs.findIndex(leg => leg.name === to && leg.id !== heir.id && leg.state !== 'gone')
    if (index === -1)
      return call
    const legs = call.legs
      .filter(leg => leg.id !== heir.id || leg.state === 'gone')
      .map(leg => leg.name === to && leg.state !== 'gone'
        ? { ...leg, id: heir.id }
        : leg)
    const changed = { ...call, legs, call: heir.id }
    return isPickup(sight, heir)
      ? { ...changed, direction: 'in', root: rootOf(sight.pbx, heir.id), peer: NOBODY }
      : changed
  })
}

/** My phone takes the place of one that somebody rang and nobody had answered; only from 1.8 on an event says so, too. */
function isPickup({ before, pbx }: Sight, { id }: Channel): boolean {
  const dial = pbx.dials.get(id)
  return dial?.source !== undefined && dial.source !== null && dial.status === null && before.channels.get(id)?.state !== 'up'
}

/** Brings the facts of a call up to date with the PBX. Whoever talks to my agent is none of those of `waiting`, on which it waits. */
export function refresh(sight: Sight, call: MyCall, event: PbxEvent | null, waiting: MyCall | null): MyCall {
  const { pbx, mine, at } = sight
  const legs = mapSame(call.legs, leg => refreshLeg(sight, atAgent(sight, call, leg), call.id === waiting?.id && event?.type === 'transfer.attended' ? null : event, call))
  const live = legs.filter(leg => leg.state !== 'gone')
  const direction = directionOf(legs, call)
  const main = live.find(leg => leg.state === 'up') ?? live[0]
  const channel = main && pbx.channels.get(main.id)
  const found = channel && rootOf(pbx, channel.id)
  const root = found !== undefined && found !== channel?.id
    ? found
    : call.root
  const far = direction === 'out'
    ? farLegs(sight, call, live, event)
    : call.far
  const isUp = live.some(leg => leg.state === 'up')
  const fetched = event?.type === 'pbx.replaced' && channel && call.fetchedFrom === null ? fetchedBefore(pbx, channel) : null
  const facts = patch(call, {
    legs,
    direction,
    root,
    far,
    ...fetched,
    // Whoever has talked to my agent stays in one call of the server with it.
    closed: live.length === 0 && (call.agent !== null || callIdOf(pbx, call.call) === null) && (root === null || !pbx.channels.has(root)),
    ...(channel && {
      heldBy: heldBy(pbx, channel),
      conference: isConference(pbx, channel),
      ...call.id !== waiting?.id && followConsult(pbx, call, channel, at),
      rangOthers: call.rangOthers || (direction === 'in' && call.agent === null && ringsOthers(sight, call)),
    }),
    ...(!channel && call.consult && { consult: null }),
  })
  const told = channel
    ? patch(facts, {
        // Whom I ask, and who joins us, does not become the one whose call it is.
        ...(facts.consult === null && !facts.conference && !(facts.resumed && showsWhoWasAsked(facts.resumed, channel)) && peer(sight, facts, channel, isUp)),
        ...story(sight, facts),
      })
    : facts
  const taker = direction === 'in' && call.answeredAt === null && !isUp && live.length === 0 && root !== null
    ? takerOf(pbx, mine, root)
    : null
  const withTaker = taker
    ? taken(told, nameOfTaker(pbx, root, taker))
    : told
  return live.length === 0 && call.endedAt === null
    ? patch(withTaker, { endedAt: at })
    : withTaker
}

/** My phone talks to whom it took back from parking while nobody listened: the application that it runs says so. */
function fetchedBefore(pbx: PbxState, leg: Channel): Pick<MyCall, 'direction' | 'fetchedFrom' | 'peer'> | null {
  const [partner] = /^ParkedCall$/i.test(leg.application ?? '') ? partnersOf(pbx, leg) : []
  return partner === undefined || leg.exten === null
    ? null
    : { direction: isDialled(pbx, partner) ? 'out' : 'in', fetchedFrom: leg.exten, peer: pbx.channels.get(partner)?.caller ?? NOBODY }
}

/** Lists do not say who dialled a leg that goes on without them, but that somebody has. */
function isDialled({ channels, dials }: PbxState, id: Uniqueid): boolean {
  return dials.has(id) || /^App(?:Dial|Queue)$/i.test(channels.get(id)?.application ?? '')
}

/** Somebody else has it; a name that is known stays. */
export function taken(call: MyCall, by: string | null): MyCall {
  return call.taken && (by === null || call.taken.by !== null)
    ? call
    : {
        ...call,
        taken: { by },
      }
}

/** My other phone takes over a call: its leg is of that call from the beginning. */
export function adoptMoved(pbx: PbxState, call: MyCall, channel: Channel): MyCall {
  return call.legs.some(leg => leg.id === channel.id)
    ? call
    : { ...call, legs: [...call.legs, { ...newLeg(pbx, channel, false), role: call.direction === 'in' ? 'in' : 'out' }] }
}

function newLeg(pbx: PbxState, channel: Channel, own: boolean): MyLeg {
  return {
    id: channel.id,
    name: channel.name,
    device: deviceNameOf(channel),
    role: own ? 'own' : 'unsure',
    state: 'dialled',
    alerted: false,
    upAt: null,
    cause: null,
    hungUp: false,
    status: pbx.dials.get(channel.id)?.status ?? null,
    unseen: false,
  }
}

/** As the server writes it. */
function deviceNameOf({ name }: Channel): string {
  return name.includes('-')
    ? name.slice(0, name.lastIndexOf('-'))
    : name
}

/** Who was given to my agent talks to it: from then on its own leg is that of the call, for the channel between goes. */
function atAgent(sight: Sight, call: MyCall, leg: MyLeg): MyLeg {
  const { pbx } = sight
  const own = call.agent === null || leg.state === 'gone' || leg.id === call.agent ? undefined : pbx.channels.get(call.agent)
  return own && partnersOf(pbx, own).some(id => inCall(sight, call.call, id))
    ? { ...leg, id: own.id, name: own.name, upAt: leg.upAt ?? sight.at }
    : leg
}

function refreshLeg({ before, pbx, mine, at }: Sight, leg: MyLeg, event: PbxEvent | null, call: MyCall): MyLeg {
  const dial = pbx.dials.get(leg.id) ?? before.dials.get(leg.id)
  const channel = pbx.channels.get(leg.id)
  const status = dial?.status ?? lateStatus(event, leg.id) ?? leg.status
  if (leg.state === 'gone')
    return patch(leg, { status })
  const stolen = channel !== undefined && !mine.devices.has(channel.device) && !channel.name.startsWith(leg.name)
  // My agent is free for the next one.
  const released = channel !== undefined && leg.id === call.agent && waitsForCalls(pbx, channel)
  if (!channel || stolen || released || isHandedOver(pbx, channel, event)) {
    const ended = event?.type === 'channel.hungUp' && isSame(before, event.channel, leg.id)
      ? event.cause
      : null
    return patch(leg, {
      state: 'gone',
      cause: ended,
      hungUp: before.channels.get(leg.id)?.hangupAsked ?? false,
      status,
      unseen: event?.type === 'pbx.replaced',
    })
  }
  const role = leg.role !== 'unsure'
    ? leg.role
    : roleOf(mine, channel, dial, call)
  const rings = channel.state === 'ringing' || dial?.progress === 'ringing' || dial?.progress === 'progress'
  const isUp = channel.state === 'up'
  return patch(leg, {
    name: channel.name.startsWith(`${leg.name}<`)
      ? leg.name
      : channel.name,
    role,
    state: isUp
      ? 'up'
      : rings ? 'ringing' : leg.state,
    alerted: leg.alerted || (rings && !isUp),
    upAt: isUp
      ? leg.upAt ?? channel.answeredAt ?? at
      : null,
    status,
  })
}

/** My phone is out of it at once; the channel stays until somebody takes the call. */
function isHandedOver(pbx: PbxState, channel: Channel, event: PbxEvent | null): boolean {
  switch (event?.type) {
    case 'transfer.attended': return event.success && (event.transferee ?? event.target) !== null && channel.bridge === null && findChannel(pbx, event.transferer)?.id === channel.id
    case 'pbx.replaced': return isLetGo(pbx, channel)
    default: return false
  }
}

function roleOf(mine: Mine, channel: Channel, dial: Dial | undefined, call: MyCall): MyLeg['role'] {
  if (dial?.source || /^App(?:Dial|Queue)$/.test(channel.application ?? ''))
    return 'in'
  // Another program of mine dials for me: nobody rings this phone, and what it shows is myself.
  if (dial && channel.connected?.number && mine.numbers.has(channel.connected.number))
    return 'out'
  if (channel.state === 'ring' || channel.state === 'dialing' || isRungByProgram(channel.id))
    return 'out'
  if (channel.state === 'up') {
    return call.queue !== null
      ? 'in'
      : 'out'
  }
  return call.queue !== null
    ? 'in'
    : 'unsure'
}

function directionOf(legs: readonly MyLeg[], call: MyCall): MyCall['direction'] {
  if (call.direction !== null && (call.fetchedFrom !== null || !legs.some(leg => leg.role === 'own')))
    return call.direction
  if (legs.some(leg => leg.role === 'own' || leg.role === 'out'))
    return 'out'
  return legs.some(leg => leg.role === 'in')
    ? 'in'
    : null
}

function farLegs({ before, pbx }: Sight, call: MyCall, live: readonly MyLeg[], event: PbxEvent | null): readonly FarLeg[] {
  const own = new Set(call.legs.map(leg => leg.id))
  const ids = live.filter(leg => leg.role !== 'in').flatMap(leg => dialledBy(pbx, leg.id)).filter(id => !own.has(id))
  const known = new Set(call.far.map(leg => leg.id))
  const fresh: readonly FarLeg[] = [
    ...new Set(ids),
  ].filter(id => !known.has(id)).map(id => ({
    id,
    rang: false,
    up: false,
    gone: false,
    cause: null,
    status: null,
  }))
  const all = fresh.length > 0
    ? [
        ...call.far,
        ...fresh,
      ]
    : call.far
  return mapSame(all, (leg) => {
    const channel = pbx.channels.get(leg.id)
    const dial = pbx.dials.get(leg.id) ?? before.dials.get(leg.id)
    return patch(leg, {
      rang: leg.rang || channel?.state === 'ringing' || dial?.progress === 'ringing' || dial?.progress === 'progress',
      up: leg.up || channel?.state === 'up',
      gone: channel === undefined,
      cause: event?.type === 'channel.hungUp' && isSame(before, event.channel, leg.id)
        ? event.cause
        : leg.cause,
      status: dial?.status ?? lateStatus(event, leg.id) ?? leg.status,
    })
  })
}

/** The end of a dial may trail the hang-up of the channel that was dialled. */
function lateStatus(event: PbxEvent | null, id: Uniqueid): MyLeg['status'] {
  return event?.type === 'dial.ended' && event.destination?.uniqueid === id
    ? event.status
    : null
}

function isSame(before: PbxState, said: ChannelSnapshot, id: Uniqueid): boolean {
  return (said.uniqueid ?? before.names.get(said.name)) === id
}

function peer({ pbx, mine }: Sight, call: MyCall, leg: Channel, isUp: boolean): Partial<MyCall> {
  if (call.direction === 'in') {
    const talks = isUp && leg.bridge !== null
      ? call.agent === null ? partnerOf(pbx, mine, leg) : farEnd(pbx, leg)?.caller ?? null
      : null
    // The phone of my agent shows for a while whom it talked to before.
    if (call.agent !== null && isUp && !isSomebody(mine, talks) && isSomebody(mine, call.peer))
      return {}
    // Who talks to me stays it between two bridges, whoever called at first.
    const found = talks ?? (isUp ? whereSent(pbx, mine, call, leg) : null) ?? (isUp && isSomebody(mine, call.peer)
      ? leg.linkedid === null ? null : leg.connected
      // What stands for my agent bears the number that was called.
      : callerOf(pbx, mine, call.agent === null ? leg : { ...leg, caller: null }, call.root ?? rootOf(pbx, leg.id), call.peer))
    return isSomebody(mine, found) && !isSameParty(found, call.peer) && !isSpace(call, found)
      ? {
          peer: { number: found.number, name: found.name ?? (found.number === call.peer.number
            ? call.peer.name
            : null) },
        }
      : {}
  }
  if (call.direction === 'out') {
    const shown = isSomebody(mine, leg.connected) && !isSpace(call, leg.connected)
      ? leg.connected
      : null
    const dialled = call.fetchedFrom === null
      ? leg.dialled ?? numberOfFar(pbx, call) ?? (isRungByProgram(leg.id) ? leg.connected?.number ?? null : null)
      : shown?.number ?? null
    const number = call.peer.number ?? dialled
    const moved = isUp && shown !== null && call.transferredBy !== null
    const next = (isUp ? whereSent(pbx, mine, call, leg) : null) ?? (moved
      ? shown
      : { number, name: call.peer.name ?? (shown?.number === number
          ? shown.name
          : null) })
    return isSameParty(next, call.peer)
      ? {}
      : { peer: next }
  }
  return {}
}

/** Whoever sent me on is not at the other end any more: until somebody is, it is the number that I was sent to. */
function whereSent(pbx: PbxState, mine: Mine, { peer: last, transferredBy, consult }: MyCall, leg: Channel): Party | null {
  const { exten } = leg
  if (transferredBy === null || (last.name ?? last.number) !== transferredBy || consult || !exten || exten === last.number || mine.numbers.has(exten) || partnersOf(pbx, leg).length > 0)
    return null
  return { number: exten, name: pbx.owners.get(exten) ?? null }
}

/** Up to 1.4 no event tells what a phone dialled; the leg that it rings bears the number as its caller ID, or is called after it. */
function numberOfFar(pbx: PbxState, call: MyCall): string | null {
  const channel = call.far.map(leg => pbx.channels.get(leg.id)).find(leg => leg !== undefined)
  if (!channel)
    return null
  return channel.caller?.number ?? userPart(channel.name.slice(0, channel.name.lastIndexOf('-')))
}

function story({ pbx, mine }: Sight, call: MyCall): Partial<MyCall> {
  if (call.root === null || call.direction !== 'in')
    return {}
  const root = pbx.channels.get(call.root)
  const waiting = pbx.queueCallers.get(call.root)
  const dialled = root?.dialled ?? null
  return {
    dialled: dialled === null || mine.numbers.has(dialled)
      ? call.dialled
      : call.dialled ?? dialled,
    queue: waiting?.queue ?? call.queue,
    waitedSince: waiting?.joinedAt ?? call.waitedSince,
  }
}

function heldBy(pbx: PbxState, leg: Channel): MyCall['heldBy'] {
  if (isHeld(pbx, leg))
    return 'me'
  const partners = partnersOf(pbx, leg).flatMap(id => pbx.channels.get(id) ?? [])
  return partners.some(partner => isHeld(pbx, partner))
    ? 'them'
    : null
}

function isConference(pbx: PbxState, leg: Channel): boolean {
  const bridge = leg.bridge === null
    ? undefined
    : pbx.bridges.get(leg.bridge)
  return bridge !== undefined && (bridge.members.size > 2 || bridge.creator === 'ConfBridge')
}

/** A phone that took a call back from parking may still show what was dialled for it. */
function isSpace({ fetchedFrom }: MyCall, { number }: Party): boolean {
  return fetchedFrom !== null && number === fetchedFrom
}

function isSameParty(a: MyCall['peer'], b: MyCall['peer']): boolean {
  return a.number === b.number && a.name === b.name
}

/** Phones that ring together with mine for this call and are not mine. */
function ringsOthers({ pbx, mine }: Sight, { root }: MyCall): boolean {
  return root !== null && dialledBy(pbx, root).some((id) => {
    const channel = pbx.channels.get(id)
    return channel !== undefined && !isMine(mine, channel)
  })
}
