import type { ActView, AgentView, LineState, LotView, ParkedView, QueueCallerView, QueueMemberView, QueueView, TodoView } from '#contract/tables.ts'
import type { Act } from '../features/acts/act.ts'
import type { DeskState } from '../features/desk.ts'
import type { Todo } from '../features/todo.ts'
import type { DeviceState } from '../pbx/events.ts'
import type { Queue, QueueMember } from '../pbx/queues.ts'
import type { PbxState } from '../pbx/state.ts'
import { planAgent } from '../features/acts/plan-agent.ts'
import { isParkedByMe } from '../features/acts/plan-people.ts'
import { isRefusal } from '../features/acts/planned.ts'
import { displayName, displayNameOrNull } from '../features/display-name.ts'
import { myAgent } from '../features/my-agent.ts'
import { NOBODY } from '../features/my-call.ts'
import { isDynamic, isMyMember, longestSince } from '../features/my-queues.ts'
import { groupNumber } from '../features/numbers.ts'
import { comparable } from '../pbx/channels.ts'
import { deviceOfChannel } from '../pbx/device-name.ts'
import { callsIn, spacesOf } from '../pbx/parking.ts'
import { partyView } from './party.ts'

const STATES: Readonly<Record<DeviceState, LineState>> = {
  unknown: 'unknown',
  not_inuse: 'idle',
  inuse: 'inuse',
  busy: 'busy',
  invalid: 'notfound',
  unavailable: 'unavailable',
  ringing: 'ringing',
  ringinuse: 'ringinuse',
  onhold: 'onhold',
}

export function parkedViews(desk: DeskState): readonly ParkedView[] {
  const { pbx } = desk
  return pbx.parked.entries().map(([id, parked]) => ({
    id,
    lot: displayName(parked.lot),
    space: displayName(parked.space),
    caller: partyView(pbx.channels.get(parked.parkee)?.caller ?? NOBODY),
    parkedBy: parked.parker === null ? null : nameOfDevice(desk, parked.parker),
    parkedAt: parked.parkedAt,
    returnsAt: parked.returnsAt,
    mine: isParkedByMe(desk, parked.parker),
  }))
}

/** Who has this device, by name where that is known; else what the server calls it. */
function nameOfDevice({ pbx, people }: DeskState, name: string): string {
  const device = pbx.extensionsOf.has(comparable(name)) ? comparable(name) : comparable(deviceOfChannel(name))
  const [key] = pbx.extensionsOf.get(device) ?? []
  const person = key === undefined ? undefined : people.get(key)
  return displayName(person?.name ?? person?.exten ?? deviceOfChannel(name).replace(/^[^/]+\//, ''))
}

export function lotViews({ pbx }: DeskState): readonly LotView[] {
  return pbx.lots.values().map(lot => ({
    id: lot.lot,
    spaces: spacesOf(lot),
    taken: callsIn(pbx, lot.lot),
    timeoutSeconds: lot.timeoutSeconds,
  }))
}

/** Queues with their members and callers, made anew only when something in a queue has changed. */
export function queueViews(desk: DeskState): { readonly queues: readonly QueueView[], readonly members: readonly QueueMemberView[], readonly callers: readonly QueueCallerView[] } {
  const { pbx, config, mine } = desk
  const members = pbx.queueMembers.values()
  const views = members.map(member => memberView(member, isMyMember(config, mine, member)))
  const byQueue = Map.groupBy(views, ({ queue }) => queue)
  return {
    members: views,
    queues: pbx.queues.values().map(queue => queueView(desk, queue, byQueue.get(queue.queue) ?? [])),
    callers: pbx.queues.values().flatMap(queue => callerViews(pbx, queue)),
  }
}

function queueView({ pbx, queueLevels, config }: DeskState, queue: Queue, members: readonly QueueMemberView[]): QueueView {
  // Where several phones of mine are members the first of them speaks for all, in whatever order the server tells them.
  const phones = [...config.devices.map(comparable), ...members.map(member => comparable(member.interface)).sort()]
  const placeOf = (member: QueueMemberView): number => phones.indexOf(comparable(member.interface))
  const [own] = members.filter(member => member.isMe).sort((a, b) => placeOf(a) - placeOf(b))
  const count = (test: (member: QueueMemberView) => boolean): number => members.filter(test).length
  const isAway = ({ state }: QueueMemberView): boolean => state === 'unavailable' || state === 'notfound'
  return {
    id: queue.queue,
    waiting: queue.callers.length,
    longestSince: longestSince(pbx, queue),
    members: {
      total: members.length,
      free: count(member => !member.paused && (member.state === 'idle' || member.state === 'unknown')),
      busy: count(member => !member.paused && !isAway(member) && member.state !== 'idle' && member.state !== 'unknown'),
      paused: count(member => member.paused),
      away: count(member => !member.paused && isAway(member)),
    },
    holdSeconds: queue.holdSeconds,
    completed: queue.completed,
    abandoned: queue.abandoned,
    // 0 seconds: nobody has set one, and all would have been served in time.
    serviceLevelSeconds: queue.serviceLevelSeconds || null,
    servicePercent: queue.serviceLevelSeconds ? queue.servicePercent : null,
    level: queueLevels[queue.queue] ?? 'calm',
    mine: own === undefined
      ? null
      : { interface: own.interface, paused: own.paused, reason: own.reason, since: own.pausedSince, dynamic: own.dynamic },
  }
}

function callerViews({ channels, queueCallers }: PbxState, queue: Queue): readonly QueueCallerView[] {
  return queue.callers.map((id, index) => ({
    id,
    queue: queue.queue,
    position: index + 1,
    caller: partyView(channels.get(id)?.caller ?? NOBODY),
    since: queueCallers.get(id)?.joinedAt ?? 0,
  }))
}

function memberView(member: QueueMember, isMe: boolean): QueueMemberView {
  return {
    id: `${member.queue} ${member.interface}`,
    queue: member.queue,
    interface: member.interface,
    name: displayName(member.name ?? member.interface),
    state: STATES[member.state ?? 'unknown'],
    paused: member.paused ?? false,
    reason: displayNameOrNull(member.pausedReason),
    pausedSince: member.pausedSince,
    callsTaken: member.callsTaken ?? 0,
    lastCallAt: member.lastCall ? member.lastCall * 1000 : null,
    isMe,
    dynamic: isDynamic(member),
  }
}

/** My agent, and what speaks against logging it in or out, whichever is next. */
export function agentView(desk: DeskState): AgentView | null {
  const agent = myAgent(desk)
  if (agent === null)
    return null
  const planned = planAgent(desk, { kind: agent.state === 'out' ? 'agentLogin' : 'agentLogout' })
  return {
    id: displayName(agent.agent),
    name: displayNameOrNull(agent.name),
    state: agent.state,
    since: agent.since,
    refused: isRefusal(planned) ? planned.refused : null,
  }
}

export function todoView({ id, kind, queue, caller, at, attempts, done }: Todo): TodoView {
  return { id, kind, queue: displayNameOrNull(queue), caller: partyView(caller), at, attempts, done }
}

export function actView({ id, kind, subject, state, error, at }: Act): ActView {
  return { id, kind, subject: groupNumber(subject), state, error, at }
}
