import type { DeviceState } from './events.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'

export function changeDevice(state: PbxState, device: string, to: DeviceState): PbxState {
  return withTables(state, {
    devices: state.devices.set(device.toLowerCase(), to),
  })
}
