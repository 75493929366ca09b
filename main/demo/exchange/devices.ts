import type { Channel } from './channel.ts'

export type DeviceState = 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD' | 'INVALID'

/** What the channels of a device say together. */
export function deviceStateOf(channels: readonly Channel[]): DeviceState {
  const rings = channels.some(({ state }) => state === 5)
  const talks = channels.some(({ state }) => state === 4 || state === 6)
  if (rings) {
    return talks
      ? 'RINGINUSE'
      : 'RINGING'
  }
  if (!talks)
    return 'NOT_INUSE'
  return channels.every(({ held, state }) => held || state === 0)
    ? 'ONHOLD'
    : 'INUSE'
}

const EXTENSION_STATES: Readonly<Record<DeviceState, readonly [status: number, text: string]>> = {
  NOT_INUSE: [0, 'Idle'],
  INUSE: [1, 'InUse'],
  BUSY: [2, 'Busy'],
  UNAVAILABLE: [4, 'Unavailable'],
  RINGING: [8, 'Ringing'],
  RINGINUSE: [9, 'InUse&Ringing'],
  ONHOLD: [16, 'Hold'],
  INVALID: [4, 'Unavailable'],
}

export const extensionStateOf = (device: DeviceState): readonly [status: number, text: string] => EXTENSION_STATES[device]

/** As queue members count it. */
const MEMBER_STATES: Readonly<Record<DeviceState, number>> = {
  NOT_INUSE: 1,
  INUSE: 2,
  BUSY: 3,
  UNAVAILABLE: 5,
  RINGING: 6,
  RINGINUSE: 7,
  ONHOLD: 8,
  INVALID: 4,
}

const CHANNEL_STATES: readonly DeviceState[] = ['NOT_INUSE', 'INUSE', 'BUSY', 'UNAVAILABLE', 'RINGING', 'RINGINUSE', 'ONHOLD', 'INVALID']
export const isDeviceState = (text: string): text is DeviceState => (CHANNEL_STATES as readonly string[]).includes(text)

/** As people read it in lists. */
const DEVICE_TEXTS: Readonly<Record<DeviceState, string>> = {
  NOT_INUSE: 'Not in use',
  INUSE: 'In use',
  BUSY: 'Busy',
  UNAVAILABLE: 'Unavailable',
  RINGING: 'Ringing',
  RINGINUSE: 'Ring+Inuse',
  ONHOLD: 'On Hold',
  INVALID: 'Invalid',
}

export const deviceTextOf = (device: DeviceState): string => DEVICE_TEXTS[device]
export const memberStateOf = (device: DeviceState): number => MEMBER_STATES[device]
