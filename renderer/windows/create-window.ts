import type { App, Component } from 'vue'
import type { Bridge } from '#contract/bridge.ts'
import type { FirstLook } from '#contract/first-look.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { bridgeKey, firstLookKey } from '../bridge/index.ts'
import { createTexts } from '../locales/index.ts'
import { leaveKeysToLists } from './open-list.ts'
import { tellCutTexts } from './whole-text.ts'
import '../styles/base.css'

export interface WindowExtras {
  /** Texts that only this window needs. */
  readonly texts?: object
  /** What it shows until main has answered. */
  readonly firstLook?: FirstLook | null
}

/** One window of the program: its root component with texts, stores and the way to main. */
export function createWindow(root: Component, bridge: Bridge, { texts, firstLook = null }: WindowExtras = {}): App {
  const app = createApp(root).provide(bridgeKey, bridge).provide(firstLookKey, firstLook).use(createPinia()).use(createTexts(texts))
  app.onUnmount(tellCutTexts())
  app.onUnmount(leaveKeysToLists())
  return app
}
