import type { PbxState } from '../pbx/state.ts'
import type { MyCall, MyLeg, Outcome } from './my-call.ts'
import type { Effect } from './types.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { dialledBy } from '../pbx/dials.ts'
import { liveLegs, NOBODY } from './my-call.ts'
import { mapSame, patch } from './same.ts'

/** Some drivers and phones that answer by themselves never report ringing: dialled for this long counts as alerting. */
const DIALLED_MS = 400
/** The dial may be told after the phone rings; a leg that rings this long and that nobody dials is a call from unknown. */
const UNSURE_MS = 500
/** After my last leg ended the evidence that somebody else answered may still be on its way. */
const DECIDE_MS = 1500
const REJECTED = 21
const BUSY = 17
const ANSWERED_ELSEWHERE = 26

/** The waits that a leg needs from now on, after it came from `before`. */
export function legTimers(before: MyLeg | undefined, leg: MyLeg): readonly Effect[] {
  if (leg.role === 'in' && leg.state === 'dialled' && before?.role !== 'in') {
    return [
      { type: 'timer.start', key: `dialled:${leg.id}`, delayMs: DIALLED_MS },
    ]
  }
  if (leg.role === 'unsure' && leg.state === 'ringing' && before?.state !== 'ringing') {
    return [
      { type: 'timer.start', key: `unsure:${leg.id}`, delayMs: UNSURE_MS },
    ]
  }
  return []
}

/** What a wait of `legTimers` that has passed says about its leg; `isMyself` tells a leg that rings for a program of mine. */
export function waited(call: MyCall, key: string, isMyself: (leg: MyLeg) => boolean): MyCall {
  const legs = mapSame(call.legs, (leg) => {
    if (key === `dialled:${leg.id}` && leg.state === 'dialled' && leg.role === 'in')
      return patch(leg, { state: 'ringing', alerted: true })
    if (key === `unsure:${leg.id}` && leg.state === 'ringing' && leg.role === 'unsure')
      return patch(leg, { role: isMyself(leg) ? 'out' : 'in' })
    return leg
  })
  return legs === call.legs
    ? call
    : { ...call, legs, direction: call.direction ?? directionOf(legs) }
}

function directionOf(legs: readonly MyLeg[]): MyCall['direction'] {
  if (legs.some(leg => leg.role === 'in'))
    return 'in'
  return legs.some(leg => leg.role === 'out')
    ? 'out'
    : null
}

/** Where an incoming call stands after its facts changed; `final`: the wait for evidence is over. */
export function standIncoming(pbx: PbxState, call: MyCall, at: number, final: boolean, effects: Effect[]): MyCall {
  const live = liveLegs(call)
  const up = live.find(leg => leg.state === 'up')
  if (up)
    // Who is given to my agent may be there without a ring.
    return patch(call, { phase: 'up', answeredAt: call.answeredAt ?? up.upAt ?? at, alert: call.agent !== null && call.alert === 'none' && isKnown(call) ? 'shown' : call.alert })
  if (live.some(leg => leg.state === 'ringing' && leg.role === 'in')) {
    return patch(call, {
      phase: 'ringing',
      alert: call.alert === 'none' && isKnown(call)
        ? 'shown'
        : call.alert,
    })
  }
  if (live.length > 0)
    return call
  if (call.answeredAt !== null)
    return patch(call, { phase: 'over', outcome: 'answered' })
  if (call.phase === 'over') {
    return revise(pbx, call, final, effects)
  }
  const outcome = call.legs.some(leg => leg.unseen)
    ? 'unknown'
    : evident(call) ?? (final
      ? goneOn(pbx, call)
      : null)
  if (outcome !== null)
    return patch(call, { phase: 'over', outcome })
  if (call.phase !== 'deciding')
    effects.push({ type: 'timer.start', key: `decide:${call.id}`, delayMs: DECIDE_MS })
  return patch(call, { phase: 'deciding' })
}

/** Up to 11 my agent is called first, and a moment later it is told for whom. */
function isKnown({ agent, peer, root }: MyCall): boolean {
  return agent === null || root !== null || peer !== NOBODY
}

/** What is clear without waiting. */
function evident(call: MyCall): Outcome | null {
  if (call.sent)
    return call.sent.as
  if (call.lostInLot)
    return 'missed'
  if (call.wish === 'voicemail')
    return 'voicemail'
  if (call.wish !== null)
    return 'declined'
  if (call.taken || call.legs.some(leg => leg.cause === ANSWERED_ELSEWHERE))
    return 'answered-elsewhere'
  if (call.forwardedTo !== null)
    return 'forwarded'
  const rang = call.legs.filter(leg => leg.alerted)
  if (rang.some(leg => leg.cause === REJECTED || leg.cause === BUSY || leg.status === 'busy'))
    return 'declined'
  if (call.legs.some(leg => leg.cause === REJECTED))
    return 'declined'
  return rang.length === 0 && call.legs.some(leg => leg.cause === BUSY || leg.status === 'busy')
    ? 'busy'
    : null
}

/** What the caller does without me: the PBX talks to him (voicemail), or he still waits or has gone (missed). */
function goneOn(pbx: PbxState, call: MyCall): Outcome {
  const root = call.root === null
    ? undefined
    : pbx.channels.get(call.root)
  if (call.messageLeft)
    return 'voicemail'
  if (!root || root.state !== 'up' || pbx.queueCallers.has(root.id) || partnersOf(pbx, root).length > 0)
    return 'missed'
  return dialledBy(pbx, root.id).some(id => pbx.dials.get(id)?.status === null)
    ? 'missed'
    : 'voicemail'
}

/** Where I sent it nobody was: what became of it is told as if I had not. */
export function standUnsent(pbx: PbxState, call: MyCall, at: number, effects: Effect[]): MyCall {
  const unsent: MyCall = { ...call, sent: null, wish: null }
  return call.phase === 'over' && call.answeredAt === null
    ? standIncoming(pbx, { ...unsent, phase: 'deciding', outcome: null }, at, true, effects)
    : unsent
}

/** A call that goes on without me may still be answered by somebody, or end in my mailbox. */
function revise(pbx: PbxState, call: MyCall, final: boolean, effects: Effect[]): MyCall {
  if (call.wish !== null || call.sent !== null || (call.outcome !== 'missed' && call.outcome !== 'voicemail'))
    return call
  if (call.taken)
    return patch(call, { outcome: 'answered-elsewhere' })
  if (call.messageLeft)
    return patch(call, { outcome: 'voicemail' })
  const outcome = call.root !== null && pbx.channels.has(call.root)
    ? goneOn(pbx, call)
    : call.outcome
  // Between two steps of a dialplan a caller is with nobody for a moment: only who stays there is with the voicemail.
  if (outcome === 'voicemail' && call.outcome === 'missed' && !final) {
    effects.push({ type: 'timer.start', key: `decide:${call.id}`, delayMs: DECIDE_MS })
    return call
  }
  return patch(call, { outcome })
}

/** The popup of a call that no longer rings stays for a moment. */
export function lingerEffects(before: MyCall | undefined, call: MyCall, lingerMs: number): readonly Effect[] {
  const rests = (one: MyCall | undefined): boolean => one?.phase === 'up' || one?.phase === 'over'
  return call.alert === 'shown' && rests(call) && !(before?.alert === 'shown' && rests(before) && before.phase === call.phase)
    ? [
        { type: 'timer.start', key: `linger:${call.id}`, delayMs: lingerMs },
      ]
    : []
}
