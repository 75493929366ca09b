import type { SettingsStore } from './settings-store.ts'

/** The server that people see while they are in the demo office. */
export const DEMO_NAME = 'Demo office'

/** The same settings, but in the demo office until the person sets up a server; that of the stored settings is not touched. */
export function withDemo(store: SettingsStore): SettingsStore {
  let isForced = true
  return {
    get: () => isForced ? { ...store.get(), demo: true } : store.get(),
    update(change) {
      const stored = store.get()
      const next = change(isForced ? { ...stored, demo: true } : stored)
      if (isForced && next.demo) {
        store.update(() => ({ ...next, demo: stored.demo }))
        return
      }
      store.update(() => next)
      isForced = false
    },
  }
}
