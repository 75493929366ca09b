import type { DeskState } from './desk.ts'
import type { MyCall } from './my-call.ts'
import type { Effect } from './types.ts'
import { endsOf } from './agent-call.ts'
import { liveLegs } from './my-call.ts'
import { mapSame, patch } from './same.ts'

/** Ends a call of mine; a ringing one is then declined, not missed. */
export function hangUpCall(state: DeskState, id: string, effects: Effect[]): DeskState {
  return changeCall(state, id, (call) => {
    hangUp(state, call, null, effects)
    return patch(call, {
      wish: call.answeredAt === null
        ? 'hangup'
        : call.wish,
    })
  })
}

/** Declines a call that rings me. */
export function decline(state: DeskState, id: string, effects: Effect[]): DeskState {
  return changeCall(state, id, (call) => {
    hangUp(state, call, 21, effects)
    return patch(call, { wish: 'decline' })
  })
}

export function toVoicemail(state: DeskState, call: MyCall, effects: Effect[]): MyCall {
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

export function hangUp(state: DeskState, call: MyCall, cause: number | null, effects: Effect[]): void {
  for (const leg of endsOf(state, call)) {
    effects.push({
      type: 'pbx.act',
      key: `act:${leg.id}`,
      action: { do: 'hangup', channel: leg.name, cause },
    })
  }
}

export function changeCall(state: DeskState, id: string, change: (call: MyCall) => MyCall): DeskState {
  return patch(state, {
    calls: mapSame(state.calls, call => call.id === id
      ? change(call)
      : call),
  })
}
