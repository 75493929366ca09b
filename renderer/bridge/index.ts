import type { InjectionKey } from 'vue'
import type { Bridge } from '#contract/bridge.ts'
import type { FirstLook } from '#contract/first-look.ts'
import { inject } from 'vue'

declare global {
  interface Window {
    /** Put there by preload before any script of the page runs. */
    readonly bridge: Bridge
  }
}

export const bridgeKey: InjectionKey<Bridge> = Symbol('bridge')
export const firstLookKey: InjectionKey<FirstLook | null> = Symbol('first look')

/** The way to main; only inside a component or a store of a window. */
export function useBridge(): Bridge {
  const bridge = inject(bridgeKey)
  if (!bridge)
    throw new Error('useBridge() needs a window made by createWindow()')
  return bridge
}

/** What can be shown until main has answered for the first time; null when main had nothing to say about it. */
export function useFirstLook(): FirstLook | null {
  return inject(firstLookKey, null)
}
