import type { BrowserWindow, NativeImage } from 'electron'
import type { Texts } from '../locales/index.ts'
import type { TrayFace } from './tray/face.ts'
import process from 'node:process'
import { app, nativeImage } from 'electron'
import { voicemailLine } from './tray/face.ts'
import { drawTray } from './tray/picture.ts'

export interface Badge {
  readonly reflect: (face: TrayFace, window: BrowserWindow | null) => void
}

/** Says the count of new messages at the program's place in dock or task bar, where the system has one. */
export function createBadge(texts: Texts): Badge {
  let shown = 0
  let shownOn: BrowserWindow | null = null

  return {
    reflect(face, window) {
      const count = face.voicemail === 'some'
        ? 1
        : face.voicemail
      // The first look at a task bar costs 40 ms on Linux: not for saying nothing.
      if (count === shown && (process.platform !== 'win32' || window === shownOn))
        return
      shown = count
      shownOn = window
      if (process.platform !== 'win32')
        app.setBadgeCount(count)
      else
        window?.setOverlayIcon(count === 0 ? null : overlay(face), voicemailLine(face.voicemail, texts) ?? '')
    },
  }
}

function overlay(face: TrayFace): NativeImage {
  const size = 32
  return nativeImage.createFromBitmap(Buffer.from(drawTray(face, 'light', size)), { width: size, height: size })
}
