import type { Channel } from '../exchange/channel.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { ConsoleCommand } from './command.ts'
import { stateText } from '../exchange/channel.ts'
import { durationText, newestFirst, secondsOf } from '../manager/channel-actions.ts'
import { spanText } from '../manager/dates.ts'
import { ASTERISK_VERSION, MODULES } from '../manager/server-actions.ts'
import { aligned, counted, padded } from './command.ts'

export const coreCommands: readonly ConsoleCommand[] = [
  {
    name: 'core show version',
    summary: 'Display version info',
    usage: ['Usage: core show version', '       Shows Asterisk version information.'],
    run: (_, words) => words.length === 0
      ? [`Asterisk ${ASTERISK_VERSION} built by nobody @ office.example on a x86_64 running Linux on 2026-01-15 09:00:00 UTC`]
      : null,
  },
  {
    name: 'core show uptime',
    summary: 'Show uptime information',
    usage: ['Usage: core show uptime [seconds]', '       Shows Asterisk uptime information.'],
    run(office) {
      const seconds = Math.floor((office.exchange.clock.now() - office.startedAt) / 1000)
      return [`System uptime: ${spanText(seconds)}`, `Last reload: ${spanText(seconds)}`]
    },
  },
  {
    name: 'core show channels',
    summary: 'Display information on channels',
    usage: [
      'Usage: core show channels [concise|verbose|count]',
      '       Lists currently defined channels and some information about them. If',
      '       \'concise\' is specified, the format is abridged and in a more easily',
      '       machine parsable format. If \'verbose\' is specified, the output includes',
      '       more and longer fields. If \'count\' is specified only the channel and call',
      '       count is output.',
    ],
    complete: (_, place) => place === 0
      ? ['concise', 'count', 'verbose']
      : [],
    run: showChannels,
  },
  {
    name: 'core show calls',
    summary: 'Display information on calls',
    usage: ['Usage: core show calls [seconds]', '       Lists number of currently active calls and total number of calls', '       processed through PBX since last restart.'],
    run: office => counts(office).slice(1),
  },
  {
    name: 'core show hints',
    summary: 'Show dialplan hints',
    usage: ['Usage: core show hints', '       List registered hints.'],
    run: ({ exchange: { states } }) => [
      '',
      '    -= Registered Asterisk Dial Plan Hints =-',
      ...states.hints.map((hint) => {
        const state = states.hintHeaders(hint).find(([name]) => name === 'StatusText')?.[1] ?? ''
        const presence = hint.presentity === null
          ? null
          : states.presenceOf(hint.presentity)
        return `${padded(`${hint.exten}@${hint.context}`, 30)}: ${padded(hint.hint, 60)}  State:${padded(String(state), 15)} Presence:${padded(presence?.status ?? 'not_set', 15)} Watchers  0`
      }),
      '----------------',
      `- ${counted(states.hints.length, 'hint')} registered`,
    ],
  },
  {
    name: 'module show like',
    summary: 'List modules and info',
    usage: ['Usage: module show [like keyword]', '       Shows Asterisk modules currently in use, and usage statistics.'],
    run: (_, [word = '']) => modulesLike(word),
  },
  {
    name: 'module show',
    summary: 'List modules and info',
    usage: ['Usage: module show [like keyword]', '       Shows Asterisk modules currently in use, and usage statistics.'],
    run: (_, words) => words.length === 0
      ? modulesLike('')
      : null,
  },
  {
    name: 'logger show channels',
    summary: 'List configured log channels',
    usage: ['Usage: logger show channels', '       List configured logger channels.'],
    run: () => [
      'Logger queue limit: 1000',
      '',
      'Channel                             Type     Formatter  Status    Configuration',
      '-------                             ----     ---------  ------    -------------',
      '/var/log/asterisk/full              File     default    Enabled    - NOTICE WARNING ERROR VERBOSE SECURITY ',
      '/var/log/asterisk/messages          File     default    Enabled    - NOTICE WARNING ERROR ',
      '',
    ],
  },
]

function showChannels(office: OfficePbx, [form, ...rest]: readonly string[]): readonly string[] | null {
  const { exchange } = office
  const channels = newestFirst(exchange.channels)
  const now = exchange.clock.now()
  if (rest.length > 0)
    return null
  switch (form) {
    case undefined: return [
      `${padded('Channel', 64)} ${padded('Location', 32)} ${padded('State', 7)} ${padded('Application(Data)', 30)}`,
      ...channels.map(channel => `${padded(channel.name, 64)} ${padded(placeOf(channel), 32)} ${padded(stateText(channel.state), 7)} ${padded(channel.application === ''
        ? '(None)'
        : `${channel.application}(${channel.applicationData})`, 30)}`),
      ...counts(office),
    ]
    case 'concise': return channels.length === 0
      ? ['']
      : channels.map(({ name, context, exten, priority, state, application, applicationData, caller, account, bridge, uniqueid, createdAt }) => [
          name,
          context,
          exten,
          priority,
          stateText(state),
          application || '(None)',
          applicationData,
          caller.number ?? '',
          account,
          '',
          3,
          secondsOf({ createdAt }, now),
          bridge ?? '',
          uniqueid,
        ].join('!'))
    case 'verbose': return [
      `${padded('Channel', 80)} ${padded('Context', 24)} ${padded('Extension', 24)} ${padded('Prio', 4)} ${padded('State', 7)} ${padded('Application', 12)} ${padded('Data', 25)} ${padded('CallerID', 15)} ${padded('Duration', 8)} ${padded('Accountcode', 11)} ${padded('PeerAccount', 11)} ${padded('BridgeID', 20)}`,
      ...channels.map(channel => `${padded(channel.name, 80)} ${padded(channel.context, 24)} ${padded(channel.exten, 24)} ${aligned(channel.priority, 4)} ${padded(stateText(channel.state), 7)} ${padded(channel.application || '(None)', 12)} ${padded(channel.applicationData || '(Empty)', 25)} ${padded(channel.caller.number ?? '', 15)} ${durationText(secondsOf(channel, now))} ${padded(channel.account, 11)} ${padded('', 11)} ${padded(channel.bridge ?? '', 20)}`),
      ...counts(office),
    ]
    case 'count': return counts(office)
    default: return null
  }
}

const placeOf = ({ context, exten, priority }: Channel): string => `${exten}@${context}:${priority}`

function counts({ exchange }: OfficePbx): readonly string[] {
  const calls = new Set(exchange.channels.map(({ linkedid }) => linkedid)).size
  return [counted(exchange.channels.length, 'active channel'), counted(calls, 'active call'), `${counted(exchange.callsProcessed, 'call')} processed`]
}

function modulesLike(word: string): readonly string[] {
  const found = MODULES.filter(([name]) => name.includes(word))
  return [
    `${padded('Module', 30)} ${padded('Description', 40)} ${padded('Use Count', 10)} ${padded('Status', 11)} Support Level`,
    ...found.map(([name, description]) => `${padded(`${name}.so`, 30)} ${padded(description, 40)} ${padded('0', 10)} ${padded('Running', 11)} ${aligned('core', 13)}`),
    `${found.length} modules loaded`,
  ]
}
