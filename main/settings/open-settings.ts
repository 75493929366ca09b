import type { Log } from '../log.ts'
import type { Settings } from './schema.ts'
import type { SettingsStore } from './settings-store.ts'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
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
  const { settings, wasReset, isInTheWay } = readSettings(folder, path, log)
  let current = settings

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

interface Read {
  readonly settings: Settings
  readonly wasReset: boolean
  /** A file that we do not understand still has the name of ours. */
  readonly isInTheWay: boolean
}

function readSettings(folder: string, path: string, log: Log): Read {
  const text = readText(path, log)
  if (text === null)
    return { settings: defaultSettings, wasReset: false, isInTheWay: false }
  const settings = parseSettings(parseJson(text))
  return settings === null
    ? { settings: defaultSettings, wasReset: true, isInTheWay: !keepAside(folder, path, log) }
    : { settings, wasReset: false, isInTheWay: false }
}

/** Null when there is none; one that cannot be read is as good as one that cannot be understood. */
function readText(path: string, log: Log): string | null {
  try {
    return readFileSync(path, 'utf8')
  }
  catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return null
    log.error(`The settings in ${path} cannot be read`, error)
    return ''
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    // No JSON is no settings file either.
    return null
  }
}

function keepAside(folder: string, path: string, log: Log): boolean {
  let number = 1
  while (existsSync(join(folder, `settings.corrupt-${number}.json`))) number++
  const aside = join(folder, `settings.corrupt-${number}.json`)
  try {
    renameSync(path, aside)
    log.warn(`The settings could not be understood; they are kept as ${aside}`)
    return true
  }
  catch (error) {
    log.error(`The settings could not be understood and not be kept aside as ${aside}`, error)
    return false
  }
}
