import type { Ref } from 'vue'
import { computed } from 'vue'
import { usePbxStore } from '../stores/pbx.ts'
import { useNow } from './useNow.ts'

/** The time for which it is known what goes on at the server: now, or when the connection broke. What is counted stands still from then on. */
export function useServerNow(): Readonly<Ref<number>> {
  const pbx = usePbxStore()
  const now = useNow(1000)
  return computed(() => pbx.connection?.staleSince ?? now.value)
}
