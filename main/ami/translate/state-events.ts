import type { DeviceState, PbxSnapshot, PresenceSnapshot } from '../../pbx/events.ts'
import type { Message } from '../wire/message.ts'
import type { EventTranslators } from './translator.ts'
import { callerOf } from './channel.ts'
import { given, integer } from './text.ts'
import { one } from './translator.ts'

/** In the order of their numbers. */
const DEVICE_STATES: readonly DeviceState[] = [
  'unknown',
  'not_inuse',
  'inuse',
  'busy',
  'invalid',
  'unavailable',
  'ringing',
  'ringinuse',
  'onhold',
]

type Listed<K extends 'extensions' | 'devices'> = NonNullable<PbxSnapshot[K]>[number]

export const stateEvents: EventTranslators = {
  extensionstatus: one((message, at) => {
    const extension = extensionOf(message)
    return extension && { type: 'extension.changed', ...extension, at }
  }),
  devicestatechange: one((message, at) => {
    const device = deviceOf(message)
    return device && { type: 'device.changed', ...device, at }
  }),
  /** Of an extension, whose provider stands behind the comma of its hint. */
  presencestatus: one((message, at) => {
    const state = given(message.get('Status'))
    return state === null
      ? null
      : {
          type: 'presence.changed',
          provider: message.get('Hint')?.split(',')[1] ?? '',
          exten: given(message.get('Exten')),
          context: given(message.get('Context')),
          state: state.toLowerCase(),
          subtype: given(message.get('Subtype')),
          message: given(message.get('Message')),
          at,
        }
  }),
  presencestatechange: one((message, at) => {
    const presence = presenceOf(message)
    return presence && { type: 'presence.changed', ...presence, at }
  }),
  peerstatus: one((message, at) => {
    const peer = given(message.get('Peer'))
    const status = message.get('PeerStatus')
    return peer === null || status === undefined
      ? null
      : { type: 'peer.changed', peer, status: status.toLowerCase(), cause: given(message.get('Cause')), at }
  }),
  /** PJSIP, 12 and later: one contact of a device; the name is that of its address of record. */
  contactstatus: one((message, at) => {
    const name = given(message.get('EndpointName')) ?? given(message.get('AOR'))
    const status = given(message.get('ContactStatus'))
    return name === null || status === null
      ? null
      : { type: 'peer.changed', peer: `PJSIP/${name}`, status: status.toLowerCase(), cause: null, at }
  }),
  messagewaiting: one((message, at) => {
    const box = given(message.get('Mailbox'))
    const waiting = integer(message.get('Waiting'))
    if (box === null || waiting === null)
      return null
    const isWaiting = waiting > 0
    return {
      type: 'mailbox.changed',
      mailbox: mailboxOf(box),
      waiting: isWaiting,
      // Up to 11 nothing more is said once nothing new waits.
      newMessages: integer(message.get('New')) ?? (isWaiting
        ? null
        : 0),
      oldMessages: integer(message.get('Old')),
      leftBy: given(message.get('Channel')) === null
        ? null
        : callerOf(message) ?? null,
      at,
    }
  }),
}

/** A `PresenceStateChange`: an event, or an item of `PresenceStateList`. */
export function presenceOf(message: Message): PresenceSnapshot | null {
  const provider = given(message.get('Presentity'))
  const state = given(message.get('Status'))
  return provider === null || state === null
    ? null
    : {
        provider,
        exten: null,
        context: null,
        state: state.toLowerCase(),
        subtype: given(message.get('Subtype')),
        message: given(message.get('Message')),
      }
}

/** `box@context`. */
export function mailboxOf(box: string): string {
  return box.includes('@')
    ? box
    : `${box}@default`
}

/** An event, an item of `ExtensionStateList` or the answer to `ExtensionState`. */
export function extensionOf(message: Message): Listed<'extensions'> | null {
  const exten = given(message.get('Exten'))
  const context = given(message.get('Context'))
  const bits = integer(message.get('Status'))
  const hint = message.get('Hint')
  return exten === null || context === null || bits === null
    ? null
    : {
        exten,
        context,
        bits,
        ...(hint !== undefined && { hint }),
      }
}

/** An event or an item of `DeviceStateList`. */
export function deviceOf(message: Message): Listed<'devices'> | null {
  const device = given(message.get('Device'))
  const word = message.get('State')?.toLowerCase()
  const state = DEVICE_STATES.find(one => one === word)
  return device === null || state === undefined
    ? null
    : { device, state }
}

/** The state of a queue member, which is the number of a device state. */
export function deviceStateOf(value: string | undefined): DeviceState | null {
  return DEVICE_STATES[integer(value) ?? -1] ?? null
}
