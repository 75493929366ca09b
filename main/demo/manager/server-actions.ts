import type { Answers } from './action.ts'
import { channelHeaders } from '../exchange/channel.ts'
import { facts, failure, list, success } from './answer.ts'
import { dayAndTime } from './dates.ts'

/** The release whose dialect the demo speaks. */
export const AMI_VERSION = '11.0.0'
export const ASTERISK_VERSION = '22.10.1'

/** What can be reloaded or asked for; each stands for a part of the office that is there. */
export const MODULES: readonly (readonly [name: string, description: string])[] = [
  ['app_agent_pool', 'Call center agent pool applications'],
  ['app_confbridge', 'Conference Bridge Application'],
  ['app_dial', 'Dialing Application'],
  ['app_directed_pickup', 'Directed Call Pickup Application'],
  ['app_mixmonitor', 'Mixed Audio Monitoring Application'],
  ['app_queue', 'True Call Queueing'],
  ['app_voicemail', 'Comedian Mail (Voicemail System)'],
  ['chan_pjsip', 'PJSIP Channel Driver'],
  ['pbx_config', 'Text Extension Configuration'],
  ['res_musiconhold', 'Music On Hold Resource'],
  ['res_parking', 'Call Parking Resource'],
  ['res_pjsip', 'Basic SIP resource'],
]
/** Parts of the core, which have no file. */
const CORE_PARTS = ['acl', 'cdr', 'cel', 'dnsmgr', 'dsp', 'enum', 'extconfig', 'features', 'http', 'indications', 'logger', 'manager', 'plc', 'sounds', 'udptl']

const hasModule = (name: string): boolean => MODULES.some(([module]) => module === name.replace(/\.so$/, ''))

export const serverActions = {
  Ping: (_, { exchange }) => facts([
    ['Ping', 'Pong'],
    ['Timestamp', (exchange.clock.now() / 1000).toFixed(6)],
  ]),

  CoreSettings: () => facts([
    ['AMIversion', AMI_VERSION],
    ['AsteriskVersion', ASTERISK_VERSION],
    ['SystemName', ''],
    ['CoreMaxCalls', 0],
    ['CoreMaxLoadAvg', '0.000000'],
    ['CoreRunUser', ''],
    ['CoreRunGroup', ''],
    ['CoreMaxFilehandles', 0],
    ['CoreRealTimeEnabled', 'No'],
    ['CoreCDRenabled', 'Yes'],
    ['CoreHTTPenabled', 'No'],
    ['SoundsSearchCustomDir', 'No'],
  ]),

  CoreStatus(_, { exchange, startedAt }) {
    const [day, time] = dayAndTime(startedAt)
    return facts([
      ['CoreStartupDate', day],
      ['CoreStartupTime', time],
      ['CoreReloadDate', day],
      ['CoreReloadTime', time],
      ['CoreCurrentCalls', exchange.channels.length],
      ['CoreProcessedCalls', exchange.callsProcessed],
    ])
  },

  Reload(request, { exchange, reloadModule }) {
    const module = request.get('Module')
    const isThere = module === '' || hasModule(module) || CORE_PARTS.includes(module)
    const tell = (): void => {
      reloadModule(module)
      exchange.tell('Reload', [
        ['Module', module || 'All'],
        ['Status', isThere
          ? 0
          : 2],
      ])
    }
    return isThere
      ? success('Module Reloaded', tell)
      : { ...failure('No such module'), then: tell }
  },

  LoggerRotate: () => success('Reloaded the logger and rotated log files'),

  ModuleCheck: request => hasModule(request.get('Module'))
    ? facts([['Version', '']])
    : failure('Module not loaded'),

  /** Everybody with the class `user` hears it. */
  UserEvent: (request, { exchange }) => success('Event Sent', () => exchange.tell('UserEvent', [
    ['UserEvent', request.get('UserEvent')],
    ...request.actionId === null
      ? []
      : [['ActionID', request.actionId] as const],
    ...request.entries.filter(([name]) => /^[\x21-\x39\x3B-\x7E]+$/.test(name) && !/^(?:action|actionid|userevent)$/i.test(name)),
  ])),

  Agents: (_, { agents, exchange }) => list('Agents will follow', agents.all.map(({ id, name, login }) => ({
    event: 'Agents',
    actionIdLast: true,
    headers: [
      ['Agent', id],
      ['Name', name],
      ['Status', login === null
        ? 'AGENT_LOGGEDOFF'
        : 'AGENT_IDLE'],
      ...login === null
        ? []
        : [['LoggedInTime', Math.floor(login.since / 1000)] as const, ...channelHeaders(exchange.known(login.channel))],
    ],
  })), 'AgentsComplete'),

  AgentLogoff(request, { agents }) {
    const id = request.get('Agent')
    if (id === '')
      return failure('No agent specified')
    return agents.all.some(agent => agent.id === id)
      ? success('Agent logged out', () => agents.logOff(id))
      : failure('No such agent')
  },

  BridgeList: (_, { exchange: { bridges } }) => list('Bridge listing will follow', bridges.all.map(({ id }) => ({
    event: 'BridgeListItem',
    headers: bridges.headers(id),
  })), 'BridgeListComplete'),

  BridgeInfo(request, { exchange }) {
    const id = request.get('BridgeUniqueid')
    if (id === '')
      return failure('BridgeUniqueid must be provided')
    if (!exchange.bridges.has(id))
      return failure('Specified BridgeUniqueid not found')
    return list('Bridge channel listing will follow', exchange.bridges.membersOf(id).map(member => ({
      event: 'BridgeInfoChannel',
      headers: channelHeaders(exchange.known(member)),
    })), 'BridgeInfoComplete', exchange.bridges.headers(id))
  },
} as const satisfies Answers
