import type { DialStatus, PbxEvent } from '../../pbx/events.ts'
import type { Message } from '../wire/message.ts'
import type { EventTranslators } from './translator.ts'
import { callerOf, channelNamed, channelOf } from './channel.ts'
import { given } from './text.ts'
import { one } from './translator.ts'

const STATUSES: Readonly<Record<string, DialStatus>> = {
  ANSWER: 'answer',
  BUSY: 'busy',
  NOANSWER: 'noanswer',
  CANCEL: 'cancel',
  CONGESTION: 'congestion',
  CHANUNAVAIL: 'chanunavail',
  ABORT: 'abort',
  CONTINUE: 'continue',
  GOTO: 'goto',
}
const PROGRESS: Readonly<Record<string, 'ringing' | 'progress' | 'proceeding'>> = {
  RINGING: 'ringing',
  PROGRESS: 'progress',
  PROCEEDING: 'proceeding',
}

export const dialEvents: EventTranslators = {
  /** Up to 11: `Source` and `Destination`, later `SubEvent`. The caller ID in it is the source's. */
  dial: one((message, at) => {
    const subEvent = message.get('SubEvent')?.toLowerCase()
    if (subEvent === 'end')
      return { type: 'dial.ended', source: channelNamed(message.get('Channel'), message.get('UniqueID')), destination: null, status: statusOf(message), forward: null, at }
    return subEvent === undefined || subEvent === 'begin'
      ? oldBegin(message, at)
      : null
  }),
  dialbegin: one((message, at) => {
    const destination = channelOf(message, 'Dest')
    return destination && { type: 'dial.begun', source: channelOf(message), destination, dialString: given(message.get('DialString')), at }
  }),
  dialstate: one((message, at) => {
    const destination = channelOf(message, 'Dest')
    const status = PROGRESS[message.get('DialStatus')?.toUpperCase() ?? '']
    return destination && status
      ? { type: 'dial.progressed', source: channelOf(message), destination, status, at }
      : null
  }),
  dialend: one((message, at) => {
    const destination = channelOf(message, 'Dest')
    return destination && { type: 'dial.ended', source: channelOf(message), destination, status: statusOf(message), forward: given(message.get('Forward')), at }
  }),
}

function oldBegin(message: Message, at: number): PbxEvent | null {
  const source = channelNamed(message.get('Source') ?? message.get('Channel'), message.get('SrcUniqueID') ?? message.get('UniqueID'))
  const destination = channelNamed(message.get('Destination'), message.get('DestUniqueID'))
  const caller = callerOf(message)
  const connected = channelOf(message)?.connected
  return destination && {
    type: 'dial.begun',
    source: source && {
      ...source,
      ...(caller && { caller }),
      ...(connected && { connected }),
    },
    destination,
    dialString: given(message.get('Dialstring')),
    at,
  }
}

function statusOf(message: Message): DialStatus {
  return STATUSES[message.get('DialStatus')?.toUpperCase() ?? ''] ?? 'other'
}
