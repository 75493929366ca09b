import type { Failure } from '#contract/result.ts'
import type { PbxEvent } from '../pbx/events.ts'
import type { CallId } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Dial } from './dial.ts'
import type { Sight } from './follow.ts'
import type { Mine } from './mine.ts'
import type { MyCall } from './my-call.ts'
import type { Recent } from './recents.ts'
import type { DeskConfig, DeskInput, Effect } from './types.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { findChannel } from '../pbx/channels.ts'
import { mentions } from '../pbx/mentions.ts'
import { reduce } from '../pbx/reduce.ts'
import { emptyPbx } from '../pbx/state.ts'
import { dialKey, dialOfLeg, failed, isOver, progressOf, startDial } from './dial.ts'
import { gather } from './evidence.ts'
import { adopt, followName, inCall, refresh, seen, unite } from './follow.ts'
import { isMine, mineOf, showsMyself } from './mine.ts'
import { liveLegs } from './my-call.ts'
import { isAnswered, outcomeOfOutgoing } from './outgoing.ts'
import { recordCall, recordDial } from './recents.ts'
import { mapSame, patch } from './same.ts'
import { legTimers, lingerEffects, standIncoming, waited } from './screen-pop.ts'
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
}

interface Transfer { readonly call: string, readonly by: string, readonly at: number }

/** My phone was lifted and the dialplan rings nobody: an application of the PBX speaks. */
const APPLICATION_MS = 3000
/** Dial end, hang-up and cause come in any order. */
const SETTLE_MS = 300
const MOST_DIALS = 20

export function createDesk(config: DeskConfig): DeskState {
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
  }
}

/** What the desk knows after an input, and what is to be done about it; nothing is done here. */
export function step(state: DeskState, input: DeskInput): { readonly state: DeskState, readonly effects: readonly Effect[] } {
  const effects: Effect[] = []
  const next = take(state, input, effects)
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
      return input.error === null
        ? state
        : takeFailure(state, input.key, input.error, effects)
    case 'configured':
      return configure(state, input.config, input.at, effects)
    case 'link':
      return patch(state, { online: input.online })
    case 'dial': {
      const { dial, effects: asked } = startDial(input, state.config, state)
      effects.push(...asked)
      const dials = [
        ...state.dials.filter(old => old.id !== input.id && !(isOver(old) && old.state === 'failed')),
        dial,
      ].slice(-MOST_DIALS)
      return {
        ...state,
        dials,
        lastDialAt: asked.length > 0
          ? input.at
          : state.lastDialAt,
      }
    }
    case 'dial.cancel':
      return cancelDial(state, input.id, effects)
    case 'dial.dismiss':
      return patch(state, {
        dials: keep(state.dials, dial => dial.id !== input.id || !isOver(dial)),
      })
    case 'call.hangup':
      return changeCall(state, input.id, (call) => {
        hangUp(call, null, effects)
        return patch(call, {
          wish: call.answeredAt === null
            ? 'hangup'
            : call.wish,
        })
      })
    case 'alert.decline':
      return changeCall(state, input.id, (call) => {
        hangUp(call, 21, effects)
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
  let next = patch(state, { pbx })
  if (event.type === 'originate.finished') {
    return {
      ...next,
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
  next = gather(sight, next, event)
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

function concerns(sight: Sight, call: MyCall, id: string): boolean {
  return call.root === id || call.legs.some(leg => leg.id === id) || call.far.some(leg => leg.id === id) || inCall(sight, call.call, id)
}

function adoptLegs(sight: Sight, state: DeskState, event: PbxEvent): DeskState {
  const named = event.type === 'pbx.replaced'
    ? sight.pbx.channels.values()
    : mentions(event).flatMap(said => findChannel(sight.pbx, said) ?? [])
  let { calls, dials } = state
  for (const channel of named) {
    if (!isMine(state.mine, channel))
      continue
    const dial = dialOfLeg(sight.pbx, dials, channel)
    if (dial !== null && dial.leg !== channel.id) {
      dials = mapSame(dials, one => one === dial
        ? patch(one, { leg: channel.id })
        : one)
    }
    if (dial === null)
      [calls, dials] = release(sight.pbx, calls, dials, channel.id)
    calls = adopt(sight, calls, channel, dial === null
      ? null
      : { dial: dial.id, number: dial.number, name: dial.name }, id => freeId(state, calls, id))
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
        ? decide(state.pbx, call, at, effects)
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

function decide(pbx: PbxState, call: MyCall, at: number, effects: Effect[]): MyCall {
  return call.direction === 'out'
    ? patch(call, {
        phase: 'over',
        outcome: outcomeOfOutgoing(call),
      })
    : standIncoming(pbx, call, at, true, effects)
}

function takeFailure(state: DeskState, key: string, error: Failure, effects: Effect[]): DeskState {
  return patch(state, {
    // A leg that is there speaks for itself, whatever became of the answer.
    dials: mapSame(state.dials, dial => dialKey(dial.id) === key && dial.leg === null && !isOver(dial)
      ? announced({
          ...dial,
          state: dial.cancelled ? 'cancelled' : 'failed',
          error,
        }, effects)
      : dial),
    calls: mapSame(state.calls, call => key.startsWith('act:') && liveLegs(call).some(leg => key === `act:${leg.id}`)
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
  if (sameLine)
    return { ...state, config }
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
    hangUp(call, 17, effects)
  }
  return patch(call, { wish: 'voicemail' })
}

function hangUp(call: MyCall, cause: number | null, effects: Effect[]): void {
  for (const leg of liveLegs(call)) {
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
  let { recents } = state
  for (const call of stood) {
    if (call !== old.get(call.id))
      recents = recordCall(recents, call)
  }
  for (const dial of dials) {
    if (isOver(dial) && dial.error?.code !== 'dial-too-fast' && !stood.some(call => call.dial === dial.id) && !isOver(before.dials.find(one => one.id === dial.id) ?? { ...dial, state: 'asking' }))
      recents = recordDial(recents, dial)
  }
  const calls = keep(stood, call => !isForgettable(call, dials))
  for (const call of stood) {
    if (call.closed && !old.get(call.id)?.closed)
      effects.push(...missedEffects(call))
    else if (call.closed && old.get(call.id)?.outcome === null)
      effects.push(...missedEffects(call))
  }
  return patch(state, { calls, dials, recents })
}

function stand(state: DeskState, was: MyCall | undefined, call: MyCall, at: number, effects: Effect[]): MyCall {
  for (const leg of call.legs)
    effects.push(...legTimers(was?.legs.find(one => one.id === leg.id), leg))
  const next = call.direction === 'out'
    ? standOutgoing(state.pbx, call, at, effects)
    : call.direction === 'in'
      ? standIncoming(state.pbx, call, at, false, effects)
      : call
  effects.push(...lingerEffects(was, next, state.config.popupLingerMs))
  return next
}

function standOutgoing(pbx: PbxState, call: MyCall, at: number, effects: Effect[]): MyCall {
  const live = liveLegs(call)
  const up = live.find(leg => leg.state === 'up')
  const alert = call.alert === 'shown'
    ? 'gone' as const
    : call.alert
  if (live.length === 0) {
    if (call.phase === 'over' || call.phase === 'deciding') {
      return call.phase === 'over'
        ? patch(call, {
            outcome: outcomeOfOutgoing(call),
          })
        : call
    }
    effects.push({ type: 'timer.start', key: `decide:${call.id}`, delayMs: SETTLE_MS })
    return patch(call, { phase: 'deciding', alert })
  }
  if (!up)
    return patch(call, { alert })
  const channel = pbx.channels.get(up.id)
  const talks = call.far.some(isAnswered) || (channel !== undefined && partnersOf(pbx, channel).length > 0) || (up.role !== 'own' && call.far.length === 0)
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
    hangUp(call, null, effects)
  return progressOf(dial, call, effects)
}

function missedEffects(call: MyCall): readonly Effect[] {
  const missed = call.outcome === 'missed' || call.outcome === 'busy' || (call.outcome === 'voicemail' && !call.messageLeft && call.wish === null)
  return call.direction === 'in' && missed
    ? [
        { type: 'announce', what: 'call-missed', id: call.id },
      ]
    : []
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
