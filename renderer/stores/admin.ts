import type { AdminStatus, CatalogAction } from '#contract/admin.ts'
import type { OutputOf } from '#contract/command.ts'
import type { Commands } from '#contract/commands.ts'
import type { Failure } from '#contract/result.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../bridge/index.ts'

type Catalog = OutputOf<Commands['admin.catalog']>

/** A mirror of what main says about the administration session: its state, what the server and the account offer, how long the trace is. */
export const useAdminStore = defineStore('admin', () => {
  const bridge = useBridge()
  const status = shallowRef<AdminStatus | null>(null)
  const catalog = shallowRef<Catalog>({ actions: [], events: [] })
  /** Why main did not even try. */
  const refusal = shallowRef<Failure | null>(null)
  const isOpening = shallowRef(false)
  /** Counts up whenever packets have arrived or the trace became another one. */
  const traceRev = shallowRef(0)

  bridge.subscribe('admin.status', (next) => { status.value = next })
  bridge.subscribe('admin.trace.grew', () => { traceRev.value += 1 })

  const isOnline = computed(() => status.value?.state === 'online')
  const byName = computed(() => new Map(catalog.value.actions.map(action => [action.name.toLowerCase(), action])))

  async function open(): Promise<void> {
    isOpening.value = true
    refusal.value = null
    const result = await bridge.invoke('admin.open').finally(() => { isOpening.value = false })
    if (result.ok)
      status.value = result.value
    else
      refusal.value = result.error
  }

  async function readCatalog(): Promise<void> {
    const result = await bridge.invoke('admin.catalog')
    if (result.ok)
      catalog.value = result.value
    else
      refusal.value = result.error
  }
  // Forms are worth reading without a server too; a server adds what it knows and allows.
  watch(isOnline, readCatalog, { immediate: true })

  /** Takes the answer of a command that changes the trace. */
  function took(next: AdminStatus): void {
    status.value = next
    traceRev.value += 1
  }

  return {
    status,
    catalog,
    refusal,
    isOpening,
    isOnline,
    traceRev,
    open,
    took,
    action: (name: string): CatalogAction | undefined => byName.value.get(name.toLowerCase()),
  }
})
