import type { BrowserWindow } from 'electron'
import type { TopicName, Topics } from '#contract/topics.ts'
import type { WindowParts } from './window.ts'
import { pushChannel } from '#contract/channels.ts'
import { openWindow } from './window.ts'

export interface AdminWindow {
  /** Opens it, or brings the open one to the front. */
  readonly show: () => void
  readonly push: <T extends TopicName>(topic: T, payload: Topics[T]) => void
  readonly current: () => BrowserWindow | null
  readonly close: () => void
}

/** The administration window: there while somebody administers, and gone when it is closed. */
export function createAdminWindow(parts: WindowParts & { readonly onClosed: () => void }): AdminWindow {
  let window: BrowserWindow | null = null
  return {
    show() {
      if (window !== null) {
        if (window.isMinimized())
          window.restore()
        window.focus()
        return
      }
      const opened = openWindow('admin', parts, { width: 1120, height: 760, minWidth: 720, minHeight: 480, title: 'Ringside – Administration' })
      opened.once('ready-to-show', () => opened.show())
      opened.on('closed', () => {
        window = null
        parts.onClosed()
      })
      window = opened
    },
    push(topic, payload) {
      if (window !== null && !window.isDestroyed())
        window.webContents.send(pushChannel(topic), payload)
    },
    current: () => window,
    close: () => window?.destroy(),
  }
}
