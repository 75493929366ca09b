import type { BrowserWindowConstructorOptions, WebContents } from 'electron'
import type { FirstLook } from '#contract/first-look.ts'
import type { Log } from '../log.ts'
import process from 'node:process'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { writeFirstLook } from '#contract/first-look.ts'
import { pageUrl } from './assets.ts'
import { guardContents } from './guard.ts'
import { keyWish, nextZoom } from './keys.ts'

export interface WindowParts {
  readonly preload: string
  readonly log: Log
}

/** A page that dies so often within a minute is not started again. */
const CRASHES = 3
const CRASH_SPAN_MS = 60_000

/** `--ground` of renderer/styles/tokens.css: what is seen before the page paints. */
export function groundColour(): string {
  return nativeTheme.shouldUseDarkColors
    ? '#17191d'
    : '#f4f5f7'
}

/** A window of the program with all of Chromium's safety on; its page is started again when it dies. `firstLook`: what it shows until main answers. */
export function openWindow(page: 'main' | 'popup' | 'admin', { log, preload }: WindowParts, options: BrowserWindowConstructorOptions, firstLook: FirstLook | null = null): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    backgroundColor: groundColour(),
    ...options,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      ...options.webPreferences,
    },
  })
  guardContents(window.webContents, log)
  if (process.platform !== 'darwin')
    listenToKeys(window.webContents)
  const crashes: number[] = []
  const reload = (): void => {
    if (!window.isDestroyed())
      window.webContents.reload()
  }
  window.webContents.on('render-process-gone', (_event, { exitCode, reason }) => {
    log.error(`The ${page} window's page is gone: ${reason}, ${exitCode}`)
    const now = Date.now()
    crashes.push(now)
    if (reason !== 'clean-exit' && crashes.filter(at => now - at < CRASH_SPAN_MS).length <= CRASHES)
      // Chromium still clears away what has died: a reload from in here brings the whole program down (Electron 42).
      setImmediate(reload)
  })
  window.webContents.on('preload-error', (_event, _path, error) => log.error(`The ${page} window's bridge failed`, error))
  window.on('unresponsive', () => log.warn(`The ${page} window does not answer`))
  window.loadURL(firstLook === null ? pageUrl(page) : `${pageUrl(page)}#${writeFirstLook(firstLook)}`).catch((error: unknown) => {
    // A window that is closed while it loads is no failure.
    if (!window.isDestroyed())
      log.error(`The ${page} window could not be loaded`, error)
  })
  return window
}

function listenToKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    const wish = keyWish(input)
    if (wish === null)
      return
    event.preventDefault()
    if (wish === 'quit')
      app.quit()
    else
      contents.setZoomLevel(nextZoom(contents.getZoomLevel(), wish))
  })
}
