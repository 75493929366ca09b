import type { Texts } from '../locales/index.ts'
import process from 'node:process'
import { Menu } from 'electron'

/** macOS has one menu for the whole program; elsewhere windows have none, and keys.ts does what people press. */
export function setMenu(texts: Texts, onQuit: () => void): void {
  if (process.platform !== 'darwin')
    return
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    { label: texts('app.name'), submenu: [{ role: 'hide' }, { type: 'separator' }, { label: texts('menu.quit'), accelerator: 'Command+Q', click: onQuit }] },
    { role: 'editMenu' },
    { label: texts('menu.view'), submenu: [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }] },
    { role: 'windowMenu' },
  ]))
}
