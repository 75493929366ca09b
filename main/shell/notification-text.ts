import type { PartyView, Tables } from '#contract/tables.ts'
import type { Texts } from '../locales/index.ts'
import type { ShellPort } from '../shell-port.ts'
import { isTextKey } from '../locales/index.ts'
import { voicemailLine } from './tray/face.ts'

export interface NotificationText {
  readonly title: string
  readonly body: string
}

/** What a notification of the operating system says, or null when the row that it is about is gone. */
export function notificationText(what: Parameters<ShellPort['announce']>[0], view: Tables, id: string, texts: Texts): NotificationText | null {
  switch (what) {
    case 'call-missed': {
      const recent = view.recents[id]
      const alert = view.alerts[id]
      const peer = recent?.peer ?? alert?.caller
      if (peer === undefined)
        return null
      const queue = recent?.queue ?? alert?.queue ?? null
      const caller = partyText(peer, texts)
      return {
        title: texts('notify.missed.title'),
        body: queue === null
          ? caller
          : texts('notify.missed.queue', { caller, queue }),
      }
    }
    case 'voicemail-new': {
      const mailbox = view.mailboxes[id]
      const count = voicemailLine(mailbox?.newMessages ?? 'some', texts)
      return mailbox === undefined || count === null
        ? null
        : { title: texts('notify.voicemail.title'), body: count }
    }
    case 'dial-failed': {
      const dial = view.dials[id]
      if (dial === undefined)
        return null
      const reason = `notify.dial.${dial.error?.code ?? 'other'}`
      return {
        title: texts('notify.dial.title', { number: dial.name ?? dial.display }),
        body: texts(isTextKey(reason)
          ? reason
          : 'notify.dial.other'),
      }
    }
    case 'person-free': {
      const person = view.people[id]
      return person === undefined
        ? null
        : { title: texts('notify.free.title', { name: person.name ?? person.exten }), body: texts('notify.free.body', { exten: person.exten }) }
    }
    case 'queue-alarm': {
      const queue = view.queues[id]
      return queue === undefined
        ? null
        : { title: texts('notify.queue.title', { queue: queue.id }), body: queue.waiting === 1 ? texts('notify.queue.one') : texts('notify.queue.other', { count: queue.waiting }) }
    }
    default:
      return what satisfies never
  }
}

function partyText({ display, name }: PartyView, texts: Texts): string {
  if (name !== null && display !== '')
    return `${name} (${display})`
  return name ?? (display === ''
    ? texts('notify.missed.unknown')
    : display)
}

const LONGEST = 200

/** Text of a stranger as one plain line. */
export function plainLine(text: string): string {
  // Direction marks would turn our own words around.
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g, ' ').replace(/\s+/g, ' ').trim()
  // Whole characters: half of one is no text.
  return [...line].slice(0, LONGEST).join('')
}

/** The same for a daemon that reads markup, as those of Linux do; Electron hands the body over as it is. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
