import type { ShallowRef } from 'vue'
import type { PacketView } from '#contract/admin.ts'
import { getCurrentInstance, onActivated, onDeactivated, onScopeDispose, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/index.ts'
import { useAdminStore } from '../../stores/admin.ts'

/** A busy server must not keep main from its work: after an answer that took long the next question waits longer. */
const REST = 4
const SHORTEST_MS = 250

/** The newest packets of these names in the live trace, kept up while whoever asked is shown. */
export function useTraceTail(names: readonly string[], limit: number, shortestMs = SHORTEST_MS): { readonly packets: ShallowRef<readonly PacketView[]> } {
  const bridge = useBridge()
  const admin = useAdminStore()
  const packets = shallowRef<readonly PacketView[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAway = false
  let isBehind = false

  async function look(): Promise<void> {
    isBehind = false
    const from = performance.now()
    const result = await bridge.invoke('admin.trace.page', { filter: { names: [...names], text: '', channel: '', linkedid: '', direction: 'in' }, before: null, limit })
    if (result.ok && admin.status?.trace.source === 'live' && result.value.packets.at(-1)?.id !== packets.value.at(-1)?.id)
      packets.value = result.value.packets
    timer = setTimeout(() => {
      timer = undefined
      if (isBehind)
        schedule()
    }, Math.max(shortestMs, REST * (performance.now() - from)))
  }

  function schedule(): void {
    isBehind = true
    if (timer === undefined && !isAway)
      void look()
  }

  watch(() => admin.traceRev, schedule)
  if (getCurrentInstance()) {
    onDeactivated(() => { isAway = true })
    onActivated(() => {
      isAway = false
      schedule()
    })
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    isAway = true
  })
  return { packets }
}
