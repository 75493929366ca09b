import type { Ref } from 'vue'
import { computed, ref } from 'vue'
import { usePbxStore } from '../stores/pbx.ts'

export const tabs = ['now', 'people', 'queues', 'parking', 'voicemail'] as const
export type Tab = typeof tabs[number]

const KEPT = 'ringside.tab'

/** The parts of the main window that this server has something for, and the one that is shown; which one is remembered on this computer. `now` is a part of its own only where there is one column. */
export function useTabs(isWide: Readonly<Ref<boolean>>) {
  const pbx = usePbxStore()
  const kept = localStorage.getItem(KEPT)
  const wanted = ref<Tab>(tabs.find(tab => tab === kept) ?? 'now')

  /** What the account may not see is shown too: there it says why. */
  const offered = computed((): readonly Tab[] => tabs.filter((tab) => {
    const missing = pbx.line?.missing ?? {}
    switch (tab) {
      case 'now': return !isWide.value
      case 'people': return pbx.people.length > 0 || missing.people === 'not-permitted'
      case 'queues': return pbx.queues.length > 0 || missing.queues === 'not-permitted'
      case 'parking': return pbx.parked.length + pbx.lots.length > 0 || missing.park === 'not-permitted'
      case 'voicemail': return pbx.mailboxes.length > 0
      default: return tab satisfies never
    }
  }))
  const shown = computed((): Tab | null => offered.value.find(tab => tab === wanted.value) ?? offered.value[0] ?? null)

  function show(tab: Tab): void {
    wanted.value = tab
    localStorage.setItem(KEPT, tab)
  }
  return { offered, shown, show }
}
