import type { Act } from './acts/act.ts'
import type { DeskState } from './desk.ts'
import type { Dial } from './dial.ts'
import type { MyCall } from './my-call.ts'
import type { Effect } from './types.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { judgeActs } from './acts/acts.ts'
import { followDial } from './desk-dials.ts'
import { isOver } from './dial.ts'
import { isRungByProgram } from './mine.ts'
import { liveLegs } from './my-call.ts'
import { isAnswered, outcomeOfOutgoing, tellsHangups } from './outgoing.ts'
import { recordCall, recordDial } from './recents.ts'
import { keep, mapSame, patch } from './same.ts'
import { legTimers, lingerEffects, standIncoming, standUnsent } from './screen-pop.ts'
import { settleTodos, todoOfCall } from './todo.ts'

/** My phone was lifted and the dialplan rings nobody: an application of the PBX speaks. */
const APPLICATION_MS = 3000
/** Dial end, hang-up and cause come in any order. */
const SETTLE_MS = 300

/** What follows from the facts, for every call that changed: where it stands, its popup, its row, its dial. */
export function conclude(before: DeskState, state: DeskState, at: number, effects: Effect[]): DeskState {
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
  const talks = call.far.some(isAnswered) || (channel !== undefined && partnersOf(state.pbx, channel).length > 0) || (up.role !== 'own' && !isRungByProgram(up.id) && call.far.every(leg => leg.gone))
  if (!talks && call.phase === 'pending')
    effects.push({ type: 'timer.start', key: `application:${call.id}`, delayMs: APPLICATION_MS })
  return patch(call, { phase: 'up', alert, answeredAt: call.answeredAt ?? (talks ? at : null) })
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
