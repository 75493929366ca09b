import type { Session } from 'electron'
import type { Log } from '../log.ts'
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { assetOf, HEADERS, SCHEME } from './assets.ts'

/** Must run before Electron is ready. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

/** Serves the pages of the program out of `root`, and nothing else. */
export function servePages(session: Session, root: string, log: Log): void {
  session.protocol.handle(SCHEME, async ({ method, url }) => {
    const asset = method === 'GET'
      ? assetOf(url, root)
      : null
    if (asset === null)
      return new Response(null, { status: 404, headers: HEADERS })
    try {
      return new Response(await readFile(asset.path), { headers: { ...HEADERS, 'Content-Type': asset.type } })
    }
    catch (error) {
      log.warn(`A page asked for ${new URL(url).pathname}, which is not there`, error)
      return new Response(null, { status: 404, headers: HEADERS })
    }
  })
}
