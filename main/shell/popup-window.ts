import type { BrowserWindow } from 'electron'
import type { Preferences } from '#contract/settings.ts'
import type { AlertView } from '#contract/tables.ts'
import type { TopicName, Topics } from '#contract/topics.ts'
import type { WindowParts } from './window.ts'
import process from 'node:process'
import { nativeTheme, screen } from 'electron'
import { pushChannel } from '#contract/channels.ts'
import { placePopup } from './placement.ts'
import { groundColour, openWindow } from './window.ts'

export interface PopupWindow {
  /** Makes it ready, unseen: a window that is there already is painted five times as fast. */
  readonly prepare: () => void
  readonly reflect: (alerts: readonly AlertView[], preferences: Preferences) => void
  readonly resize: (height: number) => void
  readonly push: <T extends TopicName>(topic: T, payload: Topics[T]) => void
  readonly close: () => void
}

const WIDTH = 360
const FIRST_HEIGHT = 180

/** The one window with all calls that ring me. It is never given the focus, so that no key that somebody types elsewhere is lost. */
export function createPopupWindow(parts: WindowParts & { readonly nearWindow: () => BrowserWindow | null }): PopupWindow {
  let window: BrowserWindow | null = null
  let isReady = false
  let corner: Preferences['popupCorner'] = 'top-right'
  let height = FIRST_HEIGHT
  /** What the card of one ringing call took last: the next will hardly differ, and is seen without a change of size. */
  let usualHeight = FIRST_HEIGHT
  let isFirstHeight = false
  let shown: ReadonlySet<string> = new Set()

  function prepare(): BrowserWindow {
    if (window !== null)
      return window
    const opened = openWindow('popup', parts, {
      width: WIDTH,
      height: FIRST_HEIGHT,
      title: 'Ringside – incoming call',
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      focusable: false,
      type: process.platform === 'linux'
        ? 'notification'
        : process.platform === 'darwin'
          ? 'panel'
          : 'toolbar',
      webPreferences: { backgroundThrottling: false },
    })
    opened.setAlwaysOnTop(true, 'screen-saver')
    if (process.platform === 'darwin')
      opened.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true })
    opened.once('ready-to-show', () => {
      isReady = true
      // Who rang while it was made.
      if (shown.size > 0)
        appear(opened)
    })
    opened.on('closed', () => {
      window = null
      isReady = false
    })
    window = opened
    return opened
  }

  function appear(popup: BrowserWindow): void {
    if (!popup.isVisible()) {
      height = usualHeight
      isFirstHeight = true
      place(popup)
      popup.showInactive()
    }
    popup.moveTop()
  }

  function place(popup: BrowserWindow): void {
    // Where the person looks: at our window, else where the mouse is.
    const main = parts.nearWindow()
    const { workArea } = main?.isFocused()
      ? screen.getDisplayMatching(main.getBounds())
      : screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    popup.setBounds(placePopup(workArea, corner, { width: WIDTH, height }))
  }

  nativeTheme.on('updated', () => window?.setBackgroundColor(groundColour()))

  return {
    prepare,
    reflect(alerts, preferences) {
      corner = preferences.popupCorner
      const ids = new Set(preferences.popup ? alerts.map(({ id }) => id) : [])
      const hasNew = [...ids].some(id => !shown.has(id))
      shown = ids
      if (ids.size === 0) {
        window?.hide()
        return
      }
      if (!hasNew)
        return
      const popup = prepare()
      if (isReady)
        appear(popup)
    },
    resize(next) {
      if (next <= 0)
        return
      if (isFirstHeight)
        usualHeight = next
      isFirstHeight = false
      if (next === height)
        return
      height = next
      if (window?.isVisible())
        place(window)
    },
    push: (topic, payload) => window?.webContents.send(pushChannel(topic), payload),
    close: () => window?.destroy(),
  }
}
