import type { Session } from 'electron'
import { protocol } from 'electron'
import { assetOf, HEADERS, SCHEME } from './assets.ts'

/** `net::ERR_FILE_NOT_FOUND` */
const NOT_FOUND = -6

/** Must run before Electron is ready. From the third start on, what the scripts compile to is read instead of made: files have a hash in their name, so it is never that of an older version. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } }])
}

/**
 * Serves the pages of the program out of `root`, and nothing else; `onAsked` hears of every request that has been answered. By the older call, which hands the file over in native code: for
 * `protocol.handle` Node loads its whole `fetch`, 80 ms and 6 MB before the first page has a byte (Electron 42).
 */
export function servePages(session: Session, root: string, onAsked: () => void): void {
  session.protocol.registerFileProtocol(SCHEME, ({ method, url }, answer) => {
    const asset = method === 'GET'
      ? assetOf(url, root)
      : null
    answer(asset === null
      ? { error: NOT_FOUND }
      : { path: asset.path, mimeType: asset.type, headers: { ...HEADERS, 'Content-Type': asset.type } })
    onAsked()
  })
}
