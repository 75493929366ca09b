import type { AdminBridge, AdminStart } from './admin-bridge.ts'
import type { OpenWindow } from './mount-window.ts'
import { vi } from 'vitest'
import { systemClock } from '../../main/clock.ts'
import adminTexts from '../../renderer/locales/en-admin.json'
import AdminApp from '../../renderer/windows/admin/App.vue'
import { createAdminBridge } from './admin-bridge.ts'
import { mountWindow } from './mount-window.ts'
import { NOON } from './rows.ts'

/** The administration window on a session that is online; `prepare` says what the server tells before the window asks. */
export async function openAdmin(start: Partial<AdminStart> = {}, prepare: (bridge: AdminBridge) => void = () => {}): Promise<OpenWindow & { readonly bridge: AdminBridge }> {
  vi.useFakeTimers({ now: NOON })
  const bridge = createAdminBridge({ clock: systemClock, ...start })
  prepare(bridge)
  return { ...await mountWindow(AdminApp, bridge, { texts: adminTexts }), bridge }
}
