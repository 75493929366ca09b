import type { Component } from 'vue'
import type { WindowExtras } from '../../renderer/windows/create-window.ts'
import type { FakeBridge } from './fake-bridge.ts'
import userEvent from '@testing-library/user-event'
import { onTestFinished, vi } from 'vitest'
import { createWindow } from '../../renderer/windows/create-window.ts'
import { createFakeBridge } from './fake-bridge.ts'
import { NOON } from './rows.ts'

export interface OpenWindow {
  readonly bridge: FakeBridge
  readonly user: ReturnType<typeof userEvent.setup>
  /** Lets this much time pass, and all that was waiting for it happen. */
  readonly pass: (ms?: number) => Promise<void>
  readonly close: () => void
}

export type Start = Parameters<typeof createFakeBridge>[0]

/** A window as it starts, at ten past ten on a clock that only `pass` moves. */
export async function mountWindow(root: Component, start: Start | FakeBridge, extras?: WindowExtras): Promise<OpenWindow> {
  vi.useFakeTimers({ now: NOON })
  const bridge = start && 'invoke' in start ? start : createFakeBridge(start)
  const place = document.createElement('div')
  document.body.append(place)
  const app = createWindow(root, bridge, extras)
  // A warning of Vue is a fault of ours, and an error in a handler must not pass for a click without effect.
  app.config.warnHandler = (message) => { throw new Error(`Vue warns: ${message}`) }
  app.config.errorHandler = (error) => { throw error }
  app.mount(place)
  let isOpen = true
  const close = (): void => {
    if (isOpen)
      app.unmount()
    isOpen = false
    place.remove()
  }
  onTestFinished(() => {
    close()
    delete document.documentElement.dataset['theme']
    vi.useRealTimers()
  })
  const pass = async (ms = 0): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms)
  }
  await pass()
  return { bridge, user: userEvent.setup({ advanceTimers: ms => vi.advanceTimersByTime(ms) }), pass, close }
}
