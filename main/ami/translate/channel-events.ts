import type { Message } from '../wire/message.ts'
import type { EventTranslators } from './translator.ts'
import { channelOf, uniqueidOf } from './channel.ts'
import { given, integer, isTrue } from './text.ts'
import { one } from './translator.ts'

const created = one((message, at) => {
  const channel = channelOf(message)
  return channel && { type: 'channel.created', channel, at }
})

const changed = one((message, at) => {
  const channel = channelOf(message)
  return channel && { type: 'channel.changed', channel, at }
})

/** Up to 1.4 and from 12 on two events, between them one with a status. */
function hold(held: boolean) {
  return one((message, at) => {
    const channel = channelOf(message)
    const status = message.get('Status')
    return channel && {
      type: 'channel.holdChanged',
      channel,
      held: status === undefined
        ? held
        : isTrue(status),
      at,
    }
  })
}

function recording(state: (message: Message) => 'on' | 'paused' | null) {
  return one((message, at) => {
    const channel = channelOf(message)
    return channel && { type: 'channel.recordingChanged', channel, recording: state(message), at }
  })
}

export const channelEvents: EventTranslators = {
  newchannel: created,
  newstate: changed,
  newcallerid: changed,
  newconnectedline: changed,
  newaccountcode: changed,
  // Class call up to 1.4 and in 12 to 15: there it is the only one to tell what was dialled.
  newexten: changed,
  rename: one((message, at) => {
    const from = given(message.get('Oldname') ?? message.get('Channel'))
    const to = given(message.get('Newname'))
    return from === null || to === null
      ? null
      : { type: 'channel.renamed', uniqueid: uniqueidOf(message.get('Uniqueid')), from, to, at }
  }),
  hangup: one((message, at) => {
    const channel = channelOf(message)
    return channel && {
      type: 'channel.hungUp',
      channel,
      cause: integer(message.get('Cause')),
      causeText: given(message.get('Cause-txt')),
      techCause: given(message.get('TechCause')),
      at,
    }
  }),
  hanguprequest: one((message, at) => {
    const channel = channelOf(message)
    return channel && { type: 'channel.hangupAsked', channel, at }
  }),
  hold: hold(true),
  unhold: hold(false),
  mixmonitorstart: recording(() => 'on'),
  mixmonitorstop: recording(() => null),
  mixmonitormute: recording(message => isTrue(message.get('State'))
    ? 'paused'
    : 'on'),
  /** chan_sip's age: up to 20. */
  monitorstart: recording(() => 'on'),
  monitorstop: recording(() => null),
}
