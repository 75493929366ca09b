import type { WindowName } from '../shell-port.ts'
import { resolve, sep } from 'node:path'

export const SCHEME = 'app'
/** The administration has an origin of its own: Chromium keeps it in a process of its own, where it cannot slow down the popup. */
const HOSTS: Readonly<Record<WindowName, string>> = { main: 'ringside', popup: 'ringside', admin: 'administration' }
const ORIGINS: ReadonlySet<string> = new Set(Object.values(HOSTS).map(host => `${SCHEME}://${host}`))

/** The page of a window, and the name that a sender of requests must have. */
export const pageUrl = (name: WindowName): string => `${SCHEME}://${HOSTS[name]}/windows/${name}/index.html`
const WINDOWS: ReadonlyMap<string, WindowName> = new Map((['main', 'popup', 'admin'] as const).map(name => [pageUrl(name), name]))

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    'default-src \'none\'',
    'script-src \'self\'',
    'style-src \'self\'',
    'img-src \'self\' data:',
    'font-src \'self\'',
    'connect-src \'none\'',
    'base-uri \'none\'',
    'form-action \'none\'',
    'frame-ancestors \'none\'',
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // No `Cross-Origin-Opener-Policy`: Chromium learns of it with the answer, throws away the process that waits for the page and begins
  // another, 70 ms of every start. It would part a page from one that opened it or that it opens, and `guardContents` lets no page open any.
  'Cache-Control': 'no-cache',
}

/** The file behind a URL of the program and its type; null for everything that is not one of its own files. */
export function assetOf(url: string, root: string): { readonly path: string, readonly type: string } | null {
  const inside = insideOf(url)
  if (inside === null)
    return null
  const path = resolve(root, `.${inside}`)
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)]
  return path.startsWith(root + sep) && type !== undefined
    ? { path, type }
    : null
}

/** Whether a window may ask for this: what reaches any action of the server is for the administration window alone. */
export function mayAsk(window: WindowName, command: unknown): boolean {
  const isAdmin = typeof command === 'string' && command.startsWith('admin.') && command !== 'admin.show'
  return !isAdmin || window === 'admin'
}

/** The window whose page has this address, whatever follows `#`; null: it is none of our own pages. */
export function windowOf(url: string): WindowName | null {
  return WINDOWS.get(url.split('#')[0] ?? '') ?? null
}

function insideOf(url: string): string | null {
  try {
    const { protocol, host, pathname } = new URL(url)
    if (!ORIGINS.has(`${protocol}//${host}`))
      return null
    const path = decodeURIComponent(pathname)
    return /[\0\\]/.test(path)
      ? null
      : path
  }
  catch {
    // Neither a URL nor something that could be decoded: there is no such file.
    return null
  }
}
