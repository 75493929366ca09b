import type { Channel } from './channels.ts'
import type { DeviceName, Uniqueid } from './ids.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'
import { Table } from './table.ts'

/** Remembers which channels a device has, so that nobody looks through all of them; a trunk may have thousands. */
export function joinDevice(state: PbxState, { id, device }: Pick<Channel, 'id' | 'device'>): PbxState {
  const known = state.channelsOf.get(device) ?? Table.empty<Uniqueid, true>()
  return known.has(id)
    ? state
    : withTables(state, { channelsOf: state.channelsOf.set(device, known.set(id, true)) })
}

export function leaveDevice(state: PbxState, { id, device }: Pick<Channel, 'id' | 'device'>): PbxState {
  const rest = state.channelsOf.get(device)?.delete(id)
  if (!rest)
    return state
  return withTables(state, {
    channelsOf: rest.size > 0
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
  return (state.channelsOf.get(device)?.keys() ?? []).flatMap(id => state.channels.get(id) ?? [])
}
