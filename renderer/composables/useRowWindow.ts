import type { Ref } from 'vue'
import { computed, onScopeDispose, ref, watch } from 'vue'

/** Rows outside of what is seen that are drawn nevertheless, so that scrolling shows no holes. */
const SPARE = 8

/** Which rows of a long list are worth drawing: those near what a scrolling box shows. All rows are `rowHeight` CSS pixels tall. */
export function useRowWindow(box: Readonly<Ref<HTMLElement | null>>, count: Readonly<Ref<number>>, rowHeight: number) {
  const top = ref(0)
  const height = ref(0)
  let observer: ResizeObserver | null = null
  let watched: HTMLElement | null = null
  const measure = (): void => {
    top.value = watched?.scrollTop ?? 0
    height.value = watched?.clientHeight ?? 0
  }
  function leave(): void {
    watched?.removeEventListener('scroll', measure)
    observer?.disconnect()
    watched = null
  }
  watch(box, (next) => {
    leave()
    if (next === null)
      return
    watched = next
    next.addEventListener('scroll', measure, { passive: true })
    observer = new ResizeObserver(measure)
    observer.observe(next)
    measure()
  }, { immediate: true })
  onScopeDispose(leave)

  const from = computed(() => Math.max(0, Math.floor(top.value / rowHeight) - SPARE))
  const to = computed(() => Math.min(count.value, Math.ceil((top.value + Math.max(height.value, 400)) / rowHeight) + SPARE))
  return {
    from,
    to,
    before: computed(() => from.value * rowHeight),
    after: computed(() => Math.max(0, count.value - to.value) * rowHeight),
    /** Brings a row into sight. */
    reveal(index: number): void {
      if (watched === null)
        return
      const start = index * rowHeight
      if (start < watched.scrollTop)
        watched.scrollTop = start
      else if (start + rowHeight > watched.scrollTop + watched.clientHeight)
        watched.scrollTop = start + rowHeight - watched.clientHeight
      measure()
    },
  }
}
