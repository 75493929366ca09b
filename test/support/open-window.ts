import type { WindowExtras } from '../../renderer/windows/create-window.ts'
import type { FakeBridge } from './fake-bridge.ts'
import type { OpenWindow, Start } from './mount-window.ts'
import MainApp from '../../renderer/windows/main/App.vue'
import PopupApp from '../../renderer/windows/popup/App.vue'
import { mountWindow } from './mount-window.ts'

/** The main window as it starts, at ten past ten on a clock that only `pass` moves. */
export const openMain = (start?: Start | FakeBridge, extras?: WindowExtras): Promise<OpenWindow> => mountWindow(MainApp, start, extras)

/** The window that pops up, likewise. */
export const openPopup = (start?: Start | FakeBridge): Promise<OpenWindow> => mountWindow(PopupApp, start)
