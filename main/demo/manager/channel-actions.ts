import type { Channel, Party } from '../exchange/channel.ts'
import type { Thread } from '../exchange/thread.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers, AnswerTo } from './action.ts'
import type { Answer } from './answer.ts'
import type { Request } from './request.ts'
import { channelHeaders, sipStatusOf } from '../exchange/channel.ts'
import { originate } from '../exchange/originate.ts'
import { callerAt, CONTEXT, userOf } from '../office.ts'
import { failure, list, success } from './answer.ts'
import { isTrue } from './request.ts'

export const channelActions = {
  CoreShowChannels: (_, { exchange }) => list('Channels will follow', newestFirst(exchange.channels).map(channel => ({
    event: 'CoreShowChannel',
    headers: [
      ...channelHeaders(channel),
      ['Application', channel.application],
      ['ApplicationData', channel.applicationData],
      ['Duration', durationText(secondsOf(channel, exchange.clock.now()))],
      ['BridgeId', channel.bridge ?? ''],
    ],
  })), 'CoreShowChannelsComplete'),

  CoreShowChannelMap(request, { exchange }) {
    const name = request.get('Channel')
    if (name === '')
      return { ...failure('CoreShowChannelMap requires a channel.'), strayLineFeed: true }
    const channel = exchange.named(name)
    if (!channel)
      return { ...failure('Could not get channel snapshot'), strayLineFeed: true }
    const others = channel.bridge === null
      ? []
      : exchange.bridges.membersOf(channel.bridge).filter(id => id !== channel.uniqueid)
    return list('Channel map will follow', others.map(id => ({
      event: 'CoreShowChannelMap',
      headers: [
        ['Channel', channel.name],
        ['ConnectedChannel', exchange.known(id).name],
      ],
    })), 'CoreShowChannelMapComplete')
  },

  Status(request, { exchange }) {
    const wanted = request.get('Channel')
    const only = exchange.named(wanted)
    if (wanted !== '' && !only)
      return failure('No such channel')
    const channels = only
      ? [only]
      : newestFirst(exchange.channels)
    return list('Channel status will follow', channels.map(channel => ({
      event: 'Status',
      actionIdLast: true,
      headers: [
        ['Privilege', 'Call'],
        ...statusHeaders(channel, exchange.clock.now()),
      ],
    })), 'StatusComplete', [['Items', channels.length]])
  },

  Originate: startOriginate,

  Hangup(request, { exchange }) {
    const name = request.get('Channel')
    if (name === '')
      return failure('No channel specified')
    const cause = /^\d{1,3}$/.test(request.get('Cause'))
      ? Number(request.get('Cause'))
      : 0
    const end = ({ uniqueid }: Channel): void => void exchange.end(uniqueid, { by: 'manager', cause, techCause: sipStatusOf(cause) })
    const pattern = patternOf(name)
    if (pattern) {
      const found = exchange.channels.filter(channel => pattern.test(channel.name))
      return {
        ...list('Channels hung up will follow', found.map(channel => ({ event: 'ChannelHungup', headers: [['Channel', channel.name]], actionIdLast: true })), 'ChannelsHungupListComplete'),
        then: () => found.forEach(end),
      }
    }
    const channel = exchange.named(name)
    return channel
      ? success('Channel Hungup', () => end(channel))
      : failure('No such channel')
  },
} as const satisfies Answers

const DEFAULT_TIMEOUT_MS = 30_000

function startOriginate(request: Request, office: OfficePbx, reply: Parameters<AnswerTo>[2]): Answer | null {
  const { dialplan, exchange, staff } = office
  const channel = request.get('Channel')
  const context = request.get('Context') || CONTEXT
  const exten = request.get('Exten')
  const application = request.get('Application')
  const timeout = request.get('Timeout') || String(DEFAULT_TIMEOUT_MS)
  if (channel === '')
    return failure('Channel not specified')
  if (!/^\d*$/.test(request.get('Priority')))
    return failure('Invalid priority')
  if (!/^\d{1,9}$/.test(timeout))
    return failure('Invalid timeout')
  if (exten !== '' && application === '' && (request.get('Context') === '' || request.get('Priority') === ''))
    return failure('Originate with \'Exten\' requires \'Context\' and \'Priority\'')
  if (!channel.includes('/'))
    return failure('Invalid channel')
  if (application === '' && !dialplan(context, exten))
    return failure('Extension does not exist.')

  const start = (done: (success: boolean) => void): void => originate(exchange, dialplan, {
    actionId: request.actionId,
    device: channel,
    caller: callerAt(staff, userOf(channel)),
    context,
    target: application === ''
      ? { kind: 'extension', context, exten }
      : { kind: 'application', name: application, data: request.get('Data'), serve: serviceOf(office, application, request.get('Data')) },
    timeoutMs: Number(timeout),
    channelId: request.get('ChannelId') || null,
    account: request.get('Account'),
    callerId: partyOf(request.get('CallerID')),
    connected: connectedOf(request.all('Variable')),
  }, done)
  if (isTrue(request.get('Async')))
    return success('Originate successfully queued', () => start(() => {}))
  start(done => reply(done
    ? success('Originate successfully queued')
    : failure('Originate failed')))
  return null
}

/** Applications of which the office has the real thing. */
function serviceOf({ mailboxes }: OfficePbx, application: string, data: string): ((thread: Thread) => void) | null {
  const [box = ''] = data.split('@')
  return application.toLowerCase() === 'voicemailmain' && mailboxes.named(box)
    ? thread => thread.run(1, 'VoiceMailMain', data, () => mailboxes.listen(thread, box))
    : null
}

/** `/^PJSIP\/1001-/`; null for a plain name, and for what is no expression. */
function patternOf(name: string): RegExp | null {
  const [, source] = /^\/(.+)\/$/.exec(name) ?? []
  if (source === undefined)
    return null
  try {
    return new RegExp(source)
  }
  catch (error) {
    if (error instanceof SyntaxError)
      return null
    throw error
  }
}

/** `"Karla Far" <0420555123>`, `Karla Far <0420555123>` or a number. */
function partyOf(text: string): Party | null {
  const [, name = '', number = ''] = /^(.*)<([^<>]*)>\s*$/.exec(text) ?? ['', '', text]
  const shown = name.trim().replace(/^"(.*)"$/, '$1')
  return text === ''
    ? null
    : { number: number.trim() || null, name: shown || null }
}

/** Whom the phone is to show: the variables with which a click-to-dial says so. */
function connectedOf(variables: readonly string[]): Party | null {
  const values = new Map(variables.map((variable) => {
    // A client escapes what would end the value.
    const [name = '', ...rest] = variable.replace(/\\(.)/g, '$1').split('=')
    return [name.replace(/,i\)/, ')').toLowerCase(), rest.join('=')] as const
  }))
  const all = values.get('connectedline(all)')
  if (all !== undefined)
    return partyOf(all)
  const number = values.get('connectedline(num)') ?? values.get('connectedline(number)')
  const name = values.get('connectedline(name)')
  return number === undefined && name === undefined
    ? null
    : { number: number ?? null, name: name ?? null }
}

function statusHeaders(channel: Channel, now: number): ReturnType<typeof channelHeaders> {
  const headers = channelHeaders(channel)
  return [
    ...headers,
    ['Type', channel.device.slice(0, channel.device.indexOf('/'))],
    ['DNID', channel.dialed],
    ['EffectiveConnectedLineNum', channel.connected.number ?? '<unknown>'],
    ['EffectiveConnectedLineName', channel.connected.name ?? '<unknown>'],
    ['TimeToHangup', channel.endsAt === null
      ? 0
      : Math.max(0, Math.round((channel.endsAt - now) / 1000))],
    ['BridgeID', channel.bridge ?? ''],
    ['Application', channel.application],
    ['Data', channel.applicationData],
    ['Nativeformats', '(ulaw)'],
    ['Readformat', 'ulaw'],
    ['Readtrans', ''],
    ['Writeformat', 'ulaw'],
    ['Writetrans', ''],
    ['Callgroup', 2],
    ['Pickupgroup', 2],
    ['Seconds', secondsOf(channel, now)],
  ]
}

export const newestFirst = (channels: readonly Channel[]): readonly Channel[] => [...channels].reverse()
export const secondsOf = ({ createdAt }: Pick<Channel, 'createdAt'>, now: number): number => Math.max(0, Math.floor((now - createdAt) / 1000))

/** `01:02:03`. */
export function durationText(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, '0')).join(':')
}
