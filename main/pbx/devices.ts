import type { DeviceState } from './events.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'

/** What a registration says of a device: `Registered`, `Unreachable` … */
export function changePeer(state: PbxState, peer: string, status: string): PbxState {
  const reachable = /^(?:registered|reachable|lagged|created|updated|nonqualified|qualified)$/.test(status)
  const unreachable = /^(?:unregistered|unreachable|removed|rejected)$/.test(status)
  return reachable || unreachable
    ? withTables(state, {
        peers: state.peers.set(peer.toLowerCase(), reachable),
      })
    : state
}

export function changeDevice(state: PbxState, device: string, to: DeviceState): PbxState {
  return withTables(state, {
    devices: state.devices.set(device.toLowerCase(), to),
  })
}
