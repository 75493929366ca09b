import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import type { Result } from '#contract/result.ts'
import type { Log } from '../log.ts'
import type { WindowName } from '../shell-port.ts'
import type { Route } from './router.ts'
import { ipcMain } from 'electron'
import { INVOKE, NETWORK } from '#contract/channels.ts'

const untrusted: Result<never> = { ok: false, error: { code: 'untrusted-sender', message: 'Only the windows of the program may ask' } }

/** Opens the door to the windows: whoever is not one of our own pages is turned away before the router sees the request. */
export function listenToWindows(parts: {
  readonly route: Route
  /** Whose page it is; null for everything that is none of ours. */
  readonly windowOf: (url: string) => WindowName | null
  readonly mayAsk: (window: WindowName, command: unknown) => boolean
  readonly onNetwork: () => void
  readonly log: Log
}): void {
  function senderOf({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): WindowName | null {
    // A frame that is gone or lies inside of a page is nobody of ours.
    const window = senderFrame !== null && senderFrame.parent === null
      ? parts.windowOf(senderFrame.url)
      : null
    if (window === null)
      parts.log.warn(`A request of ${senderFrame?.url ?? 'a frame that is gone'} was refused`)
    return window
  }

  ipcMain.handle(INVOKE, async (event, name: unknown, input: unknown) => {
    const from = senderOf(event)
    return from !== null && parts.mayAsk(from, name)
      ? parts.route(name, input, from)
      : untrusted
  })
  ipcMain.on(NETWORK, (event) => {
    if (senderOf(event) !== null)
      parts.onNetwork()
  })
}
