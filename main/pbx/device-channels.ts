import type { Channel } from './channels.ts'
import type { DeviceName, Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'

/** Remembers which channels a device has, so that nobody looks through all of them. */
export function joinDevice(state: PbxState, { id, device }: Pick<Channel, 'id' | 'device'>): PbxState {
  const known = state.channelsOf.get(device) ?? []
  return known.includes(id)
    ? state
    : withTables(state, {
        channelsOf: state.channelsOf.set(device, [
          ...known,
          id,
        ]),
      })
}

export function leaveDevice(state: PbxState, { id, device }: Pick<Channel, 'id' | 'device'>): PbxState {
  const rest = state.channelsOf.get(device)?.filter(other => other !== id)
  if (!rest)
    return state
  return withTables(state, {
    channelsOf: rest.length > 0
      ? state.channelsOf.set(device, rest)
      : state.channelsOf.delete(device),
  })
}

export function moveDevice(state: PbxState, channel: Channel, to: DeviceName): PbxState {
  return channel.device === to
    ? state
    : joinDevice(leaveDevice(state, channel), { id: channel.id, device: to })
}

export function channelsOfDevice(state: PbxState, device: DeviceName): readonly Channel[] {
  return (state.channelsOf.get(device) ?? []).flatMap((id: Uniqueid) => state.channels.get(id) ?? [])
}
