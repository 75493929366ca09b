import type { AppInfo, Preferences } from './settings.ts'
import type { CheckReport, ExtensionProposal } from './setup.ts'
import type { Snapshot } from './tables.ts'
import { z } from 'zod'
import { adminCommands } from './admin.ts'
import { command } from './command.ts'

// eslint-disable-next-line no-control-regex
const line = z.string().regex(/^[^\0-\x1F\x7F\u2028\u2029]*$/, 'must be one line of plain text')
const id = line.min(1).max(200)
const word = line.max(80)

/** What a person types to reach a server; `secret: null` keeps the one that is stored. */
export const serverDraft = z.object({
  host: line.trim().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  tls: z.boolean(),
  username: line.min(1).max(80),
  secret: line.max(200).nullable(),
  fingerprint: z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/).nullable(),
  authority: z.string().max(65536).nullable(),
})

export const lineDraft = z.object({
  extension: word.min(1),
  hintContext: word,
  devices: z.array(word).max(16),
  mailboxes: z.array(word).max(16),
  dialContext: word,
  voicemailNumber: word,
  voicemailExten: word,
  outsidePrefix: word,
})

const preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en']),
  closeToTray: z.boolean(),
  popup: z.boolean(),
  popupCorner: z.enum([
    'top-left',
    'top-right',
    'bottom-left',
    'bottom-right',
  ]),
  popupLingerSeconds: z.number().int().min(0).max(60),
  openDialFromLinks: z.boolean(),
})

/** Everything that a window can ask for. A new line here and the compiler leads to the rest. */
export const commands = {
  'pbx.snapshot': command<Snapshot>()(z.undefined()),
  'app.info': command<AppInfo>()(z.undefined()),
  'app.quit': command<void>()(z.undefined()),
  /** Opens one of the program's own help pages in the browser. */
  'app.openHelp': command<void>()(z.object({
    page: z.enum(['manager-conf', 'certificates', 'home']),
  })),
  'clipboard.write': command<void>()(z.object({
    text: z.string().max(20_000),
  })),

  /** Tries a server step by step; each step is also pushed as `setup.step`. */
  'setup.check': command<CheckReport>()(serverDraft),
  'setup.cancelCheck': command<void>()(z.undefined()),
  /** Asks the server of the last good check about one extension. */
  'setup.propose': command<ExtensionProposal>()(z.object({
    extension: word.min(1),
    context: word,
  })),
  'setup.save': command<AppInfo>()(z.object({
    server: serverDraft,
    line: lineDraft,
    keepSecret: z.enum(['keystore', 'session']),
  })),
  'setup.demo': command<AppInfo>()(z.undefined()),
  /** Forgets the profile and its secret. */
  'setup.forget': command<AppInfo>()(z.undefined()),

  'preferences.get': command<Preferences>()(z.undefined()),
  'preferences.set': command<Preferences>()(preferences.partial()),

  'connection.retry': command<void>()(z.undefined()),
  /** Unlocks a session-only secret after a restart. */
  'connection.unlock': command<void>()(z.object({
    secret: line.min(1).max(200),
  })),

  /** What would be dialled for this text; nothing is dialled. */
  'dial.preview': command<{ readonly number: string, readonly display: string }>()(z.object({
    text: z.string().max(200),
  })),
  'dial.start': command<{ readonly id: string }>()(z.object({
    text: z.string().max(200),
    name: word.nullable(),
  })),
  'dial.cancel': command<void>()(z.object({ id })),
  'dial.dismiss': command<void>()(z.object({ id })),

  'call.hangup': command<void>()(z.object({ id })),
  'alert.decline': command<void>()(z.object({ id })),
  'alert.toVoicemail': command<void>()(z.object({ id })),
  /** The person has seen it: the popup goes, the call does not. */
  'alert.dismiss': command<void>()(z.object({ id })),

  'voicemail.call': command<{ readonly id: string }>()(z.undefined()),

  'window.hide': command<void>()(z.undefined()),
  'window.showMain': command<void>()(z.object({
    panel: z.enum(['home', 'settings', 'setup', 'about']),
  })),
  /** The popup says how tall its content is, in CSS pixels. */
  'popup.resize': command<void>()(z.object({
    height: z.number().int().min(0).max(2000),
  })),

  ...adminCommands,
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
