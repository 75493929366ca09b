import type { ErrorCode } from '#contract/result.ts'
import type { DeskState } from './desk.ts'
import type { DeskInput, Effect } from './types.ts'
import { Table } from '../pbx/table.ts'
import { mineOf } from './mine.ts'
import { defaultOffice } from './office-config.ts'

/** A click-to-dial for a colleague, seen from their desk: it goes there as mine go here, and is kept only while the act is open. */
export interface Connect { readonly act: string, readonly desk: DeskState }

/** Whose phone rings, and what is dialled once it is lifted. */
export interface ConnectPlan {
  readonly phone: string
  readonly exten: string
  readonly number: string
  readonly display: string
  readonly name: string | null
}

/** The desk takes a step; passed on, for a desk knows of connects and not the other way round. */
export type Step = (state: DeskState, input: DeskInput) => { readonly state: DeskState, readonly effects: readonly Effect[] }

/** What it means when it is said of the phone of somebody else. */
const OF_THEIRS: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  'no-phone': 'person-no-phone',
  'phone-busy': 'person-phone-busy',
  'phone-no-answer': 'person-phone-no-answer',
  'phone-declined': 'person-phone-declined',
  'phone-unreachable': 'person-phone-unreachable',
}

/** Rings the phone of a colleague, as if they had clicked. */
export function startConnect(state: DeskState, act: string, { phone, exten, ...what }: ConnectPlan, at: number, effects: Effect[], step: Step): readonly Connect[] {
  const config = { ...state.config, extension: exten, devices: [phone], mailboxes: [], popupLingerMs: 0, office: defaultOffice }
  const theirs: DeskState = {
    ...state,
    config,
    mine: mineOf(config),
    calls: [],
    dials: [],
    recents: [],
    lastDialAt: null,
    transfers: [],
    acts: [],
    people: Table.empty(),
    watched: [],
    queueLevels: {},
    todos: [],
    returns: [],
    connects: [],
  }
  return [...state.connects, taken({ act, desk: theirs }, { kind: 'dial', id: act, ...what, at }, effects, step)]
}

/** What an input means at the desks of those who are being connected. */
export function followConnects({ acts, connects, pbx }: DeskState, input: DeskInput, effects: Effect[], step: Step): readonly Connect[] {
  if (connects.length === 0)
    return connects
  const open = connects.filter(({ act }) => acts.some(({ id, state }) => id === act && state === 'asked'))
  const followed = open.map((connect) => {
    const said = asToldThere(connect.act, input)
    const next = said === null ? connect : taken(connect, said, effects, step)
    // The same server: one copy is enough.
    return next.desk.pbx === pbx ? next : { ...next, desk: { ...next.desk, pbx } }
  })
  return followed.length === connects.length && followed.every((connect, index) => connect === connects[index])
    ? connects
    : followed
}

/** How far it has come; null: there is no such act. */
export function connectOf({ connects }: DeskState, act: string): DeskState['dials'][number] | null {
  return connects.find(connect => connect.act === act)?.desk.dials.find(dial => dial.id === act) ?? null
}

export function whyNotConnected(code: ErrorCode): ErrorCode {
  return OF_THEIRS[code] ?? code
}

function taken(connect: Connect, input: DeskInput, effects: Effect[], step: Step): Connect {
  const next = step(connect.desk, input)
  effects.push(...next.effects.flatMap(effect => asToldHere(connect.act, effect)))
  return next.state === connect.desk ? connect : { ...connect, desk: next.state }
}

const timersOf = (act: string): string => `connect:${act}:`

function asToldThere(act: string, input: DeskInput): DeskInput | null {
  switch (input.kind) {
    case 'pbx': case 'done': case 'link': case 'server':
      return input
    case 'timer':
      return input.key.startsWith(timersOf(act)) ? { ...input, key: input.key.slice(timersOf(act).length) } : null
    default:
      return null
  }
}

/** Nothing is announced, read or remembered for somebody else. */
function asToldHere(act: string, effect: Effect): readonly Effect[] {
  switch (effect.type) {
    case 'pbx.act':
      return [effect]
    case 'timer.start': case 'timer.stop':
      return [{ ...effect, key: timersOf(act) + effect.key }]
    default:
      return []
  }
}
