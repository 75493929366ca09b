import type { BrowserWindow } from 'electron'
import type { ShellPort } from '../shell-port.ts'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { dialog } from 'electron'
import { AppError } from '../errors.ts'

/** More than any trace of 100,000 packets. */
const MOST_BYTES = 256 * 1024 * 1024
const filters = [{ name: 'Text', extensions: ['txt'] }]

/** Asks the person for a file, and writes or reads it. */
export function textFiles(parent: () => BrowserWindow | null): Pick<ShellPort, 'saveText' | 'openText'> {
  return {
    async saveText(suggestedName, text) {
      const window = parent()
      const options = { defaultPath: suggestedName, filters }
      const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
      if (canceled || filePath === '')
        return null
      try {
        await writeFile(filePath, text, { mode: 0o600 })
      }
      catch (error) {
        throw new AppError('file-unwritable', `${filePath} could not be written`, { cause: error, details: { file: basename(filePath) } })
      }
      return filePath
    },
    async openText() {
      const window = parent()
      const options = { properties: ['openFile' as const], filters }
      const { canceled, filePaths: [path] } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
      if (canceled || path === undefined)
        return null
      try {
        if ((await stat(path)).size > MOST_BYTES)
          throw new AppError('file-unreadable', `${path} is larger than any trace`, { details: { file: basename(path) } })
        return { path, text: await readFile(path, 'utf8') }
      }
      catch (error) {
        if (error instanceof AppError)
          throw error
        throw new AppError('file-unreadable', `${path} could not be read`, { cause: error, details: { file: basename(path) } })
      }
    },
  }
}
