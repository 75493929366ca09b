import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import type { Result } from '#contract/result.ts'
import type { Log } from '../log.ts'
import type { Route } from './router.ts'
import { ipcMain } from 'electron'
import { INVOKE, NETWORK } from '#contract/channels.ts'

const untrusted: Result<never> = { ok: false, error: { code: 'untrusted-sender', message: 'Only the windows of the program may ask' } }

/** Opens the door to the windows: whoever is not one of our own pages is turned away before the router sees the request. */
export function listenToWindows(parts: {
  readonly route: Route
  readonly isOwnPage: (url: string) => boolean
  readonly mayAsk: (url: string, command: unknown) => boolean
  readonly onNetwork: () => void
  readonly log: Log
}): void {
  function isTrusted({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
    // A frame that is gone or lies inside of a page is nobody of ours.
    const trusted = senderFrame !== null && senderFrame.parent === null && parts.isOwnPage(senderFrame.url)
    if (!trusted)
      parts.log.warn(`A request of ${senderFrame?.url ?? 'a frame that is gone'} was refused`)
    return trusted
  }

  ipcMain.handle(INVOKE, async (event, name: unknown, input: unknown) => isTrusted(event) && parts.mayAsk(event.senderFrame?.url ?? '', name)
    ? parts.route(name, input)
    : untrusted)
  ipcMain.on(NETWORK, (event) => {
    if (isTrusted(event))
      parts.onNetwork()
  })
}
