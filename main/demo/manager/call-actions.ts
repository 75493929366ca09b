import type { Channel, Headers } from '../exchange/channel.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'
import { channelHeaders } from '../exchange/channel.ts'
import { failure, silentSuccess, success } from './answer.ts'
import { isTrue } from './request.ts'

const DTMF_MS = 100

/** What is done to a call that goes on: digits, a limit, recording, muting. */
export const callActions = {
  PlayDTMF(request, { exchange, transfers }) {
    const channel = exchange.named(request.get('Channel'))
    if (!channel)
      return failure('Channel not found')
    const digit = request.get('Digit').slice(0, 1)
    if (digit === '')
      return failure('No digit specified')
    // As if the phone itself had pressed it, or towards the phone.
    const isReceived = isTrue(request.get('Receive'))
    const said = (event: string, more: Headers): void => exchange.tell(event, [
      ...channelHeaders(channel),
      ['Digit', digit],
      ...more,
      ['Direction', isReceived
        ? 'Received'
        : 'Sent'],
    ])
    return success('DTMF successfully queued', () => {
      said('DTMFBegin', [])
      said('DTMFEnd', [['DurationMs', DTMF_MS]])
      if (isReceived)
        transfers.press(channel.uniqueid, digit)
    })
  },

  SendText: (request, office) => onChannel(request, office, 'No channel specified', 'No such channel', () => request.get('Message') === ''
    ? failure('No Message specified')
    : success('Success')),

  AbsoluteTimeout: (request, office) => onChannel(request, office, 'No channel specified', 'No such channel', ({ uniqueid }) => {
    const seconds = Number(request.get('Timeout')) || 0
    return seconds > 0
      ? success('Timeout Set', () => office.exchange.endAt(uniqueid, office.exchange.clock.now() + seconds * 1000))
      : failure('No timeout specified')
  }),

  MuteAudio(request, office) {
    return onChannel(request, office, 'Channel not specified', 'No such channel', () => {
      if (request.get('State') === '')
        return failure('State not specified')
      const direction = request.get('Direction')
      if (direction === '')
        return failure('Direction not specified')
      return ['in', 'out', 'all'].includes(direction.toLowerCase())
        ? silentSuccess(() => {})
        : failure('Failed to mute/unmute stream')
    })
  },

  MixMonitor: (request, office) => onChannel(request, office, 'No channel specified', 'No such channel', ({ uniqueid }) => request.get('File') === ''
    ? failure('Could not start monitoring channel')
    : silentSuccess(() => office.recordings.start(uniqueid))),

  MixMonitorMute(request, office) {
    const direction = request.get('Direction')
    if (request.get('Channel') === '')
      return failure('No channel specified')
    if (direction === '')
      return failure('No direction specified. Must be read, write or both')
    if (!['read', 'write', 'both'].includes(direction))
      return failure('Invalid direction specified. Must be read, write or both')
    if (request.get('State') === '')
      return failure('No state specified')
    return onChannel(request, office, '', 'No such channel', ({ uniqueid }) => silentSuccess(() => office.recordings.mute(uniqueid, direction, isTrue(request.get('State')))))
  },

  StopMixMonitor: (request, office) => onChannel(request, office, 'No channel specified', 'No such channel', ({ uniqueid }) => office.recordings.isRecorded(uniqueid)
    ? silentSuccess(() => office.recordings.stop(uniqueid))
    : failure('Could not stop monitoring channel')),
} as const satisfies Answers

function onChannel(request: Request, { exchange }: OfficePbx, whenMissing: string, whenUnknown: string, answer: (channel: Channel) => Answer): Answer {
  const name = request.get('Channel')
  if (name === '')
    return failure(whenMissing)
  const channel = exchange.named(name)
  return channel
    ? answer(channel)
    : failure(whenUnknown)
}
