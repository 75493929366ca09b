import type { InjectionKey } from 'vue'
import { inject, onScopeDispose, provide, watch } from 'vue'

/** What is open, the latest last; each knows how it is left. */
type Steps = Set<() => void>

const stepsKey: InjectionKey<Steps> = Symbol('steps')

/** Wherever the focus is: answers a function that leaves what was opened last, and says whether there was anything. */
export function provideStepBack(): () => boolean {
  const steps: Steps = new Set()
  provide(stepsKey, steps)
  return () => {
    const leave = [...steps].at(-1)
    leave?.()
    return leave !== undefined
  }
}

/** While `isOpen`, one step back in this window is `leave`; without effect in a window that does not step back. */
export function useStepBack(isOpen: () => boolean, leave: () => void): void {
  const steps = inject(stepsKey, null)
  if (steps === null)
    return
  watch(isOpen, open => open ? steps.add(leave) : steps.delete(leave), { immediate: true, flush: 'sync' })
  onScopeDispose(() => steps.delete(leave))
}
