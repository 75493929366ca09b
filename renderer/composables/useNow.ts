import type { Ref } from 'vue'
import { onScopeDispose, ref } from 'vue'

interface Beat { readonly now: Ref<number>, readonly timer: ReturnType<typeof setInterval>, users: number }
const beats = new Map<number, Beat>()

/** The time now, moved every `everyMs`; all who ask for the same rhythm share one timer, so that all clocks of a window jump together. */
export function useNow(everyMs: number): Readonly<Ref<number>> {
  const known = beats.get(everyMs)
  const now = known?.now ?? ref(0)
  const beat = known ?? { now, users: 0, timer: setInterval(() => { now.value = Date.now() }, everyMs) }
  if (!known)
    now.value = Date.now()
  beats.set(everyMs, beat)
  beat.users += 1
  onScopeDispose(() => {
    beat.users -= 1
    if (beat.users > 0)
      return
    clearInterval(beat.timer)
    beats.delete(everyMs)
  })
  return now
}
