import type { InjectionKey } from 'vue'
import type { Bridge } from '#contract/bridge.ts'
import { inject } from 'vue'

declare global {
  interface Window {
    /** Put there by preload before any script of the page runs. */
    readonly bridge: Bridge
  }
}

export const bridgeKey: InjectionKey<Bridge> = Symbol('bridge')

/** The way to main; only inside a component or a store of a window. */
export function useBridge(): Bridge {
  const bridge = inject(bridgeKey)
  if (!bridge)
    throw new Error('useBridge() needs a window made by createWindow()')
  return bridge
}
