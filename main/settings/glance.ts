import type { Preferences } from '#contract/settings.ts'
import { join } from 'node:path'
import { fieldOf, readRaw } from './raw.ts'

/** What the first window is made with, before the settings are read as a whole. */
export type Glance = Pick<Preferences, 'theme' | 'closeToTray'>

/** Looks into `folder/settings.json`; what cannot be understood is as with new settings, and is told by those who read the file whole. */
export function glanceAtSettings(folder: string): Glance {
  const preferences = fieldOf(read(join(folder, 'settings.json')), 'preferences')
  const theme = fieldOf(preferences, 'theme')
  return {
    theme: theme === 'light' || theme === 'dark'
      ? theme
      : 'system',
    closeToTray: fieldOf(preferences, 'closeToTray') !== false,
  }
}

function read(path: string): unknown {
  try {
    return readRaw(path)
  }
  catch {
    // There is none yet, or one that `openSettings` is about to report.
    return null
  }
}
