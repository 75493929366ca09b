import type { DeskState } from './desk.ts'
import type { Dial } from './dial.ts'
import type { Effect } from './types.ts'
import { hangUp } from './desk-wishes.ts'
import { isOver, progressOf, startDial } from './dial.ts'
import { liveLegs } from './my-call.ts'
import { tellsHangups } from './outgoing.ts'
import { mapSame, patch } from './same.ts'

const MOST_DIALS = 20

/** The newest dial is the last one. */
export function beginDial(state: DeskState, asked: Parameters<typeof startDial>[0], isSecond: boolean, effects: Effect[]): DeskState {
  const { dial, effects: begun } = startDial(asked, state.config, { online: state.online, isSecondClick: isSecond })
  effects.push(...begun)
  const dials = [
    ...state.dials.filter(old => old.id !== asked.id && !(isOver(old) && old.state === 'failed')),
    dial,
  ].slice(-MOST_DIALS)
  return { ...state, dials }
}

export function cancelDial(state: DeskState, id: string, effects: Effect[]): DeskState {
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

export function followDial(before: DeskState, state: DeskState, dial: Dial, effects: Effect[]): Dial {
  const call = state.calls.find(one => one.dial === dial.id)
  const was = before.dials.find(one => one.id === dial.id)
  if (was === dial && before.calls.find(one => one.dial === dial.id) === call)
    return dial
  // Cancelled before its leg was known: hang up as soon as it is.
  if (dial.cancelled && was?.leg === null && dial.leg !== null && call)
    hangUp(state, call, null, effects)
  return progressOf(dial, call, tellsHangups(state), effects)
}

export function announced(dial: Dial, effects: Effect[]): Dial {
  if (dial.state === 'failed')
    effects.push({ type: 'announce', what: 'dial-failed', id: dial.id })
  return dial
}
