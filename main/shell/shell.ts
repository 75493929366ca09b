import type { FirstLook } from '#contract/first-look.ts'
import type { Clock } from '../clock.ts'
import type { Texts } from '../locales/index.ts'
import type { Log } from '../log.ts'
import type { AppPort, Reflection, ShellPort } from '../shell-port.ts'
import type { TrayHost } from './linux/tray-host.ts'
import type { WindowMemory } from './window-memory.ts'
import process from 'node:process'
import { app, clipboard, nativeTheme } from 'electron'
import { createAdminWindow } from './admin-window.ts'
import { createBadge } from './badge.ts'
import { openHelp } from './help.ts'
import { createMainWindow } from './main-window.ts'
import { setMenu } from './menu.ts'
import { notificationText } from './notification-text.ts'
import { createNotifier } from './notifier.ts'
import { createPopupWindow } from './popup-window.ts'
import { textFiles } from './text-files.ts'
import { trayFace } from './tray/face.ts'
import { createTray } from './tray/tray.ts'

export interface Shell {
  readonly port: ShellPort
  /** Puts the first window on the screen, or keeps it in the tray. */
  readonly begin: (hidden: boolean) => void
  /** Resolves when the first window is on the screen, or is not to be: what costs time may begin. */
  readonly whenPainted: Promise<void>
  /** Lets go of everything on the screen. */
  readonly close: () => void
}

export interface ShellParts {
  readonly preload: string
  readonly memory: WindowMemory
  readonly clock: Clock
  readonly texts: Texts
  readonly log: Log
  readonly trayHost: TrayHost
  /** What the first page can show until the core answers; null once it does. */
  readonly firstLook: () => FirstLook | null
  readonly preferences: () => Pick<Reflection['preferences'], 'theme' | 'closeToTray'>
  /** The core hears it as soon as it is there. */
  readonly tell: (act: (app: Pick<AppPort, 'callMailbox' | 'adminClosed' | 'setSeen'>) => void) => void
}

/** After the window has been painted; a page that never paints must not cost the tray. */
const SETTLE_MS = 300
const LATEST_MS = 5000
const MIRROR_MS = 100
/** A popup that is needed earlier is made then. */
const POPUP_MS = 1000

/** The desktop around the program: windows, tray, notifications. */
export function createShell(parts: ShellParts): Shell {
  const { clock, log, texts, trayHost } = parts
  let seen: Reflection | null = null
  const { promise: whenPainted, resolve: painted } = Promise.withResolvers<void>()

  const main = createMainWindow({
    preload: parts.preload,
    memory: parts.memory,
    clock,
    log,
    tray: () => trayHost.isThere(),
    closeToTray: () => parts.preferences().closeToTray,
    firstLook: parts.firstLook,
    mayForget: () => seen?.connection.state !== 'unconfigured',
    onPainted() {
      painted()
      clock.after(SETTLE_MS, settle)
    },
    onSeen: isSeen => parts.tell(app => app.setSeen('main', isSeen)),
    onQuit: () => app.quit(),
  })
  const popup = createPopupWindow({ preload: parts.preload, log, nearWindow: () => main.current() })
  const admin = createAdminWindow({ preload: parts.preload, log, onClosed: () => parts.tell(app => app.adminClosed()) })
  const notifier = createNotifier(log)
  const badge = createBadge(texts)
  const tray = createTray({
    texts,
    onClick: () => main.isFocused() ? main.hide() : main.show(),
    onShow: () => main.show(),
    onSettings: () => showMain('settings'),
    onVoicemail: () => parts.tell(app => app.callMailbox()),
    onQuit: () => app.quit(),
  })
  /** Everything that may wait for the first picture of the window: the tray, and the popup that is made before it is needed. */
  let hasSettled = false
  let stopPreparing = (): void => {}
  let stopMirroring: (() => void) | null = null
  function settle(): void {
    if (hasSettled)
      return
    hasSettled = true
    painted()
    main.drawIcon()
    setMenu(texts, () => app.quit())
    if (seen !== null)
      mirror(seen)
    stopPreparing = clock.after(POPUP_MS, () => {
      if (seen?.preferences.popup !== false)
        popup.prepare()
    })
  }
  /** Drawing takes as long as a frame of the popup, which comes first; and of many changes only the last is worth it. */
  function mirrorSoon(): void {
    stopMirroring ??= clock.after(MIRROR_MS, () => {
      stopMirroring = null
      if (seen !== null)
        mirror(seen)
    })
  }
  function mirror(view: Reflection): void {
    tray.reflect(view)
    badge.reflect(trayFace(view), main.current())
  }
  trayHost.onAppeared(() => tray.appearAgain())

  function showMain(panel: Parameters<ShellPort['showMain']>[0]): void {
    main.show()
    main.push('window.panel', { panel })
  }

  const port: ShellPort = {
    facts: () => ({ version: app.getVersion(), electron: process.versions.electron, platform: process.platform, tray: trayHost.isThere() }),
    push(topic, payload, to) {
      // Who calls must be seen first.
      for (const [name, window] of Object.entries({ popup, main, admin })) {
        if (to === undefined || to === name)
          window.push(topic, payload)
      }
    },
    reflect(view) {
      seen = view
      if (nativeTheme.themeSource !== view.preferences.theme)
        nativeTheme.themeSource = view.preferences.theme
      popup.reflect(view.alerts, view.preferences)
      if (hasSettled)
        mirrorSoon()
    },
    announce(what, view, id) {
      const text = notificationText(what, view, id, texts)
      // Who looks at the window sees it there; what they asked to be told is told whatever part of it they look at.
      if (text !== null && (what === 'person-free' || !main.isFocused()))
        notifier.notify(text, () => showMain('home'))
    },
    quit: () => app.quit(),
    openHelp: page => openHelp(page, log),
    writeClipboard: text => clipboard.writeText(text),
    hideWindow: () => main.hide(),
    showMain,
    showAdmin: () => admin.show(),
    ...textFiles(() => admin.current()),
    resizePopup: height => popup.resize(height),
  }

  return {
    port,
    whenPainted,
    begin(hidden) {
      nativeTheme.themeSource = parts.preferences().theme
      if (!hidden) {
        main.show()
        clock.after(LATEST_MS, settle)
        return
      }
      settle()
      void trayHost.whenKnown.then(() => {
        if (!trayHost.isThere())
          main.hide()
      })
    },
    close() {
      // Nothing is made any more.
      hasSettled = true
      stopPreparing()
      stopMirroring?.()
      main.release()
      notifier.close()
      tray.close()
      popup.close()
      admin.close()
      main.current()?.destroy()
    },
  }
}
