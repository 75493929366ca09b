import type { Ref } from 'vue'
import { onScopeDispose, watch } from 'vue'
import { useBridge } from '../bridge/index.ts'

/** Tells main how tall `element` is, now and whenever that changes, so that the popup's window fits its cards. */
export function useReportedHeight(element: Readonly<Ref<HTMLElement | null>>): void {
  const bridge = useBridge()
  let told = -1

  const observer = new ResizeObserver(() => {
    const height = Math.min(2000, Math.ceil(element.value?.getBoundingClientRect().height ?? 0))
    if (height === told)
      return
    told = height
    void bridge.invoke('popup.resize', { height })
  })
  watch(element, (now, before) => {
    if (before)
      observer.unobserve(before)
    if (now)
      observer.observe(now)
  }, { immediate: true })
  onScopeDispose(() => observer.disconnect())
}
