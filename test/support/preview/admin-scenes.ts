import type { Scene } from './scenes.ts'
import { systemClock } from '../../../main/clock.ts'
import { aConfigEditor, aReport, createAdminBridge } from '../admin-bridge.ts'
import { failed, ok } from '../fake-bridge.ts'

const now = Date.now()
const hostile = `<img src=x onerror=alert(1)>\u202E ${'Wolfeschlegelsteinhausenbergerdorff '.repeat(8)}`

const channelRows = Array.from({ length: 42 }, (_, at) => ({
  channel: at % 3 === 0 ? `PJSIP/trunk-0000${String(at).padStart(4, '0')}` : `PJSIP/10${String(at).padStart(2, '0')}-0000${String(at).padStart(4, '0')}`,
  state: ['Up', 'Ringing', 'Ring'][at % 3] ?? 'Up',
  caller: `+49309018${String(20 + at)}`,
  callerName: at === 4 ? hostile : ['Anna Schmidt', 'Ben Okafor', '王小明'][at % 3] ?? '',
  connected: `10${String(at).padStart(2, '0')}`,
  context: 'from-internal',
  exten: `10${at}`,
  application: ['Dial', 'AppQueue', 'Queue'][at % 3] ?? '',
  data: 'PJSIP/1001,30',
  seconds: String(at * 13),
  uniqueid: `1795404951.${at}`,
  linkedid: `1795404951.${at - (at % 3)}`,
}))

function call(n: number): string {
  const id = `1795404951.${n}`
  const channel = `PJSIP/trunk-${String(n).padStart(8, '0')}`
  const mine = `PJSIP/1001-${String(n + 1).padStart(8, '0')}`
  const head = (name: string, whose: string, state: string, uniqueid: string): string => `Event: ${name}\nPrivilege: call,all\nChannel: ${whose}\nChannelState: ${state === 'Ring' ? 4 : state === 'Ringing' ? 5 : 6}\nChannelStateDesc: ${state}\nCallerIDNum: +4930901820\nCallerIDName: Anna Schmidt\nConnectedLineNum: 1001\nConnectedLineName: <unknown>\nLanguage: en\nAccountCode: \nContext: from-trunk\nExten: 1001\nPriority: 1\nUniqueid: ${uniqueid}\nLinkedid: ${id}`
  return [
    head('Newchannel', channel, 'Ring', id),
    head('Newchannel', mine, 'Down', `${id}1`),
    `Event: DialBegin\nPrivilege: call,all\nChannel: ${channel}\nChannelState: 4\nChannelStateDesc: Ring\nCallerIDNum: +4930901820\nCallerIDName: Anna Schmidt\nConnectedLineNum: 1001\nContext: from-trunk\nExten: 1001\nPriority: 1\nUniqueid: ${id}\nLinkedid: ${id}\nDestChannel: ${mine}\nDestChannelState: 0\nDestChannelStateDesc: Down\nDestCallerIDNum: 1001\nDestCallerIDName: Dana Lindqvist\nDestContext: from-internal\nDestExten: 1001\nDestPriority: 1\nDestUniqueid: ${id}1\nDestLinkedid: ${id}\nDialString: 1001`,
    head('Newstate', mine, 'Ringing', `${id}1`),
    `Event: UserEvent\nPrivilege: user,all\nUserEvent: OrderReady\nOrder: ${4711 + n}\nShelf: B${n}`,
    `Event: Hangup\nPrivilege: call,all\nChannel: ${channel}\nUniqueid: ${id}\nLinkedid: ${id}\nCause: 16\nCause-txt: Normal Clearing`,
  ].join('\n\n')
}

function atWork(): ReturnType<typeof createAdminBridge> {
  const bridge = createAdminBridge({ clock: systemClock })
  bridge.hear(`${Array.from({ length: 30 }, (_, n) => call(n)).join('\n\n')}\n\nEvent: Reload\nPrivilege: system,all\nModule: res_pjsip.so\nStatus: 0\n\n`)
  bridge.list('channels', channelRows, ['seconds'])
  bridge.list('peers', Array.from({ length: 12 }, (_, at) => ({ peer: `PJSIP/10${String(at).padStart(2, '0')}`, address: `192.0.2.${at + 10}`, state: at % 4 === 3 ? 'Unavailable' : 'Not in use', calls: String(at % 2) })), ['calls'])
  bridge.list('queues', [{ queue: 'support', strategy: 'rrmemory', calls: '3', holdSeconds: '42', talkSeconds: '210', completed: '118', abandoned: '9', servicePercent: '81.2' }, { queue: 'sales', strategy: 'ringall', calls: '0', holdSeconds: '12', talkSeconds: '333', completed: '54', abandoned: '1', servicePercent: '97.0' }], ['calls', 'completed', 'abandoned', 'servicePercent'])
  bridge.list('queue-members', [{ queue: 'support', member: 'Dana Lindqvist', interface: 'PJSIP/1001', status: '1', paused: '0', penalty: '0', calls: '12', lastCall: '1772446000', membership: 'dynamic' }, { queue: 'support', member: 'Ben Okafor', interface: 'PJSIP/1002', status: '2', paused: '1', reason: 'Lunch', penalty: '1', calls: '30', lastCall: '1772445000', membership: 'static' }], ['penalty', 'calls'])
  bridge.list('conferences', [{ conference: '800', parties: '3', marked: '1', locked: 'No', muted: 'No', kind: 'ConfBridge' }])
  bridge.list('conference', [{ channel: 'PJSIP/1001-00000004', caller: '1001', callerName: 'Dana Lindqvist', admin: 'Yes', muted: 'No', talking: '', kind: 'ConfBridge' }])
  bridge.list('log-channels', ['Channel                             Type     Formatter  Status    Configuration', '-------                             ----     ---------  ------    -------------', '/var/log/asterisk/messages.log      File     default    Enabled    - NOTICE WARNING ERROR', '                                    Console  default    Enabled    - NOTICE WARNING ERROR'].map(text => ({ text })))
  bridge.answer('admin.details', ({ id }) => ok([['Channel', id], ['ChannelStateDesc', 'Up'], ['CallerIDNum', '1001'], ['CallerIDName', 'Dana Lindqvist'], ['ConnectedLineNum', '1002'], ['Context', 'from-internal'], ['Uniqueid', '1795404951.4'], ['Type', 'PJSIP'], ['TimeToHangup', '0'], ['Readformat', 'ulaw'], ['Writeformat', 'ulaw']]))
  bridge.answer('admin.db.tree', () => ok([...Array.from({ length: 40 }, (_, at) => ({ key: `/DEVICE/10${at}/dial`, value: `PJSIP/10${at}` })), { key: '/CF/1001', value: '1002' }, { key: '/DND/1003', value: 'YES' }]))
  bridge.answer('admin.cli', ({ command, confirmed }) => !confirmed && !/show/.test(command) ? failed('needs-confirmation', command, { action: 'Command', what: command }) : ok({ elapsedMs: 6, lines: ['Channel              Location             State   Application(Data)', 'PJSIP/1001-00000004  1002@from-internal   Up      Dial(PJSIP/1002,30)', 'PJSIP/1002-00000005  (None)               Up      AppDial((Outgoing Line))', '2 active channels', '1 active call', '118 calls processed'] }))
  bridge.answer('admin.completeCli', ({ text }) => ok(['core show applications', 'core show calls', 'core show channels', 'core show codecs'].filter(each => each.startsWith(text))))
  aConfigEditor(bridge, { file: 'pjsip.conf', readAt: now, categories: [
    { name: 'transport-udp', template: false, inherits: [], lines: [{ name: 'type', value: 'transport', isObject: false }, { name: 'protocol', value: 'udp', isObject: false }, { name: 'bind', value: '0.0.0.0', isObject: false }] },
    { name: 'phone', template: true, inherits: [], lines: [{ name: 'type', value: 'endpoint', isObject: false }, { name: 'context', value: 'from-internal', isObject: false }, { name: 'allow', value: 'ulaw', isObject: false }, { name: 'allow', value: 'alaw', isObject: false }] },
    { name: '1001', template: false, inherits: ['phone'], lines: [{ name: 'auth', value: '1001', isObject: false }, { name: 'aors', value: '1001', isObject: false }, { name: 'callerid', value: 'Dana Lindqvist <1001>', isObject: false }] },
    { name: '1001', template: false, inherits: [], lines: [{ name: 'type', value: 'auth', isObject: false }, { name: 'username', value: '1001', isObject: false }, { name: 'password', value: 'correct horse battery', isObject: false }] },
  ] }, systemClock)
  return bridge
}

const open = (label: string): Scene => ({ bridge: atWork, steps: [label] })

/** What the administration window can look like. */
export const adminScenes: Readonly<Record<string, Scene>> = {
  'admin-console': { bridge: atWork, steps: ['Hangup'] },
  'admin-sent': {
    bridge: () => {
      const bridge = atWork()
      bridge.answer('admin.send', ({ action, fields }) => ok(aReport(action, fields, { caused: [{ id: 3, at: now, direction: 'in', kind: 'event', name: 'HangupRequest', headers: [['Event', 'HangupRequest'], ['Channel', 'PJSIP/1001-00000004'], ['Uniqueid', '1795404951.4']], output: null }] })))
      return bridge
    },
    steps: ['Send Ping'],
  },
  'admin-ask': { bridge: atWork, steps: ['Hangup', ['Channel', 'PJSIP/1001-00000004'], 'Send Hangup'] },
  'admin-text': { bridge: atWork, steps: ['Text'] },
  'admin-cli': { bridge: atWork, steps: ['Command line', ['Command', 'core show channels'], 'Run', ['Command', 'core restart now'], 'Run'] },
  'admin-trace': open('Trace'),
  'admin-packet': { bridge: atWork, steps: ['Trace', '!#packet-180'] },
  'admin-replay': { bridge: atWork, steps: ['Trace', 'Replay', ['Extension', '1001'], '!#packet-178'] },
  'admin-originate': { bridge: atWork, steps: ['Originate', ['Ring first', 'Local/1001@from-internal']] },
  'admin-userevents': open('User events'),
  'admin-channels': open('Channels'),
  'admin-channel': { bridge: atWork, steps: ['Channels', '!tbody tr:nth-child(5)', 'Redirect'] },
  'admin-peers': open('Peers & registrations'),
  'admin-queues': { bridge: atWork, steps: ['Queues', '!tbody tr'] },
  'admin-agents': open('Agents'),
  'admin-conferences': { bridge: atWork, steps: ['Conferences', '!tbody tr'] },
  'admin-dahdi': open('DAHDI / Zap'),
  'admin-mailboxes': open('Mailboxes'),
  'admin-astdb': open('AstDB'),
  'admin-config-none': open('Configuration files'),
  'admin-config': { bridge: atWork, steps: ['Configuration files', 'pjsip.conf', 'Remove allow', 'Change callerid'] },
  'admin-log': open('Log & reload'),
  'admin-failed': { bridge: () => createAdminBridge({ clock: systemClock, status: { state: 'failed', actions: null, asterisk: null, dialect: null, banner: null, error: { code: 'login-refused', message: 'Login to pbx.example.com:5039 refused: Authentication failed' } } }) },
}
