import type { AppInfo, Preferences } from './settings.ts'
import type { CheckReport, ExtensionProposal } from './setup.ts'
import type { MessageView, Snapshot } from './tables.ts'
import { z } from 'zod'
import { adminCommands } from './admin.ts'
import { command, nothing } from './command.ts'

// eslint-disable-next-line no-control-regex
const line = z.string().regex(/^[^\0-\x1F\x7F\u2028\u2029]*$/, 'must be one line of plain text')
const id = line.min(1).max(200)
const word = line.max(80)
/** A name as windows show it: 120 characters, and some take two places. */
const name = line.max(240).nullable()

/** What a person types to reach a server; `secret: null` keeps the one that is stored. */
function serverDraft() {
  return z.object({
    host: line.trim().min(1).max(253),
    port: z.number().int().min(1).max(65535),
    tls: z.boolean(),
    username: line.min(1).max(80),
    secret: line.max(200).nullable(),
    fingerprint: z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/).nullable(),
    authority: z.string().max(65536).nullable(),
  })
}

const code = z.string().max(40).regex(/^(?:[\d*#A-D]|\{extension\})*$/, 'must be keys of a phone')
/** Pressed, or put before the extension of somebody else: mine has no place in it. */
const keys = z.string().max(40).regex(/^[\d*#A-D]*$/, 'must be keys of a phone')

function lineDraft() {
  return z.object({
    extension: word.min(1),
    hintContext: word,
    devices: z.array(word).max(16),
    mailboxes: z.array(word).max(16),
    dialContext: word,
    voicemailNumber: word,
    voicemailExten: word,
    outsidePrefix: word,
    /** What is left out stays as it is. */
    codes: z.object({
      pickup: keys,
      dndOn: code,
      dndOff: code,
      forwardAlways: code,
      forwardAlwaysOff: code,
      forwardBusy: code,
      forwardBusyOff: code,
      forwardNoAnswer: code,
      forwardNoAnswerOff: code,
      record: keys,
      swap: keys,
      threeWay: keys,
      complete: keys,
      conference: code,
      agent: word,
      agentLogin: code,
      context: word,
    }).partial().optional(),
  })
}

/** An act that was asked for: how it goes is told by the row of `acts` with this id. */
interface Asked { readonly id: string }

/** Acts on what is somebody else's fail with `needs-confirmation` until the person has said yes. */
const confirmed = z.boolean().default(false)
/** A number as a person types it, or the extension of a colleague. */
const to = line.trim().min(1).max(200)
const messages = () => z.object({ mailbox: word.min(1), folder: word.min(1), ids: z.array(word.min(1)).min(1).max(100).readonly(), confirmed })

function preferences() {
  return z.object({
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
    pauseReasons: z.array(word.min(1)).max(40).readonly(),
    queueLevels: z.object({
      busyWaiting: z.number().int().min(1).max(10_000),
      alarmWaiting: z.number().int().min(1).max(10_000),
      busySeconds: z.number().int().min(1).max(86_400),
      alarmSeconds: z.number().int().min(1).max(86_400),
    }),
  })
}

/** Everything that a window can ask for. A new line here and the compiler leads to the rest. */
export const commands = {
  /** Everything that there is; from then on patches say what changed. What is left `without` stays empty, and costs nothing. */
  'pbx.snapshot': command<Snapshot>()(() => z.object({ without: z.array(z.enum(['people'])).readonly() }).optional()),
  'app.info': command<AppInfo>()(nothing),
  'app.quit': command<void>()(nothing),
  /** Opens one of the program's own help pages in the browser. */
  'app.openHelp': command<void>()(() => z.object({
    page: z.enum(['manager-conf', 'certificates', 'home']),
  })),
  'clipboard.write': command<void>()(() => z.object({
    text: z.string().max(1_000_000),
  })),

  /** Tries a server step by step; each step is also pushed as `setup.step`. */
  'setup.check': command<CheckReport>()(serverDraft),
  'setup.cancelCheck': command<void>()(nothing),
  /** Asks the server of the last good check about one extension. */
  'setup.propose': command<ExtensionProposal>()(() => z.object({
    extension: word.min(1),
    context: word,
  })),
  'setup.save': command<AppInfo>()(() => z.object({
    server: serverDraft(),
    line: lineDraft(),
    keepSecret: z.enum(['keystore', 'session']),
  })),
  'setup.demo': command<AppInfo>()(nothing),
  /** Forgets the profile and its secret. */
  'setup.forget': command<AppInfo>()(nothing),

  'preferences.get': command<Preferences>()(nothing),
  'preferences.set': command<Preferences>()(() => preferences().partial()),

  'connection.retry': command<void>()(nothing),
  /** Unlocks a session-only secret after a restart. */
  'connection.unlock': command<void>()(() => z.object({
    secret: line.min(1).max(200),
  })),

  /** What would be dialled for this text; nothing is dialled. */
  'dial.preview': command<{ readonly number: string, readonly display: string }>()(() => z.object({
    text: z.string().max(200),
  })),
  'dial.start': command<{ readonly id: string }>()(() => z.object({
    text: z.string().max(200),
    name,
  })),
  'dial.cancel': command<void>()(() => z.object({ id })),
  'dial.dismiss': command<void>()(() => z.object({ id })),

  'call.hangup': command<void>()(() => z.object({ id })),
  /** Blind, to a number or the id of a colleague; `voicemail`: into the mailbox of whoever has that number. Blind to a phone that is not connected fails with `needs-confirmation` and the `person` in the details. */
  'call.transfer': command<Asked>()(() => z.object({ id, to, name, kind: z.enum(['blind', 'voicemail']), confirmed })),
  /** Attended: the other party waits while I talk to `to`. */
  'call.consult': command<Asked>()(() => z.object({ id, to, name: name.default(null) })),
  'call.swap': command<Asked>()(() => z.object({ id })),
  'call.complete': command<Asked>()(() => z.object({ id })),
  'call.cancelConsult': command<Asked>()(() => z.object({ id })),
  /** All legs into one room; with a consultation on: all three. */
  'call.conference': command<Asked>()(() => z.object({ id })),
  'call.dtmf': command<Asked>()(() => z.object({ id, digits: z.string().regex(/^[\d*#A-D]{1,32}$/, 'must be keys of a phone') })),
  'call.record': command<Asked>()(() => z.object({ id, do: z.enum(['start', 'pause', 'resume', 'stop']) })),
  /** Seconds from now until the server ends it; 0 takes it back. */
  'call.timeout': command<Asked>()(() => z.object({ id, seconds: z.number().int().min(0).max(86_400) })),
  'call.mute': command<Asked>()(() => z.object({ id, on: z.boolean() })),
  /** To another of my devices. */
  'call.move': command<Asked>()(() => z.object({ id, device: word.min(1) })),
  /** `forWhom`: the id of a colleague, whose phone rings when the time is over; null: mine. */
  'call.park': command<Asked>()(() => z.object({ id, lot: word.nullable(), forWhom: id.nullable() })),
  'parked.retrieve': command<Asked>()(() => z.object({ id, confirmed })),

  'alert.transfer': command<Asked>()(() => z.object({ id, to, confirmed })),
  'alert.park': command<Asked>()(() => z.object({ id })),
  'alert.decline': command<void>()(() => z.object({ id })),
  'alert.toVoicemail': command<void>()(() => z.object({ id })),
  /** The person has seen it: the popup goes, the call does not. */
  'alert.dismiss': command<void>()(() => z.object({ id })),

  'person.pickup': command<Asked>()(() => z.object({ id, confirmed })),
  /** Rings a colleague and, once they have lifted, calls a number for them. */
  'person.connect': command<Asked>()(() => z.object({ id, to, name: name.default(null), confirmed })),
  /** Tells once when the colleague is free. */
  'person.watch': command<void>()(() => z.object({ id, on: z.boolean() })),
  /** Replaces favourites, groups and order of the `people` that there are now, by their ids; kept for this server. */
  'people.arrange': command<void>()(() => z.object({
    favourites: z.array(id).max(1000).readonly(),
    groups: z.array(z.object({ name: word.trim().min(1), members: z.array(id).max(2000).readonly() })).max(100).readonly(),
    order: z.array(id).max(5000).readonly(),
  })),

  'line.dnd': command<Asked>()(() => z.object({ on: z.boolean() })),
  'line.forward': command<Asked>()(() => z.object({ kind: z.enum(['always', 'busy', 'noAnswer']), to: to.nullable() })),

  /** My phone rings and plays the messages: of the first of my mailboxes where none is named. */
  'voicemail.call': command<{ readonly id: string }>()(() => z.object({ mailbox: word.min(1) }).optional()),
  'voicemail.messages': command<readonly MessageView[]>()(() => z.object({ mailbox: word.min(1) })),
  'voicemail.move': command<Asked>()(() => messages().omit({ confirmed: true }).extend({ toFolder: word.min(1) })),
  'voicemail.delete': command<Asked>()(messages),
  'voicemail.forward': command<Asked>()(() => messages().omit({ confirmed: true }).extend({ toMailbox: word.min(1) })),

  /** `queue: null`: all of mine at once. */
  'queue.login': command<Asked>()(() => z.object({ queue: word.min(1).nullable() })),
  'queue.logout': command<Asked>()(() => z.object({ queue: word.min(1).nullable() })),
  'queue.pause': command<Asked>()(() => z.object({ queue: word.min(1).nullable(), paused: z.boolean(), reason: word.nullable() })),

  /** My agent; where it logs in by a call, my phone rings first. */
  'agent.login': command<Asked>()(nothing),
  /** After the call that goes on, if there is one. */
  'agent.logout': command<Asked>()(nothing),

  'todo.done': command<void>()(() => z.object({ id, done: z.boolean() })),
  'act.dismiss': command<void>()(() => z.object({ id })),

  'window.hide': command<void>()(nothing),
  'window.showMain': command<void>()(() => z.object({
    panel: z.enum(['home', 'people', 'queues', 'voicemail', 'settings', 'setup', 'about']),
  })),
  /** The popup says how tall its content is, in CSS pixels. */
  'popup.resize': command<void>()(() => z.object({
    height: z.number().int().min(0).max(2000),
  })),

  ...adminCommands,
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
