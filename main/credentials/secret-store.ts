import type { AppInfo } from '#contract/settings.ts'

/** Where the secret of the profile is kept: sealed by the operating system, or in memory until the program ends. */
export interface SecretStore {
  readonly status: () => AppInfo['keyStore']
  /** Base64 that only this person's key store opens; null where there is none. */
  readonly seal: (secret: string) => string | null
  /** Throws an `AppError` `secret-unreadable` when the key store does not open it. */
  readonly open: (sealed: string) => string
  readonly keepForSession: (secret: string | null) => void
  readonly session: () => string | null
}
