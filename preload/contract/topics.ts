import type { AdminTopics } from './admin.ts'
import type { AppInfo, Preferences } from './settings.ts'
import type { CheckStepView } from './setup.ts'
import type { Patch } from './tables.ts'

/** What main tells windows unasked. */
export interface Topics extends AdminTopics {
  'pbx.patch': Patch
  /** One step of the live check has moved. */
  'setup.step': CheckStepView
  /** A `tel:` link (or the command line) wants a number dialled: fill the box, ask the person. */
  'dial.offer': { readonly text: string, readonly source: 'link' | 'command-line' }
  /** Show this part of the main window. */
  'window.panel': { readonly panel: 'home' | 'people' | 'queues' | 'voicemail' | 'settings' | 'setup' | 'about' }
  'app.info': AppInfo
  'preferences': Preferences
  /** Something to say once, in the window that is open: code of a failure or a notice. */
  'notice': { readonly code: import('./result.ts').ErrorCode | 'hidden-to-tray' | 'settings-reset' | 'todos-reset', readonly details?: Readonly<Record<string, string | number>> }
}
export type TopicName = keyof Topics
