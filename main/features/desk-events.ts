import type { PbxEvent } from '../pbx/events.ts'
import type { CallId } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Act } from './acts/act.ts'
import type { DeskState } from './desk.ts'
import type { Dial } from './dial.ts'
import type { Sight } from './follow.ts'
import type { MyCall } from './my-call.ts'
import type { Effect } from './types.ts'
import { findChannel } from '../pbx/channels.ts'
import { mentions } from '../pbx/mentions.ts'
import { reduce } from '../pbx/reduce.ts'
import { failAct, liftAct } from './acts/acts.ts'
import { adoptAgentCalls } from './agent-call.ts'
import { isLetGo } from './consult.ts'
import { followOffice, RETURN_MS } from './desk-office.ts'
import { dialKey, dialOfAct, dialOfLeg, partyOf } from './dial.ts'
import { gather } from './evidence.ts'
import { adopt, adoptMoved, followName, inCall, partWays, refresh, seen, unite } from './follow.ts'
import { isMine } from './mine.ts'
import { waitingCall } from './my-agent.ts'
import { keep, mapSame, patch } from './same.ts'
import { voicemail } from './voicemail.ts'

// An event may say something about calls of mine although the PBX is as it was: how a channel ended that is gone already.
export function takeEvent(state: DeskState, event: PbxEvent, effects: Effect[]): DeskState {
  const pbx = reduce(state.pbx, event)
  const sight: Sight = {
    before: state.pbx,
    pbx,
    mine: state.mine,
    at: event.at,
  }
  effects.push(...voicemail(state.pbx, event, state.config))
  let next = followOffice(sight, patch(state, { pbx }), event, effects)
  // The dialplan may be another one.
  if (event.type === 'server.reloaded')
    return patch(next, { featureless: keep(next.featureless, () => false) })
  if (event.type === 'queues.read')
    return patch(next, { acts: nameGoneQueues(next) })
  if (event.type === 'originate.finished') {
    return {
      ...next,
      acts: liftAct(next.acts, event.actionId, event.success, event.channel, effects),
      dials: mapSame(next.dials, dial => event.actionId === dialKey(dial.id) && !event.success
        ? patch(dial, { reason: event.reason, refused: true })
        : dial),
    }
  }
  if (event.type === 'channel.renamed') {
    next = patch(next, {
      calls: followName(sight, next.calls, { to: event.to, uniqueid: event.uniqueid }),
    })
  }
  next = adoptLegs(sight, next, event)
  next = patch(next, { calls: adoptAgentCalls(sight, next, event, id => freeId(next, next.calls, id)) })
  next = comeBack(gather(sight, next, event))
  next = patch(next, {
    calls: unite(pbx, next.calls),
  })
  const touched = event.type === 'pbx.replaced'
    ? null
    : mentions(event).flatMap(said => seen(sight, said)?.id ?? said.uniqueid ?? [])
  if (touched !== null && touched.length === 0)
    return next
  const waiting = waitingCall(next)
  const calls = mapSame(next.calls, call => touched === null || touched.some(id => concerns(sight, call, id))
    ? refresh(sight, call, event, waiting)
    : call)
  return patch(next, {
    calls: partWays(sight, calls, id => freeId(next, calls, id)),
  })
}

function adoptLegs(sight: Sight, state: DeskState, event: PbxEvent): DeskState {
  const named = event.type === 'pbx.replaced'
    ? sight.pbx.channels.values()
    : mentions(event).flatMap(said => findChannel(sight.pbx, said) ?? [])
  let { calls, dials } = state
  const waiting = waitingCall(state)
  for (const channel of named) {
    if (!isMine(state.mine, channel) || (event.type === 'pbx.replaced' && isLetGo(sight.pbx, channel)))
      continue
    const move = state.acts.find(act => act.id === channel.id && act.kind === 'move')
    if (move) {
      calls = mapSame(calls, call => call.id === move.call ? adoptMoved(sight.pbx, call, channel) : call)
      continue
    }
    const dial = dialOfLeg(sight.pbx, dials, channel)
    if (dial !== null && dial.leg !== channel.id) {
      dials = mapSame(dials, one => one === dial
        ? patch(one, { leg: channel.id })
        : one)
    }
    if (dial === null)
      [calls, dials] = release(sight.pbx, calls, dials, channel.id)
    calls = adopt(sight, calls, channel, {
      own: dial === null
        ? null
        : { dial: dial.id, peer: partyOf(dial), fetchedFrom: dial.fetched === null ? null : dial.number, asksFor: state.acts.find(act => act.kind === 'consult' && dialOfAct(act.id) === dial.id)?.call ?? null },
      waiting,
      isReturn: state.returns.some(one => sight.at - one.at < RETURN_MS && inCall(sight, one.channel, channel.id)),
      newId: id => freeId(state, calls, id),
    })
  }
  return patch(state, { calls, dials })
}

/** A leg that was taken for the answer to a click-to-dial turns out to be dialled by somebody: it is a call to me. */
function release(pbx: PbxState, calls: readonly MyCall[], dials: readonly Dial[], id: string): readonly [readonly MyCall[], readonly Dial[]] {
  const dial = dials.find(one => one.leg === id && one.id !== id)
  if (!dial || !pbx.dials.get(dial.leg ?? '' as never)?.source)
    return [calls, dials]
  return [
    calls.filter(call => call.dial !== dial.id),
    mapSame(dials, one => one === dial
      ? patch(one, { leg: null, state: 'asking' })
      : one),
  ]
}

function freeId({ recents }: DeskState, calls: readonly MyCall[], id: CallId): string {
  const isTaken = (name: string): boolean => calls.some(call => call.id === name) || recents.some(recent => recent.id === name)
  let name: string = id
  for (let count = 2; isTaken(name); count++)
    name = `${id}~${count}`
  return name
}

function concerns(sight: Sight, call: MyCall, id: string): boolean {
  return call.root === id || call.legs.some(leg => leg.id === id) || call.far.some(leg => leg.id === id) || inCall(sight, call.call, id)
}

/** Nobody took a call that was parked: it rings me again. */
function comeBack(state: DeskState): DeskState {
  const { returns } = state
  return returns.length === 0
    ? state
    : patch(state, {
        calls: mapSame(state.calls, (call) => {
          const back = call.answeredAt === null && call.direction !== 'out' && call.returned === null && returns.find(one => one.channel === call.root)
          return back ? { ...call, returned: { lot: back.lot, space: back.space } } : call
        }),
      })
}

/** A server calls everybody a stranger in a queue that it does not have. */
function nameGoneQueues({ acts, pbx }: DeskState): readonly Act[] {
  return mapSame(acts, (act) => {
    if (act.error?.code === 'queues-left-out' && act.skipped.every(queue => pbx.goneQueues.has(queue)))
      return failAct(act, { ...act.error, code: 'queues-gone' })
    return act.error?.code === 'not-a-member' && act.proof.by === 'members' && act.proof.members.some(({ queue }) => pbx.goneQueues.has(queue))
      ? failAct(act, { code: 'no-such-queue', message: act.error.message })
      : act
  })
}
