import type { Texts } from '../../locales/index.ts'
import type { Reflection } from '../../shell-port.ts'

/** What the tray says at a glance. */
export interface TrayFace {
  readonly state: 'offline' | 'idle' | 'ringing' | 'in-call'
  /** New messages; `some` where the server tells only that there are any. */
  readonly voicemail: number | 'some'
}

export function trayFace(view: Reflection): TrayFace {
  return { state: stateOf(view), voicemail: voicemailOf(view) }
}

function stateOf({ alerts, calls, connection, line }: Reflection): TrayFace['state'] {
  if (connection.state !== 'online')
    return 'offline'
  if (alerts.some(({ state }) => state === 'ringing') || line?.state === 'ringing' || line?.state === 'ringinuse')
    return 'ringing'
  if (calls.some(({ state }) => state !== 'ended') || line?.state === 'inuse' || line?.state === 'busy' || line?.state === 'onhold')
    return 'in-call'
  return line?.state === 'unavailable'
    ? 'offline'
    : 'idle'
}

function voicemailOf({ mailboxes }: Reflection): TrayFace['voicemail'] {
  const count = mailboxes.reduce((sum, { newMessages }) => sum + (newMessages ?? 0), 0)
  return count === 0 && mailboxes.some(({ newMessages, waiting }) => waiting && newMessages === null)
    ? 'some'
    : count
}

/** The state in words: the first line of the menu. */
export function stateLine(view: Reflection, texts: Texts): string {
  const { connection, line } = view
  const extension = line === null
    ? ''
    : `${line.extension}: `
  switch (connection.state) {
    case 'unconfigured': return texts('line.unconfigured')
    case 'connecting':
    case 'syncing': return texts('line.connecting')
    case 'offline':
    case 'waiting': return texts('line.offline')
    case 'online': {
      const { state } = trayFace(view)
      return `${extension}${texts(state === 'offline'
        ? 'line.unreachable'
        : `line.${state}`)}`
    }
    default: return connection.state satisfies never
  }
}

/** The count in words, or null while there is nothing new. */
export function voicemailLine(voicemail: TrayFace['voicemail'], texts: Texts): string | null {
  if (voicemail === 'some')
    return texts('voicemail.some')
  if (voicemail === 0)
    return null
  return voicemail === 1
    ? texts('voicemail.one')
    : texts('voicemail.other', { count: voicemail })
}

export function tooltip(view: Reflection, texts: Texts): string {
  return [texts('app.name'), stateLine(view, texts), voicemailLine(trayFace(view).voicemail, texts)].filter(part => part !== null).join(' – ')
}
