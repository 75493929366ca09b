import type { Channel } from './channel.ts'

export type DeviceState = 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE'

/** What the channels of a device say together. */
export function deviceStateOf(channels: readonly Channel[]): DeviceState {
  const rings = channels.some(({ state }) => state === 5)
  const talks = channels.some(({ state }) => state === 4 || state === 6)
  if (rings) {
    return talks
      ? 'RINGINUSE'
      : 'RINGING'
  }
  return talks
    ? 'INUSE'
    : 'NOT_INUSE'
}

const EXTENSION_STATES: Readonly<Record<DeviceState, readonly [status: number, text: string]>> = {
  NOT_INUSE: [0, 'Idle'],
  INUSE: [1, 'InUse'],
  BUSY: [2, 'Busy'],
  UNAVAILABLE: [4, 'Unavailable'],
  RINGING: [8, 'Ringing'],
  RINGINUSE: [9, 'InUse&Ringing'],
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
}

export const memberStateOf = (device: DeviceState): number => MEMBER_STATES[device]
