import type { Failure } from '#contract/result.ts'
import type { Plan } from './acts/act.ts'
import type { ActRequest } from './acts/request.ts'
import type { Step } from './connect.ts'
import type { DeskState } from './desk.ts'
import type { MyCall, SentOn } from './my-call.ts'
import type { DeskInput, Effect } from './types.ts'
import { answerAct, failAct, refusedAct, startAct } from './acts/acts.ts'
import { nameOf, sortOf } from './acts/plan-call.ts'
import { planAct } from './acts/plan.ts'
import { isRefusal, plan } from './acts/planned.ts'
import { startConnect } from './connect.ts'
import { announced, beginDial } from './desk-dials.ts'
import { hangUpCall } from './desk-wishes.ts'
import { dialKey, dialOfAct, isOver } from './dial.ts'
import { liveLegs } from './my-call.ts'
import { groupNumber } from './numbers.ts'
import { doubtQueues } from './queue-news.ts'
import { mapSame, patch } from './same.ts'

/** Whoever asks has planned it in the same moment: what is refused here was never asked. */
export function startPlan(state: DeskState, { id, request, at }: Extract<DeskInput, { kind: 'act' }>, effects: Effect[], step: Step): DeskState {
  const planned = planAct(state, request, id)
  if (isRefusal(planned))
    return state
  const acts = startAct(state.acts, id, planned, at, effects)
  const begun = { ...state, acts, calls: sendOn(state.calls, request, id, planned.subject) }
  if (request.kind === 'hangup')
    return hangUpCall(begun, request.call, effects)
  if (planned.connect !== null)
    return { ...begun, connects: startConnect(begun, id, planned.connect, at, effects, step) }
  return planned.dial === null
    ? begun
    : dialForAct(begun, id, planned.dial, at, effects)
}

/** The server has said yes to a consultation and has done nothing: my phone makes the second call. */
export function dialSecond(state: DeskState, before: DeskState, id: string, at: number, effects: Effect[]): DeskState {
  const act = state.acts.find(one => one.id === id)
  if (!act?.dial || before.acts.find(one => one.id === id)?.dial)
    return state
  const call = state.calls.find(one => one.id === act.call)
  const sort = call && sortOf(state.pbx, call)
  const known = sort === undefined || state.featureless.includes(sort)
    ? state
    : { ...state, featureless: [...state.featureless, sort] }
  return dialForAct(known, id, act.dial, at, effects)
}

/** A second click on an act was refused when it was planned. */
function dialForAct(state: DeskState, id: string, dial: NonNullable<Plan['dial']>, at: number, effects: Effect[]): DeskState {
  return beginDial(state, { id: dialOfAct(id), display: groupNumber(dial.fetched?.number ?? dial.number), ...dial, at }, false, effects)
}

/** A call that still rings me is noted as sent, so that its end is no missed call. */
function sendOn(calls: readonly MyCall[], request: ActRequest, act: string, subject: string): readonly MyCall[] {
  const as = sentAs(request)
  return as === null || !('call' in request)
    ? calls
    : mapSame(calls, call => call.id === request.call && call.direction === 'in' && call.answeredAt === null
        ? { ...call, sent: { act, as, to: request.kind === 'park' && request.forWhom === null ? null : subject } }
        : call)
}

function sentAs({ kind }: ActRequest): SentOn['as'] | null {
  switch (kind) {
    case 'blind': return 'forwarded'
    case 'voicemail': return 'voicemail'
    case 'park': return 'parked'
    default: return null
  }
}

export function takeAnswer(state: DeskState, key: string, error: Failure | null, at: number, effects: Effect[]): DeskState {
  const acts = answerAct(state.acts, key, error, effects)
  if (acts !== null)
    return patch(state, { acts, ...isOfQueues(error) && { queueNews: doubtQueues(state.queueNews, at, effects) } })
  return error === null
    ? state
    : takeFailure(state, key, error, at, effects)
}

/** What the server says of a queue is not what we know of it. */
function isOfQueues(error: Failure | null): boolean {
  return error?.code === 'no-such-queue' || error?.code === 'not-a-member'
}

function takeFailure(state: DeskState, key: string, error: Failure, at: number, effects: Effect[]): DeskState {
  const isMeant = (call: MyCall): boolean => liveLegs(call).some(leg => key === `act:${leg.id}`)
  const acts = mapSame(state.acts, act => act.kind === 'hangup' && act.state === 'asked' && act.proof.by === 'gone' && act.proof.legs.some(leg => key === `act:${leg}`)
    ? failAct(act, error)
    : act)
  // Declined, or sent to my voicemail: nothing else tells that the server did not do it.
  const wished = acts === state.acts && error.code !== 'call-gone' ? state.calls.find(call => call.wish !== null && isMeant(call)) : undefined
  return patch(state, {
    // A leg that is there speaks for itself, whatever became of the answer.
    dials: mapSame(state.dials, dial => dialKey(dial.id) === key && dial.leg === null && !isOver(dial)
      ? announced({
          ...dial,
          state: dial.cancelled ? 'cancelled' : 'failed',
          error,
        }, effects)
      : dial),
    acts: wished ? refusedAct(acts, `${key}:${at}`, plan(wished.wish === 'voicemail' ? 'voicemail' : 'hangup', nameOf(wished), { call: wished.id }), error, at) : acts,
    calls: mapSame(state.calls, call => isMeant(call)
      ? patch(call, { wish: null })
      : call),
  })
}
