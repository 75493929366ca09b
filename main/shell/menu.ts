import type { MenuItemConstructorOptions } from 'electron'
import type { Texts } from '../locales/index.ts'
import process from 'node:process'
import { Menu } from 'electron'

/** Never shown but on macOS; its keys work all the same: larger, smaller, quit. */
export function setMenu(texts: Texts, onQuit: () => void): void {
  const quit: MenuItemConstructorOptions = { label: texts('menu.quit'), accelerator: 'CommandOrControl+Q', click: onQuit }
  const view: MenuItemConstructorOptions = {
    label: texts('menu.view'),
    submenu: [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }],
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(process.platform === 'darwin'
    ? [{ label: texts('app.name'), submenu: [{ role: 'hide' }, { type: 'separator' }, quit] }, { role: 'editMenu' }, view, { role: 'windowMenu' }]
    : [{ label: texts('menu.program'), submenu: [quit] }, view]))
}
