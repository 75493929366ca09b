import type { Channel } from './channels.ts'
import type { ChannelSnapshot, ChannelState, Party } from './events.ts'
import type { CallId, Linkedid, Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { leaveBridge } from './bridges.ts'
import { callIdOf, forgetLeg, joinCall, mergeCalls } from './calls.ts'
import { comparable, findChannel, otherHalf, patchChannel } from './channels.ts'
import { joinDevice, leaveDevice, moveDevice } from './device-channels.ts'
import { deviceOfChannel } from './device-name.ts'
import { bypassLocal, forgetDials } from './dials.ts'
import { leaveQueue } from './queues.ts'
import { withTables } from './state.ts'
import { bury, isBuried } from './tombstones.ts'

/** How far a leg has come; it never goes back, so that events out of order end in the same state. */
const PROGRESS: Readonly<Record<ChannelState, number>> = {
  'unknown': 0,
  'down': 1,
  'reserved': 2,
  'offhook': 2,
  'dialing-offhook': 2,
  'dialing': 2,
  'prering': 2,
  'ring': 3,
  'ringing': 3,
  'busy': 3,
  'up': 4,
}

/** Takes over what an event says about a channel, and makes the channel if it is new and has not just hung up. */
export function upsertChannel(state: PbxState, said: ChannelSnapshot, at: number): PbxState {
  const known = findChannel(state, said)
  if (known)
    return updateChannel(state, known, said, at)
  if (said.uniqueid === null || isBuried(state.tombstones, said.uniqueid, at))
    return state
  return addChannel(state, said.uniqueid, said, at)
}

/** Takes over what an event says about a channel if that channel lives. */
export function refreshChannel(state: PbxState, said: ChannelSnapshot, at: number): PbxState {
  const known = findChannel(state, said)
  return known
    ? updateChannel(state, known, said, at)
    : state
}

/** A masquerade gives another channel the name of a phone, and with it the phone's caller ID and how far its leg has come; up to 1.2 no event tells those. */
export function renameChannel(state: PbxState, uniqueid: Uniqueid | null, from: string, to: string, at: number): PbxState {
  const known = findChannel(state, { uniqueid, name: from })
  const former = findChannel(state, { uniqueid: null, name: `${to}<MASQ>` })
  // 1.2 does not announce the channel that an asynchronous transfer makes.
  if (!known && former && uniqueid !== null && !isBuried(state.tombstones, uniqueid, at))
    return addChannel(state, uniqueid, { uniqueid, name: to, state: former.state, ...(former.caller && { caller: former.caller }) }, at)
  if (!known || known.name === to)
    return state
  const isUp = former?.state === 'up' && known.state !== 'up'
  const freed = state.names.get(from) === known.id
    ? state.names.delete(from)
    : state.names
  const device = comparable(deviceOfChannel(to))
  return withTables(moveDevice(state, known, device), {
    names: freed.set(to, known.id),
    channels: state.channels.set(known.id, {
      ...known,
      name: to,
      device,
      ...(former && { caller: former.caller }),
      ...(isUp && { state: 'up', answeredAt: at }),
    }),
  })
}

/** Forgets a leg and all that hung on it. */
export function removeChannel(state: PbxState, said: Pick<ChannelSnapshot, 'uniqueid' | 'name'>, at: number): PbxState {
  const known = findChannel(state, said)
  const id = known?.id ?? said.uniqueid
  if (id === null || id === undefined)
    return state
  const marked = withTables(state, {
    tombstones: bury(state.tombstones, id, at),
  })
  if (!known)
    return marked
  const alone = leaveQueue(leaveDevice(forgetLeg(forgetDials(leaveBridge(bypassLocal(marked, known), known), id), known), known), id)
  return withTables(alone, {
    channels: alone.channels.delete(id),
    names: alone.names.get(known.name) === id
      ? alone.names.delete(known.name)
      : alone.names,
    parked: known.parkedAs === null
      ? alone.parked
      : alone.parked.delete(known.parkedAs),
  })
}

function addChannel(state: PbxState, id: Uniqueid, said: ChannelSnapshot, at: number): PbxState {
  const channel: Channel = {
    id,
    name: said.name,
    device: comparable(deviceOfChannel(said.name)),
    state: said.state ?? 'unknown',
    caller: said.caller ?? null,
    connected: said.connected ?? null,
    context: said.context ?? null,
    exten: said.exten ?? null,
    dialled: dialledNumber(said.exten),
    account: said.account ?? null,
    linkedid: said.linkedid ?? null,
    application: said.application ?? null,
    bridge: null,
    held: false,
    heldIn: null,
    parkedAs: null,
    recording: null,
    hangupAsked: false,
    createdAt: at,
    answeredAt: said.state === 'up'
      ? at
      : null,
  }
  const added = withTables(state, {
    channels: state.channels.set(id, channel),
    names: said.name === ''
      ? state.names
      : state.names.set(said.name, id),
  })
  const joined = joinCall(joinDevice(added, channel), channel)
  const sibling = otherHalf(joined, channel)
  return sibling
    ? mergeCalls(joined, id, sibling.id)
    : joined
}

function updateChannel(state: PbxState, known: Channel, said: ChannelSnapshot, at: number): PbxState {
  const advances = said.state !== undefined && PROGRESS[said.state] > PROGRESS[known.state]
  const change: Partial<Channel> = {
    ...(advances && { state: said.state }),
    ...(advances && said.state === 'up' && { answeredAt: at }),
    ...(said.caller && !sameParty(said.caller, known.caller) && { caller: said.caller }),
    ...(said.connected && !sameParty(said.connected, known.connected) && { connected: said.connected }),
    ...(said.context !== undefined && { context: said.context }),
    ...(said.exten !== undefined && { exten: said.exten }),
    ...(known.dialled === null && {
      dialled: dialledNumber(said.exten),
    }),
    ...(said.account !== undefined && { account: said.account }),
    ...(said.application !== undefined && { application: said.application }),
    ...(said.linkedid !== undefined && { linkedid: said.linkedid }),
  }
  const changed = patchChannel(state, known.id, change)
  return said.linkedid !== undefined && callIdOf(changed, said.linkedid) !== callIdOf(changed, known.id)
    ? mergeWithLinkedid(changed, known.id, said.linkedid)
    : changed
}

/** `s` is where a channel starts that dialled nothing. */
function dialledNumber(exten: string | undefined): string | null {
  return exten === undefined || exten === '' || exten === 's'
    ? null
    : exten
}

function mergeWithLinkedid(state: PbxState, id: Uniqueid, linkedid: Linkedid): PbxState {
  const call = callIdOf(state, id)
  if (call === null)
    return state
  return callIdOf(state, linkedid) === null
    ? withTables(state, {
        aliases: state.aliases.set(linkedid, call),
        calls: addAlias(state, call, linkedid),
      })
    : mergeCalls(state, id, linkedid)
}

function addAlias(state: PbxState, id: CallId, alias: string): PbxState['calls'] {
  const call = state.calls.get(id)
  return call
    ? state.calls.set(id, {
        ...call,
        aliases: [...call.aliases, alias],
      })
    : state.calls
}

function sameParty(a: Party, b: Party | null): boolean {
  return b !== null && a.number === b.number && a.name === b.name
}
