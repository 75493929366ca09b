import type { PacketView, TraceFilter, TracePage } from '#contract/admin.ts'
import type { Failure } from '#contract/result.ts'
import { computed, onActivated, onDeactivated, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useBridge } from '../../../bridge/index.ts'
import { useAdminStore } from '../../../stores/admin.ts'

/** Packets of one page; never more than three pages are held. */
const PAGE = 120
const HELD = 3
const SHORTEST_MS = 250
/** A filter that makes main work long is asked for less often. */
const REST = 4

interface Sheet { readonly before: number | null, readonly packets: readonly PacketView[] }

/**
 * A window onto a trace of any length: at the end it follows what arrives, elsewhere it stands still and pages by the numbers
 * of the packets.
 */
export function useTracePages(filter: () => TraceFilter) {
  const bridge = useBridge()
  const admin = useAdminStore()
  const sheets = shallowRef<readonly Sheet[]>([])
  /** Beginnings of the pages below what is held, nearest last. */
  let below: (number | null)[] = []
  const facts = shallowRef<Omit<TracePage, 'packets'>>({ matching: 0, total: 0, names: [] })
  const failure = shallowRef<Failure | null>(null)
  const isFollowing = ref(true)
  const hasOlder = ref(false)
  const hasNewer = ref(false)
  let isAway = false
  let isBusy = false
  let isBehind = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let era = 0

  async function ask(before: number | null): Promise<Sheet | null> {
    const mine = era
    const result = await bridge.invoke('admin.trace.page', { filter: { ...filter(), names: [...filter().names] }, before, limit: PAGE })
    if (mine !== era)
      return null
    if (!result.ok) {
      failure.value = result.error
      return null
    }
    failure.value = null
    const { packets, ...rest } = result.value
    facts.value = rest
    return { before, packets }
  }

  /** The end of the trace, as it is now. */
  async function tail(): Promise<void> {
    isBehind = false
    isBusy = true
    const from = performance.now()
    const sheet = await ask(null)
    isBusy = false
    if (sheet && isFollowing.value) {
      const old = sheets.value.at(-1)?.packets
      // Nothing new: nothing is drawn again.
      if (sheets.value.length !== 1 || old?.length !== sheet.packets.length || old.at(-1)?.id !== sheet.packets.at(-1)?.id || old[0]?.id !== sheet.packets[0]?.id)
        sheets.value = [sheet]
      below = []
      hasNewer.value = false
      hasOlder.value = sheet.packets.length === PAGE
    }
    timer = setTimeout(() => {
      timer = undefined
      if (isBehind)
        schedule()
    }, Math.max(SHORTEST_MS, REST * (performance.now() - from)))
  }

  function schedule(): void {
    isBehind = true
    if (timer === undefined && !isBusy && !isAway)
      void tail()
  }

  /** Answers how many rows came before what was shown, and how many went from there. */
  async function older(): Promise<{ readonly added: number }> {
    const first = sheets.value[0]?.packets[0]
    if (isBusy || !hasOlder.value || !first)
      return { added: 0 }
    stay()
    isBusy = true
    const sheet = await ask(first.id)
    isBusy = false
    if (!sheet)
      return { added: 0 }
    const all = [sheet, ...sheets.value]
    below.push(...all.slice(HELD).map(each => each.before).reverse())
    sheets.value = all.slice(0, HELD)
    hasNewer.value = below.length > 0
    hasOlder.value = sheet.packets.length === PAGE
    return { added: sheet.packets.length }
  }

  /** Answers how many rows went from above. */
  async function newer(): Promise<{ readonly removed: number }> {
    if (isBusy)
      return { removed: 0 }
    const before = below.at(-1)
    if (before === undefined)
      return { removed: 0 }
    isBusy = true
    const sheet = await ask(before)
    isBusy = false
    if (!sheet)
      return { removed: 0 }
    below = below.slice(0, -1)
    const all = [...sheets.value, sheet]
    const removed = all.length > HELD ? all[0]?.packets.length ?? 0 : 0
    sheets.value = all.slice(-HELD)
    hasNewer.value = below.length > 0
    hasOlder.value ||= removed > 0
    return { removed }
  }

  /** What is shown stands still from here, also the page that grew until now. */
  function stay(): void {
    if (!isFollowing.value)
      return
    isFollowing.value = false
    const last = sheets.value.at(-1)
    const end = last?.packets.at(-1)
    if (last && end)
      sheets.value = [...sheets.value.slice(0, -1), { ...last, before: end.id + 1 }]
  }

  function follow(): void {
    isFollowing.value = true
    schedule()
  }

  /** The trace or the filter is another one. */
  function restart(): void {
    era += 1
    isBusy = false
    isFollowing.value = true
    sheets.value = []
    below = []
    clearTimeout(timer)
    timer = undefined
    schedule()
  }

  watch(filter, restart, { deep: true })
  watch(() => [admin.status?.trace.source, admin.status?.trace.file], restart)
  watch(() => admin.traceRev, schedule)
  onDeactivated(() => { isAway = true })
  onActivated(() => {
    isAway = false
    schedule()
  })
  onScopeDispose(() => {
    isAway = true
    clearTimeout(timer)
  })
  schedule()

  return { packets: computed(() => sheets.value.flatMap(sheet => sheet.packets)), facts, failure, isFollowing, hasOlder, hasNewer, older, newer, stay, follow, restart }
}
