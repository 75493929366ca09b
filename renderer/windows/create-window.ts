import type { App, Component } from 'vue'
import type { Bridge } from '#contract/bridge.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { bridgeKey } from '../bridge/index.ts'
import { createTexts } from '../locales/index.ts'
import '../styles/base.css'

/** One window of the program: its root component with texts, stores and the way to main. */
export function createWindow(root: Component, bridge: Bridge): App {
  return createApp(root).provide(bridgeKey, bridge).use(createPinia()).use(createTexts())
}
