import type { Channel } from './channels.ts'
import type { BridgeSnapshot, ListedChannel, ParkingLotSnapshot, PbxSnapshot } from './events.ts'
import type { PbxState } from './state.ts'
import { replaceAgents } from './agents.ts'
import { AGENT_HOLD, enterBridge, isPair, leaveBridge, linkPair } from './bridges.ts'
import { legsOf } from './calls.ts'
import { removeChannel, upsertChannel } from './channel-life.ts'
import { findChannel, halfOf, patchChannel } from './channels.ts'
import { changeDevice } from './devices.ts'
import { changeDial } from './dials.ts'
import { changeExtension, extensionKey } from './extensions.ts'
import { changeMailbox } from './mailboxes.ts'
import { park } from './parking.ts'
import { changePresence } from './presence.ts'
import { replaceMembers, replaceQueues } from './queue-lists.ts'
import { withTables } from './state.ts'
import { Table } from './table.ts'

/** A channel younger than this may have been made after the list was read. */
const YOUNG_MS = 5000

/** The lists of a (re)connect replace what was known in one step; calls that live on keep their ids. */
export function replacePbx(state: PbxState, snapshot: PbxSnapshot, at: number): PbxState {
  let next = replaceChannels(state, snapshot, at)
  if (snapshot.extensions) {
    const known = next.extensions
    next = withTables(next, {
      extensions: Table.empty(),
      extensionsOf: Table.empty(),
    })
    for (const extension of snapshot.extensions) {
      const before = known.get(extensionKey(extension.exten, extension.context))
      // What was so before the link broke has been so since then, as far as anybody can tell.
      next = changeExtension(next, extension, before?.bits === extension.bits
        ? before.since
        : null)
    }
  }
  if (snapshot.devices) {
    next = withTables(next, {
      devices: Table.empty(),
    })
    for (const { device, state: deviceState } of snapshot.devices)
      next = changeDevice(next, device, deviceState)
  }
  if (snapshot.mailboxes) {
    next = withTables(next, {
      mailboxes: Table.empty(),
    })
    for (const { mailbox, ...counts } of snapshot.mailboxes)
      next = changeMailbox(next, mailbox, counts)
  }
  if (snapshot.queues)
    next = replaceQueues(next, snapshot.queues, snapshot.queueCallers ?? [], at)
  if (snapshot.queueMembers)
    next = replaceMembers(next, snapshot.queueMembers)
  if (snapshot.parked) {
    for (const parked of next.parked.values())
      next = patchChannel(next, parked.parkee, { parkedAs: null })
    next = withTables(next, {
      parked: Table.empty(),
    })
    for (const parked of snapshot.parked)
      next = park(next, parked, at)
  }
  if (snapshot.lots) {
    next = withTables(next, {
      lots: snapshot.lots.reduce((table, lot) => table.set(lot.lot, lot), Table.empty<string, ParkingLotSnapshot>()),
    })
  }
  if (snapshot.agents)
    next = replaceAgents(next, snapshot.agents)
  if (snapshot.presences) {
    next = snapshot.presences.reduce(changePresence, withTables(next, {
      presences: Table.empty(),
    }))
  }
  if (snapshot.names) {
    next = withTables(next, {
      owners: snapshot.names.reduce((table, { mailbox, name }) => table.set(mailbox.split('@')[0] ?? mailbox, name), Table.empty<string, string>()),
    })
  }
  if (snapshot.database) {
    next = withTables(next, {
      database: Object.entries(snapshot.database).reduce((table, [key, value]) => table.set(key, value), Table.empty<string, string | null>()),
    })
  }
  return withTables(next, { lostAt: null })
}

function replaceChannels(state: PbxState, snapshot: PbxSnapshot, at: number): PbxState {
  const listed = snapshot.channels ?? null
  // Names swap owners in a masquerade: only the uniqueid says that a channel is the one of before.
  const alive = new Set(listed?.map(channel => channel.uniqueid ?? state.names.get(channel.name) ?? null))
  let next = state
  for (const channel of state.channels.values()) {
    if (!alive.has(channel.id) && !mayBeNewer(channel, state.lostAt, listed !== null, at))
      next = removeChannel(next, { uniqueid: channel.id, name: channel.name }, at)
  }
  for (const said of listed ?? []) {
    const known = findChannel(next, said)
    next = upsertChannel(next, said, at)
    const channel = findChannel(next, said)
    if (channel && !known)
      next = patchChannel(next, channel.id, agedBy(channel, said.ageSeconds))
  }
  const parked = new Set(snapshot.parked?.map(({ parkee }) => parkee.uniqueid))
  const idle = new Set(snapshot.agents?.flatMap(agent => agent.state === 'idle' ? agent.channel ?? [] : []))
  for (const said of listed ?? [])
    next = placeInBridge(next, said, parked.has(said.uniqueid) ? { type: 'parking' } : idle.has(said.name) ? AGENT_HOLD : {}, at)
  for (const said of listed ?? [])
    next = guessDialer(next, said)
  return next
}

function mayBeNewer(channel: Channel, lostAt: number | null, wasListed: boolean, at: number): boolean {
  if (lostAt !== null)
    return channel.createdAt >= lostAt && (!wasListed || at - channel.createdAt < YOUNG_MS)
  return !wasListed || at - channel.createdAt < YOUNG_MS
}

function agedBy(channel: Channel, seconds: number | null): Partial<Channel> {
  const since = channel.createdAt - (seconds ?? 0) * 1000
  return {
    createdAt: since,
    answeredAt: channel.answeredAt === null
      ? null
      : since,
  }
}

/** Lists name bridges and do not say what they are: that is known by what their channels do in them. */
function placeInBridge(state: PbxState, said: ListedChannel, kind: Pick<BridgeSnapshot, 'type' | 'technology'>, at: number): PbxState {
  const channel = findChannel(state, said)
  if (!channel)
    return state
  if (said.bridgeId !== null) {
    // Back where somebody waited for it: while nobody listened a transfer came to nothing, and the server took them off hold.
    const back = channel.heldIn === said.bridgeId && channel.bridge !== null && channel.bridge !== said.bridgeId
      ? patchChannel(state, channel.id, { held: false, heldIn: null })
      : state
    return enterBridge(back, {
      id: said.bridgeId,
      ...kind,
      ...(said.application === 'ConfBridge' && { creator: 'ConfBridge' }),
    }, channel.id)
  }
  const other = said.bridgedTo === null
    ? undefined
    : findChannel(state, { uniqueid: null, name: said.bridgedTo }) ?? state.channels.get(said.bridgedTo as Channel['id']) // either a name or a uniqueid
  if (other)
    return linkPair(state, channel, other, at)
  return channel.bridge !== null && !isPair(channel.bridge)
    ? leaveBridge(state, channel)
    : state
}

/** Lists do not say who dials whom: a called leg is taken to be dialled by the leg of its call that runs Dial or Queue. */
function guessDialer(state: PbxState, said: ListedChannel): PbxState {
  const channel = findChannel(state, said)
  if (!channel || state.dials.has(channel.id) || (channel.state !== 'ringing' && !/^App(?:Dial|Queue)/.test(channel.application ?? '')))
    return state
  const dialer = legsOf(state, channel.id)
    .filter(leg => leg.id !== channel.id && halfOf(leg.name) !== 1 && /^(?:Dial|Queue|FollowMe)$/i.test(leg.application ?? ''))
    .sort((a, b) => Number(halfOf(b.name) === 2) - Number(halfOf(a.name) === 2) || a.createdAt - b.createdAt)[0]
  if (!dialer || dialer.createdAt > channel.createdAt)
    return state
  return changeDial(state, channel.id, {
    source: dialer.id,
    caller: dialer.caller,
    progress: channel.state === 'ringing'
      ? 'ringing'
      : 'begun',
    status: channel.state === 'up'
      ? 'answer'
      : null,
  }, channel.createdAt)
}
