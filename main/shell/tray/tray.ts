import type { MenuItemConstructorOptions, NativeImage } from 'electron'
import type { Texts } from '../../locales/index.ts'
import type { Reflection } from '../../shell-port.ts'
import type { TrayFace } from './face.ts'
import type { Panel } from './picture.ts'
import process from 'node:process'
import { Menu, nativeImage, nativeTheme, Tray } from 'electron'
import { stateLine, tooltip, trayFace, voicemailLine } from './face.ts'
import { drawTray } from './picture.ts'

export interface TrayIcon {
  readonly reflect: (view: Reflection) => void
  /** The desktop got a place for icons after we had looked for one. */
  readonly appearAgain: () => void
  readonly close: () => void
}

export interface TrayParts {
  readonly texts: Texts
  readonly onClick: () => void
  readonly onShow: () => void
  readonly onSettings: () => void
  readonly onVoicemail: () => void
  readonly onQuit: () => void
}

/** Pixels of the picture on an ordinary screen. */
const SIZE = process.platform === 'linux'
  ? 22
  : 16
const SCALES = [1, 2]

export function createTray(parts: TrayParts): TrayIcon {
  let tray: Tray | null = null
  let seen: Reflection | null = null
  let picture = ''
  let words = ''

  function make(face: TrayFace): Tray {
    const made = new Tray(pictureOf(face))
    made.on('click', parts.onClick)
    picture = nameOf(face)
    words = ''
    return made
  }

  function reflect(view: Reflection): void {
    seen = view
    const face = trayFace(view)
    tray ??= make(face)
    // Each change is a message to the desktop: only what is new is said.
    const nextPicture = nameOf(face)
    if (nextPicture !== picture) {
      picture = nextPicture
      tray.setImage(pictureOf(face))
    }
    const { texts } = parts
    const nextWords = `${tooltip(view, texts)} ${view.mailboxes.length}`
    if (nextWords !== words) {
      words = nextWords
      tray.setToolTip(tooltip(view, texts))
      tray.setContextMenu(Menu.buildFromTemplate(menu(view, face)))
    }
  }

  function menu(view: Reflection, { voicemail }: TrayFace): MenuItemConstructorOptions[] {
    const { texts } = parts
    const news = voicemailLine(voicemail, texts)
    return [
      { label: stateLine(view, texts), enabled: false },
      ...(news === null ? [] : [{ label: news, enabled: false }]),
      { type: 'separator' },
      ...(view.mailboxes.length === 0 ? [] : [{ label: texts('menu.voicemail'), enabled: view.connection.state === 'online', click: parts.onVoicemail }]),
      { label: texts('menu.show'), click: parts.onShow },
      { label: texts('menu.settings'), click: parts.onSettings },
      { type: 'separator' },
      { label: texts('menu.quit'), click: parts.onQuit },
    ]
  }

  nativeTheme.on('updated', () => seen !== null && reflect(seen))

  return {
    reflect,
    appearAgain() {
      tray?.destroy()
      tray = null
      if (seen !== null)
        reflect(seen)
    },
    close: () => tray?.destroy(),
  }
}

function panel(): Panel {
  if (process.platform === 'darwin')
    return 'template'
  return nativeTheme.shouldUseDarkColors
    ? 'dark'
    : 'light'
}

const nameOf = (face: TrayFace): string => `${face.state} ${face.voicemail} ${panel()}`

function pictureOf(face: TrayFace): NativeImage {
  const image = nativeImage.createEmpty()
  for (const scale of SCALES) {
    const size = SIZE * scale
    image.addRepresentation({ scaleFactor: scale, width: size, height: size, buffer: Buffer.from(drawTray(face, panel(), size)) })
  }
  if (process.platform === 'darwin')
    image.setTemplateImage(true)
  return image
}
