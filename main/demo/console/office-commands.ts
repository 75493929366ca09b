import type { CallQueue } from '../exchange/queue.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { ConsoleCommand } from './command.ts'
import { deviceTextOf } from '../exchange/devices.ts'
import { newMessagesOf } from '../exchange/mailboxes.ts'
import { percent } from '../manager/queue-actions.ts'
import { contactOf } from '../office-pbx.ts'
import { deviceOf } from '../office.ts'
import { aligned, padded } from './command.ts'

const RELOAD_USAGE: readonly string[] = [
  'Usage: queue reload {parameters|members|rules|all} [<queuenames>]',
  'Reload queues. If <queuenames> are specified, only reload information pertaining',
  'to <queuenames>. One of \'parameters,\' \'members,\' \'rules,\' or \'all\' must be',
  'specified in order to know what information to reload. Below is an explanation',
  'of each of these qualifiers.',
  '',
  '\t\'members\' - reload queue members from queues.conf',
  '\t\'parameters\' - reload all queue options except for queue members',
  '\t\'rules\' - reload the queuerules.conf file',
  '\t\'all\' - reload queue rules, parameters, and members',
  '',
  'Note: the \'rules\' qualifier here cannot actually be applied to a specific queue.',
  'Use of the \'rules\' qualifier causes queuerules.conf to be reloaded. Even if only',
  'one queue is specified when using this command, reloading queue rules may cause',
  'other queues to be affected',
]

export const officeCommands: readonly ConsoleCommand[] = [
  {
    name: 'queue show',
    summary: 'Show status of a specified queue',
    usage: ['Usage: queue show', '       Provides summary information on a specified queue.'],
    complete: ({ queues }, place) => place === 0
      ? queues.map(({ name }) => name)
      : [],
    run(office, [wanted, ...rest]) {
      if (rest.length > 0)
        return null
      const queues = office.queues.filter(({ name }) => wanted === undefined || name === wanted)
      return queues.length === 0
        ? [`No such queue: ${wanted}.`]
        : [...[...queues].sort((one, two) => one.name.localeCompare(two.name, 'en')).flatMap(queue => showQueue(office, queue)), '']
    },
  },
  ...['all', 'members', 'parameters', 'rules'].map((part): ConsoleCommand => ({
    name: `queue reload ${part}`,
    summary: 'Reload queues, members, queue rules, or parameters',
    usage: RELOAD_USAGE,
    run({ reloadQueues }, names) {
      for (const queue of names.length === 0 ? [''] : names) reloadQueues({ members: part === 'all' || part === 'members', parameters: part === 'all' || part === 'parameters', queue })
      return []
    },
  })),
  {
    name: 'database show',
    summary: 'Shows database contents',
    usage: ['Usage: database show [family [key]]', '       Shows Asterisk database contents, optionally restricted', '       to a given family, or family and key.'],
    run({ astDb }, [family = '', key = '', ...rest]) {
      return rest.length > 0
        ? null
        : shown(astDb.tree(family, key))
    },
  },
  {
    name: 'database showkey',
    summary: 'Shows database contents',
    usage: ['Usage: database showkey <keytree>', '       Shows Asterisk database contents, restricted to a given key.'],
    run: ({ astDb }, [key, ...rest]) => key === undefined || rest.length > 0
      ? null
      : shown(astDb.tree('').filter(([path]) => path.endsWith(`/${key}`))),
  },
  {
    name: 'database get',
    summary: 'Gets database value',
    usage: ['Usage: database get <family> <key>', '       Retrieves an entry in the Asterisk database for a given', '       family and key.'],
    run({ astDb }, [family, key, ...rest]) {
      if (family === undefined || key === undefined || rest.length > 0)
        return null
      const value = astDb.get(family, key)
      return [value === null
        ? 'Database entry not found.'
        : `Value: ${value}`]
    },
  },
  {
    name: 'database put',
    summary: 'Adds/updates database value',
    usage: ['Usage: database put <family> <key> <value>', '       Adds or updates an entry in the Asterisk database for', '       a given family, key, and value.'],
    run({ astDb }, [family, key, value, ...rest]) {
      if (family === undefined || key === undefined || value === undefined || rest.length > 0)
        return null
      astDb.put(family, key, value)
      return ['Updated database successfully']
    },
  },
  {
    name: 'database del',
    summary: 'Removes database key/value',
    usage: ['Usage: database del <family> <key>', '       Deletes an entry in the Asterisk database for a given', '       family and key.'],
    run: ({ astDb }, [family, key, ...rest]) => family === undefined || key === undefined || rest.length > 0
      ? null
      : [astDb.delete(family, key)
          ? 'Database entry removed.'
          : 'Database entry could not be removed.'],
  },
  {
    name: 'database deltree',
    summary: 'Removes database keytree/values',
    usage: ['Usage: database deltree <family> [keytree]', '   OR: database deltree <family>[/keytree]', '       Deletes a family or specific keytree within a family', '       in the Asterisk database.'],
    run({ astDb }, [family, key = '', ...rest]) {
      if (family === undefined || rest.length > 0)
        return null
      const count = astDb.deleteTree(family, key)
      return [count === 0
        ? 'Database entries do not exist.'
        : `${count} database entries removed.`]
    },
  },
  {
    name: 'pjsip show endpoints',
    summary: 'Show PJSIP Endpoints',
    usage: ['Usage: pjsip show endpoints [ like <pattern> ]', '       List the configured PJSIP Endpoints'],
    run: ({ exchange, staff }) => [
      '',
      ' Endpoint:  <Endpoint/CID.....................................>  <State.....>  <Channels.>',
      '        Aor:  <Aor............................................>  <MaxContact>',
      '      Contact:  <Aor/ContactUri..........................> <Hash....> <Status> <RTT(ms)..>',
      '==========================================================================================',
      '',
      ...staff.people.flatMap(({ extension }) => {
        const state = exchange.states.of(deviceOf(extension))
        const channels = exchange.channels.filter(({ device }) => device === deviceOf(extension)).length
        return [
          ` Endpoint:  ${padded(`${extension}/${extension}`, 52)} ${padded(deviceTextOf(state), 12)} ${aligned(channels, 2)} of inf`,
          `        Aor:  ${padded(extension, 50)} 2`,
          ...state === 'UNAVAILABLE'
            ? []
            : [`      Contact:  ${padded(`${extension}/${contactOf(extension)}`, 43)} demo       NonQual        -nan`],
          '',
        ]
      }),
      '',
      `Objects found: ${staff.people.length}`,
      '',
    ],
  },
  {
    name: 'parking show',
    summary: 'Show a parking lot or a list of all parking lots.',
    usage: ['Usage: parking show [name]', '       Shows a list of all parking lots or details of a specific parking lot.'],
    run: ({ parking }) => [
      '',
      'Parking General Options',
      '-----------------------',
      'Dynamic Parking     :  no',
      '',
      ...parking.lots.flatMap(({ name, extension, spaces: [first, last], timeoutMs }) => [
        `Parking Lot: ${name}`,
        '--------------------------------------------------------------------------',
        `Parking Extension   :  ${extension}`,
        'Parking Context     :  parkedcalls',
        `Parking Spaces      :  ${first}-${last}`,
        `Parking Time        :  ${timeoutMs / 1000} sec`,
        'Comeback to Origin  :  yes',
        'Enabled             :  yes',
        'Dynamic             :  no',
        '',
      ]),
      '',
    ],
  },
  {
    name: 'voicemail show users',
    summary: 'List defined voicemail boxes',
    usage: ['Usage: voicemail show users [for <context>]', '       Lists all mailboxes currently set up'],
    run: ({ mailboxes }) => [
      'Context    Mbox  User                      Zone       NewMsg',
      ...mailboxes.all.map(box => `${padded('default', 10)} ${padded(box.name, 5)} ${padded(box.owner, 25)} ${padded('', 10)} ${aligned(newMessagesOf(box), 6)}`),
      `${mailboxes.all.length} voicemail users configured.`,
    ],
  },
  {
    name: 'confbridge list',
    summary: 'List conference bridges and participants.',
    usage: ['Usage: confbridge list [<conference>]', '       Lists all currently active conference bridges or a specific conference bridge.'],
    complete: ({ conferences }, place) => place === 0
      ? conferences.rooms.map(({ name }) => name)
      : [],
    run({ conferences, exchange }, [wanted, ...rest]) {
      if (rest.length > 0)
        return null
      if (wanted === undefined) {
        return [
          'Conference Bridge Name           Users  Marked Locked Muted',
          '================================ ====== ====== ====== =====',
          ...conferences.rooms.map(({ name, participants, isLocked }) => `${padded(name, 32)} ${aligned(participants.length, 6)} ${aligned(0, 6)} ${padded(isLocked ? 'Yes' : 'No', 6)} No`),
        ]
      }
      const room = conferences.room(wanted)
      return room
        ? [
            'Channel                        Flags  User Profile     Bridge Profile   Menu             CallerID',
            '============================== ====== ================ ================ ================ ================',
            ...room.participants.map(({ id, isMuted }) => {
              const { caller, name } = exchange.known(id)
              return `${padded(name, 30)} ${padded(isMuted ? 'm' : '', 6)} ${padded('user3000', 16)} ${padded('bridge3000', 16)} ${padded('default_menu', 16)} ${caller.number ?? '<unknown>'}`
            }),
          ]
        : [`No conference bridge named '${wanted}' found!`]
    },
  },
  {
    name: 'agent show all',
    summary: 'Show status of all agents',
    usage: ['Usage: agent show all', '       Provides summary information on all agents.'],
    run({ agents, exchange }) {
      const loggedIn = agents.all.filter(({ login }) => login !== null).length
      return [
        'Agent-ID Name                 State       Channel                        Talking with',
        ...agents.all.map(({ id, name, login }) => `${padded(id, 8)} ${padded(name, 20)} ${padded(login === null ? 'UNAVAILABLE' : 'NOT_INUSE', 11)} ${padded(login === null ? '' : exchange.known(login.channel).name, 30)} `),
        '',
        `Defined agents: ${agents.all.length}, Logged in: ${loggedIn}, Talking: 0`,
      ]
    },
  },
]

function shown(entries: readonly (readonly [path: string, value: string])[]): readonly string[] {
  return [...entries.map(([path, value]) => `${path.padEnd(50)}: ${value.padEnd(25)}`), `${entries.length} results found.`]
}

function showQueue({ exchange }: OfficePbx, queue: CallQueue): readonly string[] {
  const { completed, abandoned, completedInTime, abandonedInTime, holdSeconds, talkSeconds } = queue.statistics
  const now = Math.floor(exchange.clock.now() / 1000)
  const members = queue.members.all
  return [
    `${queue.name} has ${queue.callers.length} calls (max unlimited) in '${queue.strategy}' strategy (${holdSeconds}s holdtime, ${talkSeconds}s talktime), W:0, C:${completed}, A:${abandoned}, SL:${percent(completedInTime, completed)}%, SL2:${percent(completedInTime + abandonedInTime, completed + abandoned)}% within ${queue.serviceLevelSeconds}s`,
    ...members.length === 0
      ? ['   No Members']
      : [
          '   Members: ',
          ...members.map(member => [
            `      ${member.name === member.device ? member.device : `${member.name} (${member.device})`}`,
            member.penalty === 0 ? '' : ` with penalty ${member.penalty}`,
            ` (ringinuse ${member.ringInUse ? 'enabled' : 'disabled'})`,
            member.isDynamic ? ' (dynamic)' : '',
            member.isPaused ? ` (paused${member.reason === '' ? '' : `:${member.reason}`} was ${now - member.lastPause} secs ago)` : '',
            ` (${deviceTextOf(exchange.states.of(member.device))})`,
            member.callsTaken === 0 ? ' has taken no calls yet' : ` has taken ${member.callsTaken} calls (last was ${now - member.lastCall} secs ago)`,
            ` (login was ${now - member.loginTime} secs ago)`,
          ].join('')),
        ],
    ...queue.callers.length === 0
      ? ['   No Callers']
      : [
          '   Callers: ',
          ...queue.callers.map(({ id, since, priority }, index) => {
            const seconds = Math.floor(now - since / 1000)
            return `      ${index + 1}. ${exchange.known(id).name} (wait: ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}, prio: ${priority})`
          }),
        ],
    '',
  ]
}
