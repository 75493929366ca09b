import type { BrowserWindow } from 'electron'
import type { Texts } from '../locales/index.ts'
import type { TrayFace } from './tray/face.ts'
import process from 'node:process'
import { app, nativeImage } from 'electron'
import { voicemailLine } from './tray/face.ts'
import { drawTray } from './tray/picture.ts'

/** Says the count of new messages at the program's place in dock or task bar, where the system has one. */
export function setBadge(face: TrayFace, window: BrowserWindow | null, texts: Texts): void {
  const count = face.voicemail === 'some'
    ? 1
    : face.voicemail
  if (process.platform !== 'win32') {
    app.setBadgeCount(count)
    return
  }
  const size = 32
  window?.setOverlayIcon(
    count === 0
      ? null
      : nativeImage.createFromBitmap(Buffer.from(drawTray(face, 'light', size)), { width: size, height: size }),
    voicemailLine(face.voicemail, texts) ?? '',
  )
}
