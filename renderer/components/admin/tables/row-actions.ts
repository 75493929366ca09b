import type { AdminTableName, CatalogAction, Headers } from '#contract/admin.ts'
import { isOffered } from '../offers.ts'

export type Row = Readonly<Record<string, string>>

interface Way {
  readonly action: string
  readonly fields: (row: Row, of: string) => Headers
  readonly when?: (row: Row) => boolean
}

/** What can be done with a row, or (`wide`) with the whole table. The first way that fits the row and the server is taken. */
export interface RowAction {
  /** Named by `admin.do.<id>`. */
  readonly id: string
  readonly ways: readonly Way[]
  /** There is something to fill in before it goes. */
  readonly asks?: boolean
  readonly wide?: boolean
}

const get = (row: Row, key: string): string => row[key] ?? ''
const nameOf = (peer: string): string => peer.slice(peer.indexOf('/') + 1)
const isPjsip = (row: Row): boolean => get(row, 'peer').startsWith('PJSIP/')
const isSip = (row: Row): boolean => get(row, 'peer').startsWith('SIP/')
const isMeetme = (row: Row): boolean => row['kind'] === 'MeetMe'
const isBridge = (row: Row): boolean => !isMeetme(row)
const mailboxOf = (row: Row): string => get(row, 'context') === '' || get(row, 'mailbox').includes('@') ? get(row, 'mailbox') : `${get(row, 'mailbox')}@${get(row, 'context')}`

/** One action with the channel of the row and what else it needs. */
const onChannel = (action: string, more: Headers = []): Way => ({ action, fields: row => [['Channel', get(row, 'channel')], ...more] })
function onLine(name: string, more: Headers = []): readonly Way[] {
  return [
    { action: `DAHDI${name}`, fields: row => [['DAHDIChannel', get(row, 'line')], ...more] },
    { action: `Zap${name}`, fields: row => [['ZapChannel', get(row, 'line')], ...more] },
  ]
}
const meetme = (words: (row: Row, of: string) => string): Way => ({ action: 'Command', when: isMeetme, fields: (row, of) => [['Command', `meetme ${words(row, of)}`]] })
const onBridge = (action: string, fields: Way['fields']): Way => ({ action, when: isBridge, fields })

const redirect: RowAction = { id: 'redirect', asks: true, ways: [{ action: 'Redirect', fields: row => [['Channel', get(row, 'channel')], ['Exten', ''], ['Context', get(row, 'context')], ['Priority', '1']] }] }
const hangup: RowAction = { id: 'hangup', ways: [onChannel('Hangup')] }

export const rowActions: Readonly<Partial<Record<AdminTableName, readonly RowAction[]>>> = {
  'channels': [
    hangup,
    { id: 'timeout', asks: true, ways: [onChannel('AbsoluteTimeout', [['Timeout', '60']])] },
    redirect,
    { id: 'park', asks: true, ways: [onChannel('Park')] },
    { id: 'dtmf', asks: true, ways: [onChannel('PlayDTMF')] },
    { id: 'getvar', asks: true, ways: [onChannel('Getvar')] },
    { id: 'setvar', asks: true, ways: [onChannel('Setvar')] },
    { id: 'mixmonitor', asks: true, ways: [{ action: 'MixMonitor', fields: row => [['Channel', get(row, 'channel')], ['File', ''], ['Options', '']] }] },
    { id: 'mixPause', ways: [onChannel('MixMonitorMute', [['State', '1'], ['Direction', 'both']])] },
    { id: 'mixResume', ways: [onChannel('MixMonitorMute', [['State', '0'], ['Direction', 'both']])] },
    { id: 'mixStop', ways: [onChannel('StopMixMonitor')] },
    { id: 'monitor', asks: true, ways: [{ action: 'Monitor', fields: row => [['Channel', get(row, 'channel')], ['File', ''], ['Mix', 'true']] }] },
    { id: 'monitorChange', asks: true, ways: [onChannel('ChangeMonitor')] },
    { id: 'monitorPause', ways: [onChannel('PauseMonitor')] },
    { id: 'monitorResume', ways: [onChannel('UnpauseMonitor')] },
    { id: 'monitorStop', ways: [onChannel('StopMonitor')] },
  ],
  'peers': [
    { id: 'qualify', ways: [
      { action: 'PJSIPQualify', when: isPjsip, fields: row => [['Endpoint', nameOf(get(row, 'peer'))]] },
      { action: 'SIPqualifypeer', when: isSip, fields: row => [['Peer', nameOf(get(row, 'peer'))]] },
    ] },
    { id: 'notify', asks: true, ways: [
      { action: 'PJSIPNotify', when: isPjsip, fields: row => [['Endpoint', nameOf(get(row, 'peer'))], ['Variable', 'Event=check-sync']] },
      { action: 'SIPnotify', when: isSip, fields: row => [['Channel', nameOf(get(row, 'peer'))], ['Variable', 'Event=check-sync']] },
    ] },
  ],
  'registrations': [
    { id: 'register', ways: [{ action: 'PJSIPRegister', when: row => get(row, 'registration').startsWith('PJSIP/'), fields: row => [['Registration', nameOf(get(row, 'registration'))]] }] },
    { id: 'unregister', ways: [{ action: 'PJSIPUnregister', when: row => get(row, 'registration').startsWith('PJSIP/'), fields: row => [['Registration', nameOf(get(row, 'registration'))]] }] },
  ],
  'dahdi': [
    { id: 'dndOn', ways: onLine('DNDon') },
    { id: 'dndOff', ways: onLine('DNDoff') },
    { id: 'offhook', asks: true, ways: onLine('DialOffhook', [['Number', '']]) },
    { id: 'flash', ways: onLine('Transfer') },
    { id: 'hangup', ways: onLine('Hangup') },
    { id: 'dahdiRestart', wide: true, ways: [{ action: 'DAHDIRestart', fields: () => [] }, { action: 'ZapRestart', fields: () => [] }] },
  ],
  'agents': [
    { id: 'logoffSoft', ways: [{ action: 'AgentLogoff', fields: row => [['Agent', get(row, 'agent')], ['Soft', 'true']] }] },
    { id: 'logoff', ways: [{ action: 'AgentLogoff', fields: row => [['Agent', get(row, 'agent')], ['Soft', 'false']] }] },
    { id: 'callback', asks: true, ways: [{ action: 'AgentCallbackLogin', fields: row => [['Agent', get(row, 'agent')], ['Exten', ''], ['Context', ''], ['AckCall', ''], ['WrapupTime', '']] }] },
    { id: 'callbackAny', asks: true, wide: true, ways: [{ action: 'AgentCallbackLogin', fields: () => [['Agent', ''], ['Exten', ''], ['Context', ''], ['AckCall', ''], ['WrapupTime', '']] }] },
  ],
  'conferences': [
    { id: 'lock', ways: [onBridge('ConfbridgeLock', row => [['Conference', get(row, 'conference')]]), meetme(row => `lock ${get(row, 'conference')}`)] },
    { id: 'unlock', ways: [onBridge('ConfbridgeUnlock', row => [['Conference', get(row, 'conference')]]), meetme(row => `unlock ${get(row, 'conference')}`)] },
    { id: 'record', asks: true, ways: [onBridge('ConfbridgeStartRecord', row => [['Conference', get(row, 'conference')], ['RecordFile', '']])] },
    { id: 'recordStop', ways: [onBridge('ConfbridgeStopRecord', row => [['Conference', get(row, 'conference')]])] },
    { id: 'kickAll', ways: [onBridge('ConfbridgeKick', row => [['Conference', get(row, 'conference')], ['Channel', 'all']]), meetme(row => `kick ${get(row, 'conference')} all`)] },
  ],
  'conference': [
    { id: 'mute', ways: [onBridge('ConfbridgeMute', (row, of) => [['Conference', of], ['Channel', get(row, 'channel')]]), { action: 'MeetmeMute', when: isMeetme, fields: (row, of) => [['Meetme', of], ['Usernum', get(row, 'party')]] }] },
    { id: 'unmute', ways: [onBridge('ConfbridgeUnmute', (row, of) => [['Conference', of], ['Channel', get(row, 'channel')]]), { action: 'MeetmeUnmute', when: isMeetme, fields: (row, of) => [['Meetme', of], ['Usernum', get(row, 'party')]] }] },
    { id: 'kick', ways: [onBridge('ConfbridgeKick', (row, of) => [['Conference', of], ['Channel', get(row, 'channel')]]), meetme((row, of) => `kick ${of} ${get(row, 'party')}`)] },
  ],
  'queues': [
    { id: 'queueAdd', asks: true, ways: [{ action: 'QueueAdd', fields: row => [['Queue', get(row, 'queue')], ['Interface', ''], ['MemberName', ''], ['Penalty', ''], ['Paused', '']] }] },
    { id: 'queueReset', ways: [{ action: 'QueueReset', fields: row => [['Queue', get(row, 'queue')]] }] },
    { id: 'queueReload', asks: true, ways: [{ action: 'QueueReload', fields: row => [['Queue', get(row, 'queue')], ['Members', 'true'], ['Rules', ''], ['Parameters', 'true']] }] },
  ],
  'queue-members': [
    { id: 'pause', asks: true, ways: [{ action: 'QueuePause', fields: row => [['Interface', get(row, 'interface')], ['Queue', get(row, 'queue')], ['Paused', 'true'], ['Reason', '']] }] },
    { id: 'unpause', ways: [{ action: 'QueuePause', fields: row => [['Interface', get(row, 'interface')], ['Queue', get(row, 'queue')], ['Paused', 'false']] }] },
    { id: 'penalty', asks: true, ways: [{ action: 'QueuePenalty', fields: row => [['Interface', get(row, 'interface')], ['Queue', get(row, 'queue')], ['Penalty', get(row, 'penalty')]] }] },
    { id: 'queueRemove', ways: [{ action: 'QueueRemove', fields: row => [['Queue', get(row, 'queue')], ['Interface', get(row, 'interface')]] }] },
  ],
  'queue-callers': [
    { id: 'priority', asks: true, ways: [{ action: 'QueueChangePriorityCaller', fields: row => [['Queue', get(row, 'queue')], ['Caller', get(row, 'channel')], ['Priority', get(row, 'priority')]] }] },
    { id: 'withdraw', asks: true, ways: [{ action: 'QueueWithdrawCaller', fields: row => [['Queue', get(row, 'queue')], ['Caller', get(row, 'channel')]] }] },
    redirect,
    hangup,
  ],
  'parked': [redirect, hangup],
  'mailboxes': [
    { id: 'mailboxCount', ways: [{ action: 'MailboxCount', fields: row => [['Mailbox', mailboxOf(row)]] }] },
    { id: 'mailboxStatus', ways: [{ action: 'MailboxStatus', fields: row => [['Mailbox', mailboxOf(row)]] }] },
    { id: 'mailboxRefresh', ways: [{ action: 'VoicemailRefresh', fields: row => [['Context', get(row, 'context')], ['Mailbox', get(row, 'mailbox')]] }] },
    { id: 'mailboxCountAny', asks: true, wide: true, ways: [{ action: 'MailboxCount', fields: () => [['Mailbox', '']] }] },
    { id: 'mailboxStatusAny', asks: true, wide: true, ways: [{ action: 'MailboxStatus', fields: () => [['Mailbox', '']] }] },
  ],
  'extensions': [],
}

export interface ReadyAction { readonly id: string, readonly asks: boolean, readonly action: CatalogAction, readonly fields: Headers, readonly isOffered: boolean }

/** What can be done here: for each the way that this server has, or the first one, greyed. */
export function readyActions(list: readonly RowAction[], row: Row, of: string, action: (name: string) => CatalogAction | undefined): readonly ReadyAction[] {
  return list.flatMap(({ asks = false, id, ways }) => {
    const fitting = ways.filter(({ when }) => when?.(row) ?? true)
    const way = fitting.find(each => isOffered(action(each.action))) ?? fitting[0]
    const entry = way && action(way.action)
    return way && entry ? [{ id, asks, action: entry, fields: way.fields(row, of), isOffered: isOffered(entry) }] : []
  })
}
