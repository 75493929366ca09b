import type { FirstLook } from '#contract/first-look.ts'
import type { Preferences } from '#contract/settings.ts'
import { join } from 'node:path'
import { DEMO_NAME } from './demo-settings.ts'
import { fieldOf, readRaw } from './raw.ts'

/** What the first window is made with, before the settings are read as a whole. */
export interface Glance extends Pick<Preferences, 'theme' | 'closeToTray'> {
  /** Null: there is no server yet, and the first thing to see is how to set one up. */
  readonly firstLook: FirstLook | null
}

/** Looks into `folder/settings.json`; what cannot be understood is as with new settings, and is told by those who read the file whole. */
export function glanceAtSettings(folder: string, demo: boolean): Glance {
  const raw = read(join(folder, 'settings.json'))
  const preferences = fieldOf(raw, 'preferences')
  const theme = fieldOf(preferences, 'theme')
  return {
    theme: theme === 'light' || theme === 'dark'
      ? theme
      : 'system',
    closeToTray: fieldOf(preferences, 'closeToTray') !== false,
    firstLook: demo || fieldOf(raw, 'demo') === true
      ? { server: DEMO_NAME, secured: false, demo: true }
      : lookAt(fieldOf(raw, 'profile')),
  }
}

function lookAt(profile: unknown): FirstLook | null {
  const host = fieldOf(profile, 'host')
  const port = fieldOf(profile, 'port')
  return typeof host === 'string' && typeof port === 'number'
    ? { server: `${host}:${port}`, secured: fieldOf(profile, 'tls') === true, demo: false }
    : null
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
