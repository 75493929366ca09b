import type { Channel, Party } from '../exchange/channel.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Action } from './action.ts'
import type { Request } from './request.ts'
import { channelHeaders, sipStatusOf } from '../exchange/channel.ts'
import { originate } from '../exchange/originate.ts'
import { callerOf } from '../office-pbx.ts'
import { CONTEXT } from '../office.ts'
import { failure, list, success } from './answer.ts'

export const channelActions: readonly Action[] = [
  {
    name: 'CoreShowChannels',
    synopsis: 'List currently active channels.',
    rights: ['system', 'reporting'],
    answer: (_, { exchange }) => list('Channels will follow', newestFirst(exchange.channels).map(channel => ({
      event: 'CoreShowChannel',
      headers: [
        ...channelHeaders(channel),
        ['Application', channel.application],
        ['ApplicationData', channel.applicationData],
        ['Duration', duration(secondsOf(channel, exchange.clock.now()))],
        ['BridgeId', channel.bridge ?? ''],
      ],
    })), 'CoreShowChannelsComplete'),
  },
  {
    name: 'Status',
    synopsis: 'List channel status.',
    rights: ['system', 'call', 'reporting'],
    answer: (request, { exchange }) => {
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
  },
  {
    name: 'Originate',
    synopsis: 'Originate a call.',
    rights: ['originate'],
    answer: startOriginate,
  },
  {
    name: 'Hangup',
    synopsis: 'Hangup channel.',
    rights: ['system', 'call'],
    answer: (request, { exchange }) => {
      const name = request.get('Channel')
      if (name === '')
        return failure('No channel specified')
      const channel = exchange.named(name)
      if (!channel)
        return failure('No such channel')
      const cause = /^\d{1,3}$/.test(request.get('Cause'))
        ? Number(request.get('Cause'))
        : 0
      return success('Channel Hungup', () => exchange.end(channel.uniqueid, { by: 'manager', cause, techCause: sipStatusOf(cause) }))
    },
  },
  {
    name: 'Redirect',
    synopsis: 'Redirect (transfer) a call.',
    rights: ['call'],
    answer: (request, { exchange }) => {
      const name = request.get('Channel')
      if (name === '')
        return failure('Channel not specified')
      const channel = exchange.named(name)
      if (!channel)
        return failure(`Channel does not exist: ${name}`)
      // Where the extension does not exist a real server says Success too, and the call is lost.
      return exchange.canRedirect(channel.uniqueid)
        ? success('Redirect successful', () => exchange.redirect(channel.uniqueid, request.get('Context') || channel.context, request.get('Exten')))
        : failure('Redirect failed')
    },
  },
  {
    name: 'ParkedCalls',
    synopsis: 'List parked calls.',
    rights: ['call'],
    answer: () => list('Parked calls will follow', [], 'ParkedCallsComplete', [['Total', 0]]),
  },
]

const DEFAULT_TIMEOUT_MS = 30_000

function startOriginate(request: Request, { exchange, dialplan }: OfficePbx, reply: Parameters<Action['answer']>[2]): ReturnType<Action['answer']> {
  const channel = request.get('Channel')
  const context = request.get('Context') || CONTEXT
  const exten = request.get('Exten')
  const timeout = request.get('Timeout') || String(DEFAULT_TIMEOUT_MS)
  if (channel === '')
    return failure('Channel not specified')
  if (!/^\d*$/.test(request.get('Priority')))
    return failure('Invalid priority')
  if (!/^\d{1,9}$/.test(timeout))
    return failure('Invalid timeout')
  if (!channel.includes('/'))
    return failure('Invalid channel')
  if (!dialplan(context, exten))
    return failure('Extension does not exist.')

  const isAsync = /^(?:true|yes|on|[1yt])$/i.test(request.get('Async'))
  const extension = channel.slice(channel.indexOf('/') + 1)
  const start = (done: (success: boolean) => void): void => originate(exchange, dialplan, {
    actionId: request.actionId,
    device: channel,
    caller: callerOf(extension),
    context,
    exten,
    timeoutMs: Number(timeout),
    channelId: request.get('ChannelId') || null,
    account: request.get('Account'),
    callerId: partyOf(request.get('CallerID')),
    connected: connectedOf(request.all('Variable')),
  }, done)
  if (isAsync)
    return success('Originate successfully queued', () => start(() => {}))
  start(done => reply(done
    ? success('Originate successfully queued')
    : failure('Originate failed')))
  return null
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
    ['TimeToHangup', 0],
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

const newestFirst = (channels: readonly Channel[]): readonly Channel[] => [...channels].reverse()
const secondsOf = ({ createdAt }: Channel, now: number): number => Math.max(0, Math.floor((now - createdAt) / 1000))

function duration(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, '0')).join(':')
}
