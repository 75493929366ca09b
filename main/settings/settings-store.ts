import type { Settings } from './schema.ts'

/** The settings in memory and on disk. */
export interface SettingsStore {
  readonly get: () => Settings
  /** Writes before it answers; throws an `AppError` `settings-readonly` when the disk refuses, and then nothing has changed. */
  readonly update: (change: (settings: Settings) => Settings) => void
}
