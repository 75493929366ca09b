import type { Log } from '../log.ts'
import type { NotificationText } from './notification-text.ts'
import process from 'node:process'
import { Notification } from 'electron'
import { escapeMarkup, plainLine } from './notification-text.ts'

export interface Notifier {
  readonly notify: (text: NotificationText, onClick: () => void) => void
  readonly close: () => void
}

/** Some desktops never tell that one was closed: of so many the oldest loses its click. */
const MOST_HELD = 100

/** Notifications of the operating system. What strangers sent reaches them as plain text. */
export function createNotifier(log: Log): Notifier {
  // One that nobody holds is collected, and its click with it.
  const open = new Set<Notification>()
  return {
    notify({ body, title }, onClick) {
      if (!Notification.isSupported()) {
        log.debug('This desktop shows no notifications')
        return
      }
      const line = plainLine(body)
      const notification = new Notification({
        title: plainLine(title),
        body: process.platform === 'linux'
          ? escapeMarkup(line)
          : line,
        silent: true,
      })
      notification.on('click', () => {
        open.delete(notification)
        onClick()
      })
      notification.on('close', () => open.delete(notification))
      notification.on('failed', (_event, error) => {
        open.delete(notification)
        log.info(`A notification was not shown: ${error}`)
      })
      open.add(notification)
      const [oldest] = open
      if (oldest && open.size > MOST_HELD)
        open.delete(oldest)
      notification.show()
    },
    close() {
      for (const notification of open) notification.close()
    },
  }
}
