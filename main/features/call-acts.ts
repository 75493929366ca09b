import type { CallAct } from '#contract/tables.ts'
import type { Party } from '../pbx/events.ts'
import type { Planned } from './acts/planned.ts'
import type { ActRequest } from './acts/request.ts'
import type { Reached } from './consult.ts'
import type { DeskState } from './desk.ts'
import type { MyCall } from './my-call.ts'
import { extensionKey } from '../pbx/extensions.ts'
import { secondCallOf } from './acts/plan-call.ts'
import { planAct } from './acts/plan.ts'
import { isRefusal } from './acts/planned.ts'
import { consultOf, talkingLeg } from './consult.ts'
import { liveLegs } from './my-call.ts'

/** A number that is nobody's: what can be done does not hang on it. */
const SOMEBODY = { number: '\u0000', name: null } as const

/** What can be done with a call now: what would be planned and not refused, in the order of the buttons. */
export function actsOn(desk: DeskState, call: MyCall): readonly CallAct[] {
  const probes: readonly (readonly [CallAct, ActRequest])[] = [
    ['hangup', { kind: 'hangup', call: call.id }],
    ['complete', { kind: 'complete', call: call.id }],
    ['swap', { kind: 'swap', call: call.id }],
    ['cancelConsult', { kind: 'cancelConsult', call: call.id }],
    ['blind', { kind: 'blind', call: call.id, ...SOMEBODY }],
    ['consult', { kind: 'consult', call: call.id, ...SOMEBODY }],
    ['voicemail', { kind: 'voicemail', call: call.id, ...SOMEBODY }],
    ['conference', { kind: 'conference', call: call.id }],
    ['park', { kind: 'park', call: call.id, lot: null, forWhom: null }],
    ['dtmf', { kind: 'dtmf', call: call.id, digits: '1' }],
    ['record', { kind: 'record', call: call.id, do: 'start' }],
    ['mute', { kind: 'mute', call: call.id, on: !call.muted }],
    ['timeout', { kind: 'timeout', call: call.id, seconds: 60 }],
  ]
  const can = probes.filter(([, request]) => isOffered(planAct({ ...desk, online: true }, request, 'probe'))).map(([act]) => act)
  const here = talkingLeg(desk.pbx, call)?.device
  const elsewhere = desk.config.devices.find(device => device.toLowerCase() !== here)
  return elsewhere !== undefined && !isRefusal(planAct({ ...desk, online: true }, { kind: 'move', call: call.id, device: elsewhere }, 'probe'))
    ? [...can, 'move']
    : can
}

/** Another lot may have room, and in a moment this one: whoever presses the button is told. */
function isOffered(planned: Planned): boolean {
  return !isRefusal(planned) || planned.refused === 'lot-full'
}

/** The second call of an attended transfer: Asterisk's own, or one that I have dialled while this one is on hold. */
export function secondOf(desk: DeskState, call: MyCall): { readonly to: Party | null, readonly state: Reached } | null {
  const leg = talkingLeg(desk.pbx, call)
  if (call.consult && leg)
    return named(desk, consultOf(desk.pbx, desk.mine, call, leg))
  const second = call.heldBy === 'me' ? secondCallOf(desk, call) : null
  if (!second)
    return null
  return {
    to: second.peer,
    state: second.answeredAt !== null ? 'up' : second.far.some(far => far.rang && !far.gone) || liveLegs(second).some(one => one.state === 'ringing') ? 'ringing' : 'calling',
  }
}

/** Whose phone never rang has told no name. */
function named<Second extends { readonly to: Party | null }>({ config, people }: DeskState, second: Second | null): Second | null {
  return second?.to?.number && second.to.name === null
    ? { ...second, to: { ...second.to, name: people.get(extensionKey(second.to.number, config.hintContext))?.name ?? null } }
    : second
}
