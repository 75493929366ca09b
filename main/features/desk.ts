import type { Failure } from '#contract/result.ts'
import type { Channel } from '../pbx/channels.ts'
import type { PbxEvent } from '../pbx/events.ts'
import type { CallId } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Act, Plan } from './acts/act.ts'
import type { ActRequest } from './acts/request.ts'
import type { Connect } from './connect.ts'
import type { Dial } from './dial.ts'
import type { Sight } from './follow.ts'
import type { Mine } from './mine.ts'
import type { MyCall, SentOn } from './my-call.ts'
import type { Level } from './my-queues.ts'
import type { Person } from './people.ts'
import type { Reading } from './reading.ts'
import type { Recent } from './recents.ts'
import type { Todo } from './todo.ts'
import type { DeskConfig, DeskInput, Effect, ServerLimits } from './types.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { findChannel } from '../pbx/channels.ts'
import { mentions } from '../pbx/mentions.ts'
import { reduce } from '../pbx/reduce.ts'
import { emptyPbx } from '../pbx/state.ts'
import { Table } from '../pbx/table.ts'
import { answerAct, failAct, judgeActs, liftAct, passTime, refusedAct, startAct } from './acts/acts.ts'
import { nameOf, sortOf } from './acts/plan-call.ts'
import { planAct } from './acts/plan.ts'
import { isRefusal, plan } from './acts/planned.ts'
import { adoptAgentCalls, endsOf } from './agent-call.ts'
import { followConnects, startConnect } from './connect.ts'
import { dialKey, dialOfAct, dialOfLeg, failed, isOver, isSecondClick, partyOf, progressOf, startDial } from './dial.ts'
import { gather } from './evidence.ts'
import { adopt, adoptMoved, followName, inCall, refresh, seen, unite } from './follow.ts'
import { readLine, suspectLine } from './line-news.ts'
import { isMine, mineOf, showsMyself } from './mine.ts'
import { waitingCall } from './my-agent.ts'
import { liveLegs } from './my-call.ts'
import { followLevels, myMembers, myQueues } from './my-queues.ts'
import { groupNumber } from './numbers.ts'
import { isAnswered, outcomeOfOutgoing } from './outgoing.ts'
import { followPeople, isFree } from './people.ts'
import { doubtQueues, suspectQueues } from './queue-news.ts'
import { NOT_READ, readNow } from './reading.ts'
import { recordCall, recordDial } from './recents.ts'
import { mapSame, patch } from './same.ts'
import { legTimers, lingerEffects, standIncoming, standUnsent, waited } from './screen-pop.ts'
import { settleTodos, todoOfCall, todoOfEvent } from './todo.ts'
import { voicemail } from './voicemail.ts'

/** All that the desk knows; nothing in it is for windows yet. */
export interface DeskState {
  readonly config: DeskConfig
  readonly mine: Mine
  readonly online: boolean
  readonly pbx: PbxState
  /** Calls that ring me or that I am in, and ended ones while they may still change or are shown. */
  readonly calls: readonly MyCall[]
  readonly dials: readonly Dial[]
  /** Newest first. */
  readonly recents: readonly Recent[]
  readonly lastDialAt: number | null
  /** Blind transfers of the last seconds: the phone that they ring comes later. */
  readonly transfers: readonly Transfer[]
  readonly limits: ServerLimits
  /** Oldest first. */
  readonly acts: readonly Act[]
  readonly people: Table<string, Person>
  /** Colleagues that I want to be told of when they are free. */
  readonly watched: readonly string[]
  readonly queueLevels: Readonly<Record<string, Level>>
  /** Newest first. */
  readonly todos: readonly Todo[]
  /** Parked calls whose time is over: they ring somebody again. */
  readonly returns: readonly Return[]
  readonly lineNews: Reading
  readonly queueNews: Reading
  /** Sorts of calls (`sortOf`) for which the server has said yes and done nothing, since the link came. */
  readonly featureless: readonly string[]
  /** Colleagues whose phones ring for a number that I gave them. */
  readonly connects: readonly Connect[]
}

interface Return { readonly channel: string, readonly lot: string, readonly space: string, readonly at: number }

interface Transfer { readonly call: string, readonly by: string, readonly at: number }

/** My phone was lifted and the dialplan rings nobody: an application of the PBX speaks. */
const APPLICATION_MS = 3000
/** Dial end, hang-up and cause come in any order. */
const SETTLE_MS = 300
const MOST_DIALS = 20
/** No event tells of the counters of a queue, and of a code that somebody dialled at the phone. */
const READ_MS = 60_000
/** A parked call that comes back rings within this time. */
const RETURN_MS = 30_000
const MOST_RETURNS = 20

/** `todos`: what is left of before. */
export function createDesk(config: DeskConfig, todos: readonly Todo[] = []): DeskState {
  return {
    config,
    mine: mineOf(config),
    online: false,
    pbx: emptyPbx(),
    calls: [],
    dials: [],
    recents: [],
    lastDialAt: null,
    transfers: [],
    limits: { missing: {}, lacks: new Set() },
    acts: [],
    people: Table.empty(),
    watched: [],
    queueLevels: {},
    todos,
    returns: [],
    lineNews: NOT_READ,
    queueNews: NOT_READ,
    featureless: [],
    connects: [],
  }
}

/** What the desk knows after an input, and what is to be done about it; nothing is done here. */
export function step(state: DeskState, input: DeskInput): { readonly state: DeskState, readonly effects: readonly Effect[] } {
  const effects: Effect[] = []
  const here = take(state, input, effects)
  const next = patch(here, { connects: followConnects(here, input, effects, step) })
  return {
    state: next === state
      ? state
      : conclude(state, next, input.at, effects),
    effects,
  }
}

function take(state: DeskState, input: DeskInput, effects: Effect[]): DeskState {
  switch (input.kind) {
    case 'pbx':
      return takeEvent(state, input.event, effects)
    case 'timer':
      return takeTimer(state, input.key, input.at, effects)
    case 'done':
      return takeAnswer(state, input.key, input.error, input.at, effects)
    case 'configured':
      return configure(state, input.config, input.at, effects)
    case 'link':
      if (input.online && !state.online)
        effects.push({ type: 'timer.start', key: 'read:', delayMs: READ_MS })
      return patch(state, { online: input.online, featureless: keep(state.featureless, () => input.online) })
    case 'server':
      return patch(state, { limits: input.limits })
    case 'act':
      return startPlan(state, input, effects)
    case 'act.dismiss':
      return patch(state, {
        acts: keep(state.acts, act => act.id !== input.id || act.state === 'asked'),
      })
    case 'watch':
      return patch(state, {
        watched: input.on
          ? state.watched.includes(input.id) ? state.watched : [...state.watched, input.id]
          : keep(state.watched, id => id !== input.id),
      })
    case 'todo.done':
      return patch(state, {
        todos: mapSame(state.todos, todo => todo.id === input.id ? patch(todo, { done: input.done }) : todo),
      })
    case 'dial': {
      const next = beginDial(state, input, isSecondClick(state.lastDialAt, input.at), effects)
      return next.dials.at(-1)?.state === 'failed' ? next : { ...next, lastDialAt: input.at }
    }
    case 'dial.cancel':
      return cancelDial(state, input.id, effects)
    case 'dial.dismiss':
      return patch(state, {
        dials: keep(state.dials, dial => dial.id !== input.id || !isOver(dial)),
      })
    case 'call.hangup':
      return changeCall(state, input.id, (call) => {
        hangUp(state, call, null, effects)
        return patch(call, {
          wish: call.answeredAt === null
            ? 'hangup'
            : call.wish,
        })
      })
    case 'alert.decline':
      return changeCall(state, input.id, (call) => {
        hangUp(state, call, 21, effects)
        return patch(call, { wish: 'decline' })
      })
    case 'alert.toVoicemail':
      return changeCall(state, input.id, call => toVoicemail(state, call, effects))
    case 'alert.dismiss':
      return changeCall(state, input.id, call => call.alert === 'shown'
        ? patch(call, { alert: 'dismissed' })
        : call)
    default:
      return input satisfies never
  }
}

// An event may say something about calls of mine although the PBX is as it was: how a channel ended that is gone already.
function takeEvent(state: DeskState, event: PbxEvent, effects: Effect[]): DeskState {
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
  return patch(next, {
    calls: mapSame(next.calls, call => touched === null || touched.some(id => concerns(sight, call, id))
      ? refresh(sight, call, event)
      : call),
  })
}

/** What happens to others and in queues, at the cost of those that the event touches. */
function followOffice(sight: Sight, state: DeskState, event: PbxEvent, effects: Effect[]): DeskState {
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

function followReturns(sight: Sight, returns: readonly Return[], event: PbxEvent): readonly Return[] {
  if (event.type !== 'parking.timedOut')
    return returns
  const channel = seen(sight, event.parked.parkee)
  return channel
    ? [...returns.filter(one => sight.at - one.at < RETURN_MS), { channel: channel.id, lot: event.parked.lot, space: event.parked.space, at: sight.at }].slice(-MOST_RETURNS)
    : returns
}

/** Whoever asks has planned it in the same moment: what is refused here was never asked. */
function startPlan(state: DeskState, { id, request, at }: Extract<DeskInput, { kind: 'act' }>, effects: Effect[]): DeskState {
  const planned = planAct(state, request, id)
  if (isRefusal(planned))
    return state
  const acts = startAct(state.acts, id, planned, at, effects)
  const begun = { ...state, acts, calls: sendOn(state.calls, request, id, planned.subject) }
  if (request.kind === 'hangup')
    return take(begun, { kind: 'call.hangup', id: request.call, at }, effects)
  if (planned.connect !== null)
    return { ...begun, connects: startConnect(begun, id, planned.connect, at, effects, step) }
  return planned.dial === null
    ? begun
    : dialForAct(begun, id, planned.dial, at, effects)
}

/** The server has said yes to a consultation and has done nothing: my phone makes the second call. */
function dialSecond(state: DeskState, before: DeskState, id: string, at: number, effects: Effect[]): DeskState {
  const act = state.acts.find(one => one.id === id)
  if (!act?.dial || before.acts.find(one => one.id === id)?.dial)
    return state
  const call = state.calls.find(one => one.id === act.call)
  const sort = call && sortOf(call)
  const known = sort === undefined || state.featureless.includes(sort)
    ? state
    : { ...state, featureless: [...state.featureless, sort] }
  return dialForAct(known, id, act.dial, at, effects)
}

/** A second click on an act was refused when it was planned. */
function dialForAct(state: DeskState, id: string, dial: NonNullable<Plan['dial']>, at: number, effects: Effect[]): DeskState {
  return beginDial(state, { id: dialOfAct(id), display: groupNumber(dial.fetched?.number ?? dial.number), ...dial, at }, false, effects)
}

/** The newest dial is the last one. */
function beginDial(state: DeskState, asked: Parameters<typeof startDial>[0], isSecond: boolean, effects: Effect[]): DeskState {
  const { dial, effects: begun } = startDial(asked, state.config, { online: state.online, isSecondClick: isSecond })
  effects.push(...begun)
  const dials = [
    ...state.dials.filter(old => old.id !== asked.id && !(isOver(old) && old.state === 'failed')),
    dial,
  ].slice(-MOST_DIALS)
  return { ...state, dials }
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

function takeAnswer(state: DeskState, key: string, error: Failure | null, at: number, effects: Effect[]): DeskState {
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

function concerns(sight: Sight, call: MyCall, id: string): boolean {
  return call.root === id || call.legs.some(leg => leg.id === id) || call.far.some(leg => leg.id === id) || inCall(sight, call.call, id)
}

function adoptLegs(sight: Sight, state: DeskState, event: PbxEvent): DeskState {
  const named = event.type === 'pbx.replaced'
    ? sight.pbx.channels.values()
    : mentions(event).flatMap(said => findChannel(sight.pbx, said) ?? [])
  let { calls, dials } = state
  const waiting = waitingCall(state)
  for (const channel of named) {
    if (!isMine(state.mine, channel))
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

function takeTimer(state: DeskState, key: string, at: number, effects: Effect[]): DeskState {
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
            : refresh(sight, next, null)
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

/** Whether a hang-up that no phone asked for is the server's own. */
function tellsHangups({ limits }: DeskState): boolean {
  return !limits.lacks.has('tellHangups')
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

function announced(dial: Dial, effects: Effect[]): Dial {
  if (dial.state === 'failed')
    effects.push({ type: 'announce', what: 'dial-failed', id: dial.id })
  return dial
}

function configure(state: DeskState, config: DeskConfig, at: number, effects: Effect[]): DeskState {
  const sameLine = config.extension === state.config.extension && config.devices.join('\n') === state.config.devices.join('\n')
  if (sameLine) {
    // What is an alarm by new thresholds is shown as one; whoever moved them needs not be told.
    const queueLevels = followLevels(state.pbx, state.queueLevels, config.office.queueLevels, new Set(), at, effects)
    return { ...state, config, queueLevels }
  }
  // Another line: what was mine is not; the calls that are now mine are found as after a reconnect.
  const fresh: DeskState = {
    ...state,
    config,
    mine: mineOf(config),
    calls: [],
    dials: [],
  }
  const event: PbxEvent = { type: 'pbx.replaced', at, snapshot: {} }
  return takeEvent(fresh, event, effects)
}

function cancelDial(state: DeskState, id: string, effects: Effect[]): DeskState {
  return patch(state, {
    calls: mapSame(state.calls, call => call.dial === id && call.answeredAt === null
      ? patch(call, { wish: 'hangup' })
      : call),
    dials: mapSame(state.dials, (dial) => {
      if (dial.id !== id || isOver(dial))
        return dial
      const call = state.calls.find(one => one.dial === id)
      const legs = call
        ? liveLegs(call)
        : []
      for (const leg of legs) {
        effects.push({
          type: 'pbx.act',
          key: `act:${leg.id}`,
          action: { do: 'hangup', channel: leg.name, cause: null },
        })
      }
      return patch(dial, { cancelled: true })
    }),
  })
}

function toVoicemail(state: DeskState, call: MyCall, effects: Effect[]): MyCall {
  const { voicemailExten, dialContext } = state.config
  const root = call.root === null
    ? undefined
    : state.pbx.channels.get(call.root)
  const [leg] = liveLegs(call)
  if (!leg)
    return call
  if (voicemailExten !== '' && root) {
    effects.push({
      type: 'pbx.act',
      key: `act:${leg.id}`,
      action: {
        do: 'redirect',
        channel: root.name,
        context: dialContext,
        exten: voicemailExten,
        priority: 1,
      },
    })
  }
  else {
    hangUp(state, call, 17, effects)
  }
  return patch(call, { wish: 'voicemail' })
}

function hangUp(state: DeskState, call: MyCall, cause: number | null, effects: Effect[]): void {
  for (const leg of endsOf(state, call)) {
    effects.push({
      type: 'pbx.act',
      key: `act:${leg.id}`,
      action: { do: 'hangup', channel: leg.name, cause },
    })
  }
}

function changeCall(state: DeskState, id: string, change: (call: MyCall) => MyCall): DeskState {
  return patch(state, {
    calls: mapSame(state.calls, call => call.id === id
      ? change(call)
      : call),
  })
}

/** What follows from the facts, for every call that changed: where it stands, its popup, its row, its dial. */
function conclude(before: DeskState, state: DeskState, at: number, effects: Effect[]): DeskState {
  const old = new Map(before.calls.map(call => [call.id, call]))
  const stood = mapSame(state.calls, (call) => {
    const was = old.get(call.id)
    return call === was && state.pbx === before.pbx
      ? call
      : stand(state, was, call, at, effects)
  })
  const dials = mapSame(state.dials, dial => followDial(before, { ...state, calls: stood }, dial, effects))
  const acts = judgeActs({ ...state, calls: stood, dials }, before, effects)
  const settled = takenBack(before, { ...state, acts, calls: stood }, at, effects)
  let { recents } = state
  for (const call of settled) {
    if (call !== old.get(call.id))
      recents = recordCall(recents, call)
  }
  for (const dial of dials) {
    if (isOver(dial) && dial.error?.code !== 'dial-too-fast' && !settled.some(call => call.dial === dial.id) && !isOver(before.dials.find(one => one.id === dial.id) ?? { ...dial, state: 'asking' }))
      recents = recordDial(recents, dial)
  }
  const calls = keep(settled, call => !isForgettable(call, dials))
  for (const call of settled) {
    if (call.closed && !old.get(call.id)?.closed)
      effects.push(...missedEffects(call))
    else if (call.closed && old.get(call.id)?.outcome === null)
      effects.push(...missedEffects(call))
  }
  let { todos } = state
  for (const call of settled) {
    const was = old.get(call.id)
    if (call.answeredAt !== null && (was?.answeredAt ?? null) === null)
      todos = settleTodos(todos, call.peer, call.direction === 'out' ? state.config.outsidePrefix : '')
    if (call.closed && isMissed(call) && !(was?.closed && was.outcome === call.outcome))
      todos = todoOfCall(todos, call)
  }
  for (const { number } of acts === before.acts ? [] : acts.flatMap(act => isDoneNow(before, act) ? act.connect ?? [] : []))
    todos = settleTodos(todos, { number, name: null }, state.config.outsidePrefix)
  return patch(state, { calls: noteDone(before, { acts, calls }), dials, recents, todos, acts })
}

/** Callers that were sent on and never came there: the act has failed, or they have gone before the voicemail answered or anybody took them from the lot. */
function takenBack(before: DeskState, { acts, calls, pbx }: DeskState, at: number, effects: Effect[]): readonly MyCall[] {
  return mapSame(calls, (call) => {
    const isUnsent = call.sent !== null && acts.some(act => act.id === call.sent?.act && act.state === 'failed')
    const root = call.root === null || pbx.channels.has(call.root) ? undefined : before.pbx.channels.get(call.root)
    const isUnheard = call.wish === 'voicemail' && root !== undefined && root.state !== 'up' && before.pbx.lostAt === null
    return isUnsent || isUnheard || (call.sent !== null && call.lostInLot)
      ? standUnsent(pbx, call, at, effects)
      : call
  })
}

function isDoneNow(before: DeskState, act: Act): boolean {
  return act.state === 'done' && before.acts.some(one => one.id === act.id && one.state === 'asked')
}

/** What the server tells nobody, noted where it was done. */
function noteDone(before: DeskState, { acts, calls }: Pick<DeskState, 'acts' | 'calls'>): readonly MyCall[] {
  if (acts === before.acts)
    return calls
  const fresh = acts.filter(act => act.note !== null && isDoneNow(before, act))
  return fresh.reduce((all, act) => mapSame(all, call => call.id === act.call ? noted(call, act) : call), calls)
}

function noted(call: MyCall, { note, at }: Act): MyCall {
  switch (note?.what) {
    case 'muted': return patch(call, { muted: note.on })
    case 'limit': return patch(call, { endsAt: note.seconds === 0 ? null : at + note.seconds * 1000 })
    case 'recording': return patch(call, { recording: note.recording })
    case undefined: return call
    default: return note satisfies never
  }
}

function stand(state: DeskState, was: MyCall | undefined, call: MyCall, at: number, effects: Effect[]): MyCall {
  for (const leg of call.legs)
    effects.push(...legTimers(was?.legs.find(one => one.id === leg.id), leg))
  const next = call.direction === 'out'
    ? standOutgoing(state, call, at, effects)
    : call.direction === 'in'
      ? standIncoming(state.pbx, call, at, false, effects)
      : call
  effects.push(...lingerEffects(was, next, state.config.popupLingerMs))
  return next
}

function standOutgoing(state: DeskState, call: MyCall, at: number, effects: Effect[]): MyCall {
  const live = liveLegs(call)
  const up = live.find(leg => leg.state === 'up')
  const alert = call.alert === 'shown'
    ? 'gone' as const
    : call.alert
  if (live.length === 0) {
    if (call.phase === 'over' || call.phase === 'deciding') {
      return call.phase === 'over'
        ? patch(call, {
            outcome: outcomeOfOutgoing(call, tellsHangups(state)),
          })
        : call
    }
    effects.push({ type: 'timer.start', key: `decide:${call.id}`, delayMs: SETTLE_MS })
    return patch(call, { phase: 'deciding', alert })
  }
  if (!up)
    return patch(call, { alert })
  const channel = state.pbx.channels.get(up.id)
  const talks = call.far.some(isAnswered) || (channel !== undefined && partnersOf(state.pbx, channel).length > 0) || (up.role !== 'own' && call.far.every(leg => leg.gone))
  if (!talks && call.phase === 'pending')
    effects.push({ type: 'timer.start', key: `application:${call.id}`, delayMs: APPLICATION_MS })
  return patch(call, { phase: 'up', alert, answeredAt: call.answeredAt ?? (talks ? at : null) })
}

function followDial(before: DeskState, state: DeskState, dial: Dial, effects: Effect[]): Dial {
  const call = state.calls.find(one => one.dial === dial.id)
  const was = before.dials.find(one => one.id === dial.id)
  if (was === dial && before.calls.find(one => one.dial === dial.id) === call)
    return dial
  // Cancelled before its leg was known: hang up as soon as it is.
  if (dial.cancelled && was?.leg === null && dial.leg !== null && call)
    hangUp(state, call, null, effects)
  return progressOf(dial, call, tellsHangups(state), effects)
}

function missedEffects(call: MyCall): readonly Effect[] {
  return isMissed(call)
    ? [
        { type: 'announce', what: 'call-missed', id: call.id },
      ]
    : []
}

function isMissed(call: MyCall): boolean {
  return call.direction === 'in' && (call.outcome === 'missed' || call.outcome === 'busy' || (call.outcome === 'voicemail' && !call.messageLeft && call.wish === null && call.sent === null))
}

function isForgettable(call: MyCall, dials: readonly Dial[]): boolean {
  const isAwaited = call.dial !== null && dials.some(dial => dial.id === call.dial && !isOver(dial))
  return call.closed && !isAwaited && call.alert !== 'shown' && (call.phase === 'over' || call.direction === null)
}

function keep<T>(items: readonly T[], test: (item: T) => boolean): readonly T[] {
  return items.every(test)
    ? items
    : items.filter(test)
}
