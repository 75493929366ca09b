import type { Preferences } from '#contract/settings.ts'
import type { ProfileView } from '#contract/setup.ts'
import type { Arrangement } from '../features/office-config.ts'

/** A server, the account there and what is mine on it, as it is stored. */
export interface Profile extends Omit<ProfileView, 'secretIsSet' | 'secretKept'> {
  /** What the key store of the operating system made of the secret, in Base64; null: kept for one session only. */
  readonly sealedSecret: string | null
}

export interface Settings {
  readonly version: 1
  /** The demo office instead of the profile. */
  readonly demo: boolean
  readonly profile: Profile | null
  readonly preferences: Preferences
  /** How colleagues and queues of each server are arranged, by `host:port` or `demo`. */
  readonly arrangements: Readonly<Record<string, Arrangement>>
}
