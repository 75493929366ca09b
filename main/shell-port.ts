import type { AppInfo, Preferences } from '#contract/settings.ts'
import type { AlertView, CallView, ConnectionView, LineView, MailboxView, Tables } from '#contract/tables.ts'
import type { TopicName, Topics } from '#contract/topics.ts'
import type { Effect } from './features/types.ts'
import type { Route } from './ipc/router.ts'

export type WindowName = 'main' | 'popup' | 'admin'

/** What tray, badge and popup window mirror; told whenever some of it has changed, also while no window is open. */
export interface Reflection {
  readonly connection: ConnectionView
  readonly line: LineView | null
  readonly alerts: readonly AlertView[]
  readonly calls: readonly CallView[]
  readonly mailboxes: readonly MailboxView[]
  readonly preferences: Preferences
}

/** What the program asks of the desktop around it; tests bring a desktop of their own. */
export interface ShellPort {
  readonly facts: () => Pick<AppInfo, 'version' | 'electron' | 'platform' | 'tray'>
  /** To every window that is open, or to one of them. */
  readonly push: <T extends TopicName>(topic: T, payload: Topics[T], to?: WindowName) => void
  readonly reflect: (view: Reflection) => void
  /** May become a notification of the operating system; `id` is the row that it is about. */
  readonly announce: (what: Extract<Effect, { type: 'announce' }>['what'], view: Tables, id: string) => void
  readonly quit: () => void
  readonly openHelp: (page: 'manager-conf' | 'certificates' | 'home') => void
  readonly writeClipboard: (text: string) => void
  readonly hideWindow: () => void
  readonly showMain: (panel: Topics['window.panel']['panel']) => void
  readonly showAdmin: () => void
  /** Asks where, and writes; the path, or null when the person thought better of it. Rejects with `file-unwritable`. */
  readonly saveText: (suggestedName: string, text: string) => Promise<string | null>
  /** Asks which, and reads. Rejects with `file-unreadable`. */
  readonly openText: () => Promise<{ readonly path: string, readonly text: string } | null>
  /** Height of the popup's content in CSS pixels. */
  readonly resizePopup: (height: number) => void
}

/** What the desktop may ask of the program. */
export interface AppPort {
  /** Answers a request of a window. */
  readonly route: Route
  readonly start: () => void
  /** Says goodbye to the server; resolves when nothing is left running. */
  readonly stop: () => Promise<void>
  /** Shows the dial box filled in; the person decides. */
  readonly offerDial: (text: string, from: Topics['dial.offer']['source']) => void
  readonly callMailbox: () => void
  /** Whether somebody may see a window: one that is hidden is told nothing, and before it is shown it is told what it missed. */
  readonly setSeen: (window: WindowName, isSeen: boolean) => void
  /** The administration window has gone. */
  readonly adminClosed: () => void
  readonly networkChanged: () => void
  readonly suspended: () => void
  readonly resumed: () => void
}
