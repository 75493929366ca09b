import type { Presence } from '../exchange/states.ts'
import type { Answers } from './action.ts'
import { CONTEXT, HINTS } from '../office.ts'
import { facts, failure, list } from './answer.ts'

export const stateActions = {
  ExtensionState(request, { exchange: { states } }) {
    const exten = request.get('Exten')
    const context = request.get('Context') || 'default'
    if (exten === '')
      return failure('Extension not specified')
    const hint = states.hintOf(exten)
    // The dialplan includes the hints into the context that people dial in.
    const isThere = hint && [hint.context, ...hint.context === HINTS ? [CONTEXT] : []].includes(context)
    return facts([
      ['Message', 'Extension Status'],
      ...isThere
        ? states.hintHeaders({ ...hint, context })
        : [
            ['Exten', exten],
            ['Context', context],
            ['Hint', ''],
            ['Status', -1],
            ['StatusText', 'Unknown'],
          ] as const,
    ])
  },

  ExtensionStateList: (_, { exchange: { states } }) => list('Extension Statuses will follow', states.hints.map(hint => ({
    event: 'ExtensionStatus',
    headers: states.hintHeaders(hint),
  })), 'ExtensionStateListComplete'),

  DeviceStateList: (_, { exchange: { states } }) => list('Device State Changes will follow', states.devices.map(([device, state]) => ({
    event: 'DeviceStateChange',
    headers: [
      ['Device', device],
      ['State', state],
    ],
  })), 'DeviceStateListComplete'),

  PresenceState(request, { exchange: { states } }) {
    const provider = request.get('Provider')
    if (provider === '')
      return failure('No provider specified')
    const presence = states.presenceOf(provider)
    return facts([
      ['Message', 'Presence State'],
      ['State', presence?.status ?? 'not_set'],
      ...presence === null
        ? []
        : detailsOf(presence),
    ])
  },

  PresenceStateList: (_, { exchange: { states } }) => list('Presence State Changes will follow', states.presences.map(([presentity, { status, subtype, message }]) => ({
    event: 'PresenceStateChange',
    headers: [
      ['Presentity', presentity],
      ['Status', status],
      ['Subtype', subtype],
      ['Message', message],
    ],
  })), 'PresenceStateListComplete'),
} as const satisfies Answers

function detailsOf({ subtype, message }: Presence): readonly (readonly [string, string])[] {
  return [
    ['Subtype', subtype],
    ['PresenceMessage', message],
  ]
}
