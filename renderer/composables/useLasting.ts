import type { Ref } from 'vue'
import type { PersonView } from '#contract/tables.ts'
import { computed } from 'vue'
import { useNow } from './useNow.ts'
import { useTexts } from './useTexts.ts'

/** How long a colleague has been in a call or ringing; null: not known, or nothing goes on. Since when they are free or away interests nobody who looks at many. */
export function useLasting(person: () => PersonView): Readonly<Ref<string | null>> {
  const { stopwatch } = useTexts()
  const now = useNow(1000)
  return computed(() => {
    const { state, since } = person()
    return since === null || ['idle', 'unavailable', 'notfound', 'unknown'].includes(state) ? null : stopwatch(now.value - since)
  })
}
