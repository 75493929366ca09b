import type { DeskState } from './desk.ts'
import type { Sight } from './follow.ts'
import type { MyCall } from './my-call.ts'
import type { Effect } from './types.ts'
import { passTime } from './acts/acts.ts'
import { dialSecond } from './desk-acts.ts'
import { announced } from './desk-dials.ts'
import { changeCall } from './desk-wishes.ts'
import { failed } from './dial.ts'
import { refresh } from './follow.ts'
import { readLine } from './line-news.ts'
import { showsMyself } from './mine.ts'
import { waitingCall } from './my-agent.ts'
import { liveLegs } from './my-call.ts'
import { followLevels, myMembers } from './my-queues.ts'
import { outcomeOfOutgoing, tellsHangups } from './outgoing.ts'
import { NOT_READ, readNow } from './reading.ts'
import { keep, mapSame, patch } from './same.ts'
import { standIncoming, waited } from './screen-pop.ts'

/** No event tells of the counters of a queue, and of a code that somebody dialled at the phone. */
export const READ_MS = 60_000

export function takeTimer(state: DeskState, key: string, at: number, effects: Effect[]): DeskState {
  const [kind, id] = splitKey(key)
  switch (kind) {
    case 'dialled':
    case 'unsure': {
      const sight: Sight = {
        before: state.pbx,
        pbx: state.pbx,
        mine: state.mine,
        at,
      }
      return patch(state, {
        calls: mapSame(state.calls, (call) => {
          const next = waited(call, key, leg => showsMyself(sight.pbx, state.mine, leg.id))
          return next === call
            ? call
            : refresh(sight, next, null, waitingCall(state))
        }),
      })
    }
    case 'decide':
      return changeCall(state, id, call => call.phase === 'deciding' || call.phase === 'over'
        ? decide(state, call, at, effects)
        : call)
    case 'application':
      return changeCall(state, id, (call) => {
        const up = liveLegs(call).find(leg => leg.upAt !== null)
        return up && call.far.length === 0
          ? patch(call, { answeredAt: call.answeredAt ?? up.upAt })
          : call
      })
    case 'linger':
      return changeCall(state, id, call => call.alert === 'shown' && (call.phase === 'up' || call.phase === 'over')
        ? patch(call, { alert: 'gone' })
        : call)
    case 'settle':
      return patch(state, {
        dials: mapSame(state.dials, dial => dial.id === id
          ? patch(dial, { settled: true })
          : dial),
      })
    case 'patience':
      return patch(state, {
        dials: mapSame(state.dials, dial => dial.id === id && (dial.state === 'asking' || dial.state === 'my-phone-rings')
          ? announced(failed(dial, 'outcome-unknown'), effects)
          : dial),
      })
    case 'act-settle':
    case 'act-again':
      return dialSecond(patch(state, { acts: passTime(state, kind, id, effects) }), state, id, at, effects)
    case 'act-proof':
    case 'act-gone':
      return patch(state, { acts: passTime(state, kind, id, effects) })
    case 'queue-level': {
      // How long they wait is known while they are seen; after a return the lists tell.
      if (!state.online)
        return state
      const mine = new Set(myMembers(state.pbx, state.config, state.mine).map(member => member.queue))
      return patch(state, { queueLevels: followLevels(state.pbx, state.queueLevels, state.config.office.queueLevels, mine, at, effects) })
    }
    case 'read':
      if (state.online) {
        effects.push({ type: 'pbx.read', what: 'line' }, { type: 'timer.start', key: 'read:', delayMs: READ_MS })
        if (state.pbx.queues.size > 0 || state.pbx.goneQueues.size > 0)
          effects.push({ type: 'pbx.read', what: 'queues' })
        if (state.pbx.agents.size > 0)
          effects.push({ type: 'pbx.read', what: 'agents' })
      }
      return state
    case 'line-news':
      return patch(state, { lineNews: state.online ? readLine(state, at, effects) : NOT_READ })
    case 'queue-news':
      return patch(state, { queueNews: state.online ? readNow('queues', at, effects) : NOT_READ })
    case 'undial':
      return patch(state, {
        dials: keep(state.dials, dial => dial.id !== id),
      })
    default:
      return state
  }
}

/** Kinds have no colon, ids may. */
function splitKey(key: string): readonly [string, string] {
  const colon = key.indexOf(':')
  return [
    key.slice(0, colon),
    key.slice(colon + 1),
  ]
}

function decide(state: DeskState, call: MyCall, at: number, effects: Effect[]): MyCall {
  return call.direction === 'out'
    ? patch(call, {
        phase: 'over',
        outcome: outcomeOfOutgoing(call, tellsHangups(state)),
      })
    : standIncoming(state.pbx, call, at, true, effects)
}
