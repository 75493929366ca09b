import type { ProfileView } from './setup.ts'

export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'system' | 'en'
  /** Closing the window leaves the program in the tray. */
  readonly closeToTray: boolean
  readonly popup: boolean
  readonly popupCorner: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right'
  /** Seconds that an ended popup stays; 0 closes it at once. */
  readonly popupLingerSeconds: number
  /** A `tel:` link fills the dial box. */
  readonly openDialFromLinks: boolean
  /** What a pause in a queue may be for; the administrator's list. */
  readonly pauseReasons: readonly string[]
  /** From how many callers, or from which wait on, a queue is `busy` or in `alarm`. */
  readonly queueLevels: { readonly busyWaiting: number, readonly alarmWaiting: number, readonly busySeconds: number, readonly alarmSeconds: number }
}

export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly platform: string
  readonly tray: boolean
  /** Whether the operating system keeps secrets for us; its name for the sentence that says so. */
  readonly keyStore: { readonly available: boolean, readonly backend: string }
  readonly configured: boolean
  readonly demo: boolean
  readonly profile: ProfileView | null
}
