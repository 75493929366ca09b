import type { Session, WebContents } from 'electron'
import type { Log } from '../log.ts'
import { SCHEME } from './assets.ts'

const OWN = new Set([`${SCHEME}:`, 'data:', 'devtools:'])

/** Takes every right from the pages of a session and every way to the network: all they need comes from main. */
export function guardSession(session: Session, log: Log): void {
  // Without this, each start looks for dictionaries on the internet.
  session.setSpellCheckerLanguages([])
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn(`A page asked for "${permission}" and did not get it`)
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', event => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !OWN.has(protocolOf(url))
    if (cancel)
      log.warn('A page asked for something outside of the program and did not get it')
    answer({ cancel })
  })
}

/** No page leads anywhere else, opens another, or carries a foreign one. */
export function guardContents(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const change of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    // One overload for each name; the compiler wants one name at a time.
    contents.on(change as 'will-navigate', (event) => {
      event.preventDefault()
      log.warn('A page wanted to lead elsewhere and was kept')
    })
  }
  contents.on('will-attach-webview', event => event.preventDefault())
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol
  }
  catch {
    return ''
  }
}
