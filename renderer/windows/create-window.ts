import type { App, Component } from 'vue'
import type { Bridge } from '#contract/bridge.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { bridgeKey } from '../bridge/index.ts'
import { createTexts } from '../locales/index.ts'
import '../styles/base.css'

/** One window of the program: its root component with texts, stores and the way to main. `texts` are those that only this window needs. */
export function createWindow(root: Component, bridge: Bridge, texts?: object): App {
  return createApp(root).provide(bridgeKey, bridge).use(createPinia()).use(createTexts(texts))
}
