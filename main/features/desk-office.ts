import type { Channel } from '../pbx/channels.ts'
import type { PbxEvent } from '../pbx/events.ts'
import type { DeskState, Return } from './desk.ts'
import type { Sight } from './follow.ts'
import type { Effect } from './types.ts'
import { seen } from './follow.ts'
import { suspectLine } from './line-news.ts'
import { followLevels, myMembers, myQueues } from './my-queues.ts'
import { followPeople, isFree } from './people.ts'
import { suspectQueues } from './queue-news.ts'
import { keep, patch } from './same.ts'
import { todoOfEvent } from './todo.ts'

/** A parked call that comes back rings within this time. */
export const RETURN_MS = 30_000
const MOST_RETURNS = 20

/** What happens to others and in queues, at the cost of those that the event touches. */
export function followOffice(sight: Sight, state: DeskState, event: PbxEvent, effects: Effect[]): DeskState {
  const { config, mine } = state
  const people = followPeople(sight, state.people, event)
  let { watched, queueLevels, config: nextConfig, todos } = state
  if (people !== state.people && watched.length > 0) {
    const free = watched.filter(id => isFree(people.get(id)) && !isFree(state.people.get(id)))
    for (const id of free)
      effects.push({ type: 'announce', what: 'person-free', id })
    watched = keep(watched, id => !free.includes(id))
  }
  const { before, pbx } = sight
  if (pbx.queues !== before.queues || pbx.queueMembers !== before.queueMembers || event.type === 'queue.callerAbandoned') {
    const own = myMembers(pbx, config, mine)
    const queues = new Set(own.map(member => member.queue))
    queueLevels = followLevels(pbx, queueLevels, config.office.queueLevels, queues, sight.at, effects)
    if (!(event.type === 'queue.callerAbandoned' && isTakenOut(state, seen(sight, event.caller))))
      todos = todoOfEvent(sight, todos, event, queues)
    const remembered = myQueues(config.office.arrangement.queues, own)
    if (remembered !== config.office.arrangement.queues) {
      effects.push({ type: 'remember', queues: remembered })
      nextConfig = { ...config, office: { ...config.office, arrangement: { ...config.office.arrangement, queues: remembered } } }
    }
  }
  const lineNews = suspectLine({ ...sight, config }, state.lineNews, event, effects)
  return patch(state, { people, watched, queueLevels, todos, config: nextConfig, returns: followReturns(sight, state.returns, event), lineNews, queueNews: suspectQueues(sight.before, event, state.queueNews, effects) })
}

/** Whom I sent on or picked up has left the queue, which calls it giving up. */
function isTakenOut({ acts, calls }: DeskState, caller: Channel | undefined): boolean {
  return caller !== undefined && (calls.some(call => call.sent !== null && call.root === caller.id)
    || (!caller.hangupAsked && acts.some(act => act.state !== 'failed' && act.proof.by === 'picked-up' && act.proof.root === caller.id)))
}

function followReturns(sight: Sight, returns: readonly Return[], event: PbxEvent): readonly Return[] {
  if (event.type !== 'parking.timedOut')
    return returns
  const channel = seen(sight, event.parked.parkee)
  return channel
    ? [...returns.filter(one => sight.at - one.at < RETURN_MS), { channel: channel.id, lot: event.parked.lot, space: event.parked.space, at: sight.at }].slice(-MOST_RETURNS)
    : returns
}
