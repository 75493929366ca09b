import type { Ref } from 'vue'
import type { AdminTable, AdminTableName } from '#contract/admin.ts'
import { computed, onActivated, onDeactivated, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useCommand } from '../../../composables/useCommand.ts'
import { useAdminStore } from '../../../stores/admin.ts'

const EVERY_MS = 5000

/** One list of the server: asked for when it is shown and the session is there, again by hand, or by itself while wished. */
export function useTable(name: () => AdminTableName, of: () => string) {
  const admin = useAdminStore()
  const { failure, pending, run } = useCommand('admin.table')
  const table = shallowRef<AdminTable | null>(null)
  const isLive = ref(false)
  const isShown = ref(true)
  let asked = 0

  async function refresh(): Promise<void> {
    if (!admin.isOnline)
      return
    const mine = ++asked
    const next = await run({ table: name(), of: of() })
    // Whoever chose another queue meanwhile does not want this one any more.
    if (next !== null && mine === asked)
      table.value = next
  }

  watch([name, of], () => {
    table.value = null
    void refresh()
  })
  watch(() => admin.isOnline, refresh, { immediate: true })

  const timer = setInterval(() => {
    if (isLive.value && isShown.value && !pending.value && document.visibilityState === 'visible')
      void refresh()
  }, EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  onDeactivated(() => { isShown.value = false })
  onActivated(() => {
    if (!isShown.value)
      void refresh()
    isShown.value = true
  })
  return { table, failure, pending, isLive: isLive as Ref<boolean>, refresh, rows: computed(() => table.value?.rows ?? []) }
}
