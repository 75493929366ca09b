import type { ErrorCode, Failure } from '#contract/result.ts'
import type { Channel } from '../../pbx/channels.ts'
import type { Uniqueid } from '../../pbx/ids.ts'
import type { QueueMember } from '../../pbx/queues.ts'
import type { PbxState } from '../../pbx/state.ts'
import type { DeskState } from '../desk.ts'
import type { MyCall } from '../my-call.ts'
import type { Act } from './act.ts'
import { partnersOf, waitsForCalls } from '../../pbx/bridges.ts'
import { callIdOf, legsOf } from '../../pbx/calls.ts'
import { memberKey } from '../../pbx/queues.ts'
import { connectOf, whyNotConnected } from '../connect.ts'
import { reached, talkingLeg } from '../consult.ts'
import { dialOfAct, isOver as isDialOver } from '../dial.ts'
import { displayName } from '../display-name.ts'
import { dndOf, forwardOf } from '../line-services.ts'
import { isMine } from '../mine.ts'
import { isMyAgent } from '../my-agent.ts'
import { liveLegs } from '../my-call.ts'
import { secondCallOf } from './plan-call.ts'

/** `half`: it has begun, and how it ends is still open; `settle`: it is to be looked at again in a moment. */
export type Verdict = 'done' | 'half' | 'settle' | { readonly failed: ErrorCode, readonly details?: Failure['details'] } | null

/** What became of an act, as far as events tell; null: nothing yet. `before`: a moment ago; `isOver`: the wait for late events has passed. */
export function judge(desk: DeskState, before: DeskState, act: Act, isOver: boolean): Verdict {
  const { proof, answered } = act
  const { pbx } = desk
  switch (proof.by) {
    case 'answer':
      return null
    case 'gone':
      return proof.legs.every(leg => !pbx.channels.has(leg)) ? 'done' : null
    case 'handed':
      return handed(desk, before, act, proof, isOver)
    case 'consulted':
      return consulted(desk, before, act, proof.call, isOver)
    case 'consult-over': {
      const call = callOf(desk, proof.call)
      if (!call || !talkingLeg(pbx, call))
        return { failed: 'call-gone' }
      return call.consult === null || call.consult.talkingTo === 'peer' ? 'done' : null
    }
    case 'talking-to': {
      const call = callOf(desk, proof.call)
      if (!call?.consult)
        return { failed: 'no-consult' }
      return call.consult.talkingTo === proof.to ? 'done' : null
    }
    case 'conference': {
      const call = callOf(desk, proof.call)
      if (!call || liveLegs(call).length === 0)
        return { failed: 'call-gone' }
      return call.conference ? 'done' : null
    }
    case 'recording':
      if (proof.channels.every(id => !pbx.channels.has(id)))
        return { failed: 'call-gone' }
      // Releases that tell nothing of recordings look as if there were none.
      return (proof.want === null
        ? answered && proof.channels.every(id => (pbx.channels.get(id)?.recording ?? null) === null)
        : proof.channels.some(id => pbx.channels.get(id)?.recording === proof.want))
        ? 'done'
        : null
    case 'moved':
      if (pbx.channels.get(proof.heir)?.bridge && isFree(pbx, proof.leg))
        return 'done'
      return pbx.channels.has(proof.leg) || pbx.channels.has(proof.heir) ? null : { failed: 'call-gone' }
    case 'parked': {
      const channel = pbx.channels.get(proof.channel)
      if (!channel)
        return { failed: 'call-gone' }
      return channel.parkedAs === null ? null : 'done'
    }
    case 'retrieved': {
      const channel = pbx.channels.get(proof.channel)
      if (!channel)
        return { failed: 'parked-gone' }
      const partners = partnersOf(pbx, channel).flatMap(id => pbx.channels.get(id) ?? [])
      if (partners.some(partner => isMine(desk.mine, partner)))
        return 'done'
      return partners.length > 0 ? { failed: 'parked-gone' } : null
    }
    case 'picked-up':
      return pickedUp(desk, proof)
    case 'connected':
      return isConnected(desk, act, proof.display)
    case 'dnd':
      return dndOf(desk) === (proof.on ? 'on' : 'off') ? 'done' : null
    case 'forward': {
      const forward = forwardOf(desk)
      return forward && forward[proof.which] === proof.number ? 'done' : null
    }
    case 'agent':
      return agentIs(desk, act, proof)
    case 'members':
      return membersAre(desk, act, proof, isOver)
    default:
      return proof satisfies never
  }
}

/** My leg is out of it; that of my agent stays, for the next one. */
function isFree(pbx: PbxState, leg: Channel['id']): boolean {
  const own = pbx.channels.get(leg)
  return own === undefined || waitsForCalls(pbx, own)
}

function isInRoom(pbx: PbxState, { bridge }: Channel): boolean {
  return bridge !== null && pbx.bridges.get(bridge)?.creator === 'ConfBridge'
}

/** Theirs is where it was sent to: with somebody, or being rung for; or it is lost. */
function handed({ calls, pbx, limits }: DeskState, before: DeskState, { kind, half, answered }: Act, { leg, far: id }: Extract<Act['proof'], { readonly by: 'handed' }>, isOver: boolean): Verdict {
  const isSent = kind === 'blind' || kind === 'voicemail'
  const far = pbx.channels.get(id)
  if (!far) {
    // Who hangs up there was there; who hangs up before the server has answered never came so far.
    if (!isSent || before.pbx.channels.get(id)?.hangupAsked)
      return isSent && half && answered ? 'done' : { failed: 'call-gone' }
    // A call that the server has taken and sent nowhere dies before mine or a moment after it, and perhaps before the answer is heard.
    return answered ? { failed: 'call-lost' } : null
  }
  if (!isFree(pbx, leg) && !isGoneFrom(calls, leg))
    return null
  const isMet = partnersOf(pbx, far).length > 0 || isInRoom(pbx, far) || far.parkedAs !== null || pbx.queueCallers.has(far.id)
  const rung = pbx.dialled.get(far.id) ?? []
  if (isMet || rung.some(one => pbx.dials.get(one)?.progress !== 'begun' || pbx.channels.get(one)?.state === 'up'))
    return 'done'
  // Where the server does not tell who ended a call, nothing is learnt from waiting on.
  return isOver && (kind !== 'blind' || limits.lacks.has('tellHangups') || rung.length > 0) ? 'done' : 'half'
}

/** Queues that have gone do not keep the others from being told. */
function membersAre({ pbx }: DeskState, { skipped }: Act, { members, want }: Extract<Act['proof'], { readonly by: 'members' }>, isOver: boolean): Verdict {
  const isLeftOut = (queue: string): boolean => skipped.includes(queue) || (want !== 'out' && pbx.goneQueues.has(queue))
  const rest = members.filter(({ queue }) => !isLeftOut(queue))
  if (rest.length === 0)
    return { failed: 'no-such-queue' }
  const isDone = rest.every(({ queue, interface: name }) => isMemberAs(pbx.queueMembers.get(memberKey(queue, name)), want))
  if (rest.length === members.length || !(isDone || isOver))
    return isDone ? 'done' : null
  const missing = [...new Set(members.map(({ queue }) => queue).filter(isLeftOut))]
  return { failed: missing.every(queue => pbx.goneQueues.has(queue)) ? 'queues-gone' : 'queues-left-out', details: { queues: displayName(missing.join(', ')) } }
}

function isMemberAs(member: QueueMember | undefined, want: 'in' | 'out' | 'paused' | 'unpaused'): boolean {
  switch (want) {
    case 'in': return member !== undefined
    case 'out': return member === undefined
    case 'paused': return member?.paused === true
    case 'unpaused': return member?.paused === false
    default: return want satisfies never
  }
}

/** A call that logs in may fail as every call may; whoever it logs in at my phone is my agent. */
function agentIs(desk: DeskState, { id, dial: calls }: Act, { agent, want }: Extract<Act['proof'], { readonly by: 'agent' }>): Verdict {
  if (want === 'out')
    return desk.pbx.agents.get(agent)?.state === 'out' ? 'done' : null
  if (desk.pbx.agents.values().some(one => one.state !== 'out' && isMyAgent(desk, one)))
    return 'done'
  const dial = calls === null ? undefined : desk.dials.find(one => one.id === dialOfAct(id))
  return dial && isDialOver(dial)
    ? { failed: dial.error?.code ?? (dial.state === 'cancelled' ? 'cancelled' : 'no-effect') }
    : null
}

/** My phone is out of it, whatever the server still keeps. */
function isGoneFrom(calls: readonly MyCall[], id: string): boolean {
  const legs = calls.flatMap(call => call.legs).filter(leg => leg.id === id)
  return legs.length > 0 && legs.every(leg => leg.state === 'gone')
}

function callOf({ calls }: DeskState, id: string): MyCall | undefined {
  return calls.find(call => call.id === id)
}

/** The server took the digits and has found nobody under them: now it asks for others at my phone, and the first call waits. */
export function isAskedForNumber(desk: DeskState, { proof }: Act): boolean {
  const call = proof.by === 'consulted' ? callOf(desk, proof.call) : undefined
  return call !== undefined && talkingLeg(desk.pbx, call)?.held === true
}

/** Nothing at all has come of what the server has said yes to. */
export function isSilent(desk: DeskState, act: Act): boolean {
  const { proof } = act
  const { pbx } = desk
  switch (proof.by) {
    case 'consulted':
      return !act.half && consulted(desk, desk, act, proof.call, false) === null && !isAskedForNumber(desk, act)
    case 'handed': {
      const [leg, far] = [pbx.channels.get(proof.leg), pbx.channels.get(proof.far)]
      return leg !== undefined && far !== undefined && partnersOf(pbx, leg).includes(far.id)
    }
    case 'consult-over':
      return true
    // My phone was lifted, the code has been dialled, and it rings them on.
    case 'picked-up':
      return act.half && pbx.channels.get(proof.ringing)?.state === 'ringing' && pickedUp(desk, proof) === null
    default:
      return false
  }
}

/** The second call is there when somebody takes it; until then it may still come to nothing. */
function consulted(desk: DeskState, before: DeskState, { id: act, at, half, steps }: Act, id: string, isOver: boolean): Verdict {
  const call = callOf(desk, id)
  // I went on with it or thought better of it: that tells its own end.
  if (half && desk.acts.some(act => act.call === id && act.at >= at && act.state !== 'failed' && (act.kind === 'complete' || act.kind === 'cancelConsult')))
    return 'done'
  // Handed over at the phone, before anybody took it.
  if (half && call?.legs.some(leg => leg.state === 'gone' && desk.pbx.channels.has(leg.id)))
    return 'done'
  if (!call || liveLegs(call).length === 0)
    return { failed: 'call-gone' }
  if (call.consult)
    return answeredBy(desk, before, call.consult.with, isOver)
  // What my phone has not let go of yet is from before.
  const second = secondCallOf(desk, call)
  if (second && second.startedAt >= at)
    return second.answeredAt === null ? 'half' : 'done'
  const dial = desk.dials.find(one => one.id === dialOfAct(act))
  if (dial) {
    if (!isDialOver(dial))
      return half ? 'half' : null
    return { failed: dial.error?.code ?? 'consult-failed' }
  }
  // It may be over before my leg has gone to it.
  const [asked] = steps.flat().flatMap(action => action.do === 'transferAttended' ? [`Local/${action.exten}@`] : [])
  if (asked !== undefined && legsOf(desk.pbx, call.call).some(leg => leg.createdAt >= at && leg.name.startsWith(asked)))
    return 'half'
  return half ? { failed: 'consult-failed' } : null
}

/** Between two steps of a dialplan that answers by itself nobody is rung for a moment: only a machine that stays one is told of. */
function answeredBy({ pbx }: DeskState, before: DeskState, id: Uniqueid, isOver: boolean): Verdict {
  const [now, then] = [pbx.channels.get(id), before.pbx.channels.get(id)]
  switch (now ? reached(pbx, now) : null) {
    case 'up': return 'done'
    case 'machine': return isOver ? { failed: 'consult-machine' } : then && reached(before.pbx, then) === 'machine' ? 'half' : 'settle'
    default: return 'half'
  }
}

function pickedUp({ pbx, mine, calls }: DeskState, { ringing, root }: Extract<Act['proof'], { readonly by: 'picked-up' }>): Verdict {
  const id = root ?? ringing
  const channel = pbx.channels.get(ringing)
  const picked = callIdOf(pbx, id)
  // A queue may ring me next, as everybody in it.
  const isSent = channel === undefined && !(root !== null && pbx.queueCallers.has(root))
  const has = picked !== null && calls.some(call => liveLegs(call).some((leg) => {
    const own = pbx.channels.get(leg.id)
    return own !== undefined && own.id !== ringing && isMine(mine, own) && callIdOf(pbx, leg.id) === picked && (leg.state === 'up' || isSent)
  }))
  if (has)
    return 'done'
  return channel?.state === 'ringing' || (root !== null && pbx.channels.has(root) && channel === undefined)
    ? null
    : { failed: 'not-ringing' }
}

/** As far as the click-to-dial at their desk has come. */
function isConnected(desk: DeskState, { id }: Act, display: string): Verdict {
  const dial = connectOf(desk, id)
  if (dial === null)
    return null
  switch (dial.state) {
    case 'asking': case 'my-phone-rings':
      return null
    // Who is busy may ring for a moment.
    case 'calling': case 'far-rings':
      return 'half'
    case 'answered': case 'ended':
      return 'done'
    case 'cancelled':
      return { failed: 'person-hung-up' }
    case 'failed':
      return { failed: whyNotConnected(dial.error?.code ?? 'no-effect'), details: { number: display } }
    default:
      return dial.state satisfies never
  }
}
