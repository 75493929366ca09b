import type { Log } from '../log.ts'
import type { Settings } from './schema.ts'
import type { SettingsStore } from './settings-store.ts'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import { readKept } from './kept-file.ts'
import { defaultSettings, parseSettings } from './parse.ts'

/** Writes a whole file in one step, so that a crash leaves the old one or the new one. */
export type WriteFile = (content: Settings) => void

export interface OpenedSettings {
  readonly store: SettingsStore
  /** The file could not be understood; this program begins with defaults and has kept it under another name. */
  readonly wasReset: boolean
}

/** The settings in `folder/settings.json`. A file that cannot be understood is kept aside as `settings.corrupt-<n>.json`. */
export function openSettings(folder: string, write: WriteFile, log: Log): OpenedSettings {
  const path = join(folder, 'settings.json')
  const { content, wasReset, isInTheWay } = readKept(folder, 'settings', parseSettings, 'The settings', log)
  let current = content ?? defaultSettings

  return {
    wasReset,
    store: {
      get: () => current,
      update(change) {
        const next = change(current)
        if (JSON.stringify(next) === JSON.stringify(current))
          return
        try {
          if (isInTheWay)
            throw new Error('the file of before could not be kept aside and would be lost')
          write(next)
        }
        catch (cause) {
          throw new AppError('settings-readonly', `The settings cannot be written to ${path}`, { cause, details: { path } })
        }
        current = next
      },
    },
  }
}
