import type { QueueView } from '#contract/tables.ts'
import type { QueueMemberSnapshot } from '../pbx/events.ts'
import type { Queue, QueueMember } from '../pbx/queues.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Mine } from './mine.ts'
import type { MyQueue, QueueLevels } from './office-config.ts'
import type { DeskConfig, Effect } from './types.ts'
import { agentOf } from '../pbx/agents.ts'
import { comparable } from '../pbx/channels.ts'
import { myAgentNumber } from './my-agent.ts'

export type Level = QueueView['level']

/** Whether it is I who sits in a queue: by my device, by my agent, by the extension that a Local channel leads to, or by the hint that shows the state. */
export function isMyMember(config: Pick<DeskConfig, 'extension' | 'office'>, mine: Mine, member: Pick<QueueMemberSnapshot, 'interface' | 'stateInterface'>): boolean {
  return [member.interface, member.stateInterface].some((name) => {
    if (name === null)
      return false
    if (mine.devices.has(comparable(name)))
      return true
    const [, exten] = /^(?:Local\/|hint:)([^@/]+)@/i.exec(name) ?? []
    return (exten !== undefined && exten === config.extension) || agentOf(name) === myAgentNumber(config)
  })
}

export function myMembers(pbx: PbxState, config: DeskConfig, mine: Mine): readonly QueueMember[] {
  return pbx.queueMembers.values().filter(member => isMyMember(config, mine, member))
}

/** Queues to log in to: where I was before, and as what. */
export function myQueues(known: readonly MyQueue[], members: readonly QueueMember[]): readonly MyQueue[] {
  const dynamic = members.filter(isDynamic).filter(member => !known.some(one => one.queue === member.queue && one.interface === member.interface))
  if (dynamic.length === 0)
    return known
  return [
    ...known.filter(one => !dynamic.some(member => member.queue === one.queue)),
    ...dynamic.map(({ queue, interface: name, stateInterface, name: memberName, penalty }) => ({
      queue,
      interface: name,
      stateInterface: stateInterface === name ? null : stateInterface,
      name: memberName === name ? null : memberName,
      penalty: penalty ?? 0,
    })),
  ]
}

export function isDynamic({ membership }: Pick<QueueMemberSnapshot, 'membership'>): boolean {
  return membership === null || membership.toLowerCase() === 'dynamic'
}

/** Since when the caller waits who waits longest. */
export function longestSince(pbx: PbxState, queue: Queue): number | null {
  const since = queue.callers.flatMap(id => pbx.queueCallers.get(id)?.joinedAt ?? [])
  return since.length === 0 ? null : Math.min(...since)
}

function levelOf(pbx: PbxState, queue: Queue, levels: QueueLevels, at: number): { readonly level: Level, readonly nextAt: number | null } {
  const since = longestSince(pbx, queue)
  const waited = since === null ? 0 : (at - since) / 1000
  const waiting = queue.callers.length
  if (since === null)
    return { level: 'calm', nextAt: null }
  if (waiting >= levels.alarmWaiting || waited >= levels.alarmSeconds)
    return { level: 'alarm', nextAt: null }
  if (waiting >= levels.busyWaiting || waited >= levels.busySeconds)
    return { level: 'busy', nextAt: since + levels.alarmSeconds * 1000 }
  return { level: 'calm', nextAt: since + Math.min(levels.busySeconds, levels.alarmSeconds) * 1000 }
}

/** How busy each queue is now; a queue of mine that comes into alarm is told once. The answer is the same object while nothing changed. */
export function followLevels(pbx: PbxState, before: Readonly<Record<string, Level>>, levels: QueueLevels, mine: ReadonlySet<string>, at: number, effects: Effect[]): Readonly<Record<string, Level>> {
  const gone = Object.keys(before).filter(name => !pbx.queues.has(name))
  for (const name of gone)
    effects.push({ type: 'timer.stop', key: `queue-level:${name}` })
  let next = gone.length === 0 ? before : Object.fromEntries(Object.entries(before).filter(([name]) => !gone.includes(name)))
  for (const queue of pbx.queues.values()) {
    const { level, nextAt } = levelOf(pbx, queue, levels, at)
    if (nextAt !== null)
      effects.push({ type: 'timer.start', key: `queue-level:${queue.queue}`, delayMs: Math.max(1, nextAt - at) })
    const was = before[queue.queue] ?? 'calm'
    if (level === was)
      continue
    next = { ...next, [queue.queue]: level }
    if (level === 'alarm' && mine.has(queue.queue))
      effects.push({ type: 'announce', what: 'queue-alarm', id: queue.queue })
  }
  return next
}
