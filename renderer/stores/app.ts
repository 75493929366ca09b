import type { AppInfo, Preferences } from '#contract/settings.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useBridge, useFirstLook } from '../bridge/index.ts'

/** A mirror of what main says about the program itself: versions, profile, preferences. */
export const useAppStore = defineStore('app', () => {
  const bridge = useBridge()
  const firstLook = useFirstLook()
  const info = shallowRef<AppInfo | null>(null)
  const preferences = shallowRef<Preferences | null>(null)

  bridge.subscribe('app.info', (next) => { info.value = next })
  bridge.subscribe('preferences', (next) => { preferences.value = next })

  async function load(): Promise<void> {
    const [app, wishes] = await Promise.all([bridge.invoke('app.info'), bridge.invoke('preferences.get')])
    // What was pushed meanwhile is newer than the answer.
    if (app.ok)
      info.value ??= app.value
    if (wishes.ok)
      preferences.value ??= wishes.value
  }
  void load()

  return {
    info,
    preferences,
    /** Whether there is a server to talk to; null: not known yet. */
    configured: computed((): boolean | null => info.value?.configured ?? (firstLook === null ? null : true)),
    demo: computed(() => (info.value ?? firstLook)?.demo ?? false),
  }
})
