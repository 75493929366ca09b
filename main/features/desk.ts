import type { Channel } from '../pbx/channels.ts'
import type { PbxEvent } from '../pbx/events.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Act } from './acts/act.ts'
import type { Connect } from './connect.ts'
import type { Dial } from './dial.ts'
import type { Mine } from './mine.ts'
import type { MyCall } from './my-call.ts'
import type { Level } from './my-queues.ts'
import type { Person } from './people.ts'
import type { Reading } from './reading.ts'
import type { Recent } from './recents.ts'
import type { Todo } from './todo.ts'
import type { DeskConfig, DeskInput, Effect, ServerLimits } from './types.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { emptyPbx } from '../pbx/state.ts'
import { Table } from '../pbx/table.ts'
import { followConnects } from './connect.ts'
import { startPlan, takeAnswer } from './desk-acts.ts'
import { conclude } from './desk-conclude.ts'
import { beginDial, cancelDial } from './desk-dials.ts'
import { takeEvent } from './desk-events.ts'
import { READ_MS, takeTimer } from './desk-timers.ts'
import { changeCall, decline, hangUpCall, toVoicemail } from './desk-wishes.ts'
import { dialOfAct, isOver, isSecondClick } from './dial.ts'
import { mineOf } from './mine.ts'
import { liveLegs } from './my-call.ts'
import { followLevels } from './my-queues.ts'
import { NOT_READ } from './reading.ts'
import { keep, mapSame, patch } from './same.ts'

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

export interface Return { readonly channel: string, readonly lot: string, readonly space: string, readonly at: number }

interface Transfer { readonly call: string, readonly by: string, readonly at: number }

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
      : ringNoMore(state, conclude(state, next, input.at, effects), effects),
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
      return startPlan(state, input, effects, step)
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
      return hangUpCall(state, input.id, effects)
    case 'alert.decline':
      return decline(state, input.id, effects)
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

/** Somebody else was faster: whoever lifted my phone now would be with nobody. */
function ringNoMore(before: DeskState, state: DeskState, effects: Effect[]): DeskState {
  return state.acts.reduce((desk, act) => {
    if (act.state !== 'failed' || (act.kind !== 'retrieve' && act.kind !== 'pickup'))
      return desk
    const isNews = before.acts.some(one => one.id === act.id && one.state === 'asked')
    if (act.dial !== null)
      return isNews && !isWithSomebody(desk, dialOfAct(act.id)) ? cancelDial(desk, dialOfAct(act.id), effects) : desk
    const leg = desk.pbx.channels.get(act.id as Channel['id']) // the server takes our id for the channel
    if (leg && leg.state !== 'up' && (isNews || !before.pbx.channels.has(leg.id)))
      effects.push({ type: 'pbx.act', key: `act:${leg.id}`, action: { do: 'hangup', channel: leg.name, cause: null } })
    return desk
  }, state)
}

function isWithSomebody({ calls, pbx }: DeskState, dial: string): boolean {
  return calls.filter(call => call.dial === dial).flatMap(liveLegs).some((leg) => {
    const channel = pbx.channels.get(leg.id)
    return channel !== undefined && partnersOf(pbx, channel).length > 0
  })
}
