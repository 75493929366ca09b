import type { BrowserWindow } from 'electron'
import type { FirstLook } from '#contract/first-look.ts'
import type { TopicName, Topics } from '#contract/topics.ts'
import type { Clock } from '../clock.ts'
import type { WindowMemory } from './window-memory.ts'
import type { WindowParts } from './window.ts'
import process from 'node:process'
import { nativeImage, nativeTheme, screen } from 'electron'
import { pushChannel } from '#contract/channels.ts'
import { decideClose } from './close-policy.ts'
import { reachable } from './placement.ts'
import { drawMark } from './tray/mark.ts'
import { groundColour, openWindow } from './window.ts'

export interface MainWindow {
  /** Brings it to the front, made anew when it was gone. */
  readonly show: () => void
  /** Away from the eyes: into the tray, or into the task bar where there is no tray. */
  readonly hide: () => void
  readonly isFocused: () => boolean
  readonly push: <T extends TopicName>(topic: T, payload: Topics[T]) => void
  readonly current: () => BrowserWindow | null
  /** From now on windows have the icon of the program; drawing it costs time that the first picture needs. */
  readonly drawIcon: () => void
  /** The end: its place is stored, and from now on it closes when it is told to. */
  readonly release: () => void
}

export interface MainWindowParts extends WindowParts {
  readonly memory: WindowMemory
  readonly clock: Clock
  readonly tray: () => boolean
  readonly closeToTray: () => boolean
  /** What a page can show until the core answers; null once it does. */
  readonly firstLook: () => FirstLook | null
  /** A half-filled form is not thrown away. */
  readonly mayForget: () => boolean
  readonly onPainted: () => void
  /** It is about to be shown, or it has been hidden or closed. */
  readonly onSeen: (isSeen: boolean) => void
  readonly onQuit: () => void
}

const SIZE = { width: 400, height: 680 }
const SMALLEST = { minWidth: 360, minHeight: 480 }
const ICON = 48
/** Hidden so long, its memory is given back; main keeps all that it showed. */
const FORGET_MS = 5 * 60_000
/** These say something once and are kept for a page that is not there yet; of everything else a page asks for the latest. */
const ONCE: ReadonlySet<TopicName> = new Set(['dial.offer', 'window.panel', 'notice'])

/** The companion window. It comes and goes; what must not be lost on the way to its page waits here. */
export function createMainWindow(parts: MainWindowParts): MainWindow {
  const { clock, memory } = parts
  let window: BrowserWindow | null = null
  let hasLoaded = false
  let isReleased = false
  let isSeen = true
  let hasIcon = false
  let waiting: (() => void)[] = []
  let stopForgetting = (): void => {}

  function see(next: boolean): void {
    if (next !== isSeen)
      parts.onSeen(next)
    isSeen = next
  }

  function open(showsItself: boolean): BrowserWindow {
    see(true)
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
    const place = memory.place()
    const opened = openWindow('main', parts, {
      ...SIZE,
      ...SMALLEST,
      ...(place === null ? {} : reachable(place, areas)),
      title: 'Ringside',
      // At once, in the colour of its ground: letters that come into a window that is there are seen earlier than one that comes with them.
      show: showsItself,
    }, parts.firstLook())
    opened.once('ready-to-show', () => {
      if (hasIcon)
        setIcon(opened)
      parts.onPainted()
    })
    opened.webContents.on('did-start-loading', () => { hasLoaded = false })
    opened.webContents.on('did-finish-load', () => {
      hasLoaded = true
      for (const send of waiting.splice(0)) send()
    })
    opened.on('close', event => onClose(opened, event))
    opened.on('closed', () => {
      window = null
      see(false)
      hasLoaded = false
      stopForgetting()
    })
    opened.on('hide', () => {
      see(false)
      forgetLater(opened)
    })
    opened.on('show', () => {
      see(true)
      stopForgetting()
    })
    window = opened
    return opened
  }

  function onClose(opened: BrowserWindow, event: { preventDefault: () => void }): void {
    rememberPlace(opened)
    if (isReleased)
      return
    switch (decideClose({ closeToTray: parts.closeToTray(), tray: parts.tray(), told: memory.told() || process.platform === 'darwin' })) {
      case 'tell':
        event.preventDefault()
        memory.remember({ told: true })
        push('notice', { code: 'hidden-to-tray' })
        return
      case 'minimise':
        event.preventDefault()
        opened.minimize()
        return
      case 'leave':
        return
      case 'quit':
        event.preventDefault()
        parts.onQuit()
    }
  }

  function forgetLater(opened: BrowserWindow): void {
    rememberPlace(opened)
    stopForgetting()
    stopForgetting = clock.after(FORGET_MS, () => {
      if (!opened.isDestroyed() && !opened.isVisible() && parts.mayForget())
        opened.destroy()
    })
  }

  function rememberPlace(opened: BrowserWindow): void {
    if (!opened.isMinimized())
      memory.remember({ place: opened.getNormalBounds() })
  }

  function push<T extends TopicName>(topic: T, payload: Topics[T]): void {
    const send = (): void => window?.webContents.send(pushChannel(topic), payload)
    if (ONCE.has(topic) && !hasLoaded)
      waiting = [...waiting, send]
    else
      send()
  }

  nativeTheme.on('updated', () => window?.setBackgroundColor(groundColour()))

  return {
    show() {
      if (window === null) {
        open(true)
        return
      }
      // What it missed is there before it is: nobody sees calls of an hour ago.
      see(true)
      if (window.isMinimized())
        window.restore()
      window.show()
      window.focus()
    },
    hide() {
      if (parts.tray())
        window?.hide()
      else if (window === null)
        open(false).minimize()
      else
        window.minimize()
    },
    isFocused: () => window?.isFocused() ?? false,
    push,
    current: () => window,
    drawIcon() {
      hasIcon = true
      if (window !== null)
        setIcon(window)
    },
    release() {
      isReleased = true
      if (window !== null)
        rememberPlace(window)
    },
  }
}

/** The other systems take the icon of the package. */
function setIcon(window: BrowserWindow): void {
  if (process.platform === 'linux')
    window.setIcon(nativeImage.createFromBitmap(Buffer.from(drawMark(ICON)), { width: ICON, height: ICON }))
}
