import type { AdminTableName } from '#contract/admin.ts'
import type { Fields } from '../../ami/wire/message.ts'

/** Header names under which releases say the same; the first that has a value counts. */
export type Spellings = readonly string[]

/** An action that answers a table, or a part of it. */
export interface TableSource {
  readonly action: string
  /** What it is asked with; `of` is the thing that the table is about. */
  readonly fields?: (of: string) => Fields
  /** Names of the events that are rows; none: every item but the last. */
  readonly events?: readonly string[]
  readonly columns: Readonly<Record<string, Spellings>>
  /** What every row of this source has in common. */
  readonly fixed?: Readonly<Record<string, string>>
  /** Makes rows of a raw text table. */
  readonly raw?: (lines: readonly string[]) => readonly Readonly<Record<string, string>>[]
}

export interface TableSpec {
  readonly columns: readonly string[]
  readonly numeric?: readonly string[]
  /** `first`: the first source that the server has; `all`: what all of them say together. */
  readonly take: 'first' | 'all'
  readonly sources: readonly TableSource[]
  /** Which action tells more about a row, by its key column. */
  readonly key: string
  readonly details?: readonly { readonly action: string, readonly fields: (id: string) => Fields, readonly when?: RegExp }[]
}

const CHANNEL_COLUMNS = {
  channel: ['Channel'],
  state: ['ChannelStateDesc', 'State'],
  caller: ['CallerIDNum', 'CallerIDnum', 'CallerID'],
  callerName: ['CallerIDName', 'CallerIDname'],
  connected: ['ConnectedLineNum'],
  context: ['Context'],
  exten: ['Extension', 'Exten'],
  application: ['Application'],
  data: ['ApplicationData', 'Data'],
  seconds: ['Duration', 'Seconds'],
  bridge: ['BridgeId', 'BridgeID', 'BridgedChannel', 'Link'],
  account: ['AccountCode', 'Account'],
  uniqueid: ['Uniqueid', 'UniqueID'],
  linkedid: ['Linkedid'],
} as const satisfies TableSource['columns']

const MEMBER_COLUMNS = {
  queue: ['Queue'],
  member: ['Name', 'MemberName'],
  interface: ['Location', 'Interface'],
  status: ['Status'],
  paused: ['Paused'],
  reason: ['PausedReason'],
  penalty: ['Penalty'],
  calls: ['CallsTaken'],
  lastCall: ['LastCall'],
  membership: ['Membership'],
}

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1)
const byQueue = (of: string): Fields => of === '' ? {} : { Queue: of }

/** Every list of the administration window, for every release that has one of its sources. */
export const tableSpecs: Readonly<Record<AdminTableName, TableSpec>> = {
  'channels': {
    columns: Object.keys(CHANNEL_COLUMNS),
    numeric: ['seconds'],
    take: 'first',
    key: 'channel',
    sources: [
      { action: 'CoreShowChannels', events: ['CoreShowChannel'], columns: CHANNEL_COLUMNS },
      { action: 'Status', events: ['Status'], columns: CHANNEL_COLUMNS },
    ],
    details: [{ action: 'Status', fields: id => ({ Channel: id }) }],
  },
  'peers': {
    columns: ['peer', 'address', 'port', 'state', 'dynamic', 'calls'],
    numeric: ['port', 'calls'],
    take: 'all',
    key: 'peer',
    sources: [
      { action: 'PJSIPShowEndpoints', events: ['EndpointList'], columns: { peer: ['ObjectName'], address: ['Contacts'], state: ['DeviceState'], calls: ['ActiveChannels'] }, fixed: { technology: 'PJSIP' } },
      { action: 'SIPpeers', events: ['PeerEntry'], columns: { peer: ['ObjectName'], address: ['IPaddress'], port: ['IPport'], state: ['Status'], dynamic: ['Dynamic'] }, fixed: { technology: 'SIP' } },
      { action: 'IAXpeers', events: ['PeerEntry'], columns: { peer: ['ObjectName'], address: ['IPaddress'], port: ['IPport'], state: ['Status'], dynamic: ['Dynamic'] }, fixed: { technology: 'IAX2' }, raw: readIaxPeers },
      { action: 'SKINNYdevices', events: ['DeviceEntry'], columns: { peer: ['ObjectName'], address: ['IPaddress'], state: ['Status'] }, fixed: { technology: 'SKINNY' } },
    ],
    details: [
      { action: 'PJSIPShowEndpoint', fields: id => ({ Endpoint: nameOf(id) }), when: /^PJSIP\// },
      { action: 'SIPshowpeer', fields: id => ({ Peer: nameOf(id) }), when: /^SIP\// },
      { action: 'SKINNYshowdevice', fields: id => ({ Device: nameOf(id) }), when: /^SKINNY\// },
    ],
  },
  'registrations': {
    columns: ['registration', 'username', 'host', 'state'],
    take: 'all',
    key: 'registration',
    sources: [
      { action: 'PJSIPShowRegistrationsOutbound', events: ['OutboundRegistrationDetail'], columns: { registration: ['ObjectName'], username: ['ClientUri'], host: ['ServerUri'], state: ['Status'] }, fixed: { technology: 'PJSIP' } },
      { action: 'SIPshowregistry', events: ['RegistryEntry'], columns: { registration: ['Host'], username: ['Username'], host: ['Host'], state: ['State'] }, fixed: { technology: 'SIP' } },
      { action: 'IAXregistry', events: ['RegistryEntry'], columns: { registration: ['Host'], username: ['Username'], host: ['Host'], state: ['State'] }, fixed: { technology: 'IAX2' } },
    ],
  },
  'dahdi': {
    columns: ['line', 'signalling', 'context', 'dnd', 'alarm', 'description'],
    take: 'first',
    key: 'line',
    sources: [
      { action: 'DAHDIShowChannels', events: ['DAHDIShowChannels'], columns: { line: ['DAHDIChannel', 'Channel'], signalling: ['Signalling', 'SignallingCode'], context: ['Context'], dnd: ['DND'], alarm: ['Alarm'], description: ['Description'] } },
      { action: 'ZapShowChannels', events: ['ZapShowChannels'], columns: { line: ['Channel'], signalling: ['Signalling'], context: ['Context'], dnd: ['DND'], alarm: ['Alarm'] } },
    ],
  },
  'agents': {
    columns: ['agent', 'name', 'status', 'channel', 'since', 'talkingTo'],
    take: 'first',
    key: 'agent',
    sources: [
      { action: 'Agents', events: ['Agents'], columns: { agent: ['Agent'], name: ['Name'], status: ['Status'], channel: ['LoggedInChan', 'Channel'], since: ['LoggedInTime'], talkingTo: ['TalkingToChan', 'TalkingTo'] } },
    ],
  },
  'conferences': {
    columns: ['conference', 'parties', 'marked', 'locked', 'muted', 'seconds'],
    numeric: ['parties', 'marked'],
    take: 'all',
    key: 'conference',
    sources: [
      { action: 'ConfbridgeListRooms', events: ['ConfbridgeListRooms'], columns: { conference: ['Conference'], parties: ['Parties'], marked: ['Marked'], locked: ['Locked'], muted: ['Muted'] }, fixed: { kind: 'ConfBridge' } },
      { action: 'MeetmeListRooms', events: ['MeetmeListRooms'], columns: { conference: ['Conference'], parties: ['Parties'], marked: ['Marked'], locked: ['Locked'], seconds: ['Activity'] }, fixed: { kind: 'MeetMe' } },
    ],
  },
  'conference': {
    columns: ['party', 'channel', 'caller', 'callerName', 'admin', 'muted', 'talking'],
    take: 'all',
    key: 'channel',
    sources: [
      { action: 'ConfbridgeList', fields: of => ({ Conference: of }), events: ['ConfbridgeList'], columns: { channel: ['Channel'], caller: ['CallerIDNum'], callerName: ['CallerIDName'], admin: ['Admin'], muted: ['Muted'], talking: ['Talking'] }, fixed: { kind: 'ConfBridge' } },
      { action: 'MeetmeList', fields: of => ({ Conference: of }), events: ['MeetmeList'], columns: { party: ['UserNumber'], channel: ['Channel'], caller: ['CallerIDNum'], callerName: ['CallerIDName'], admin: ['Role'], muted: ['Muted'], talking: ['Talking'] }, fixed: { kind: 'MeetMe' } },
    ],
  },
  'queues': {
    columns: ['queue', 'strategy', 'calls', 'max', 'holdSeconds', 'talkSeconds', 'completed', 'abandoned', 'serviceLevel', 'servicePercent', 'weight'],
    numeric: ['calls', 'max', 'holdSeconds', 'talkSeconds', 'completed', 'abandoned', 'serviceLevel', 'servicePercent', 'weight'],
    take: 'first',
    key: 'queue',
    sources: [
      { action: 'QueueStatus', fields: byQueue, events: ['QueueParams'], columns: { queue: ['Queue'], strategy: ['Strategy'], calls: ['Calls'], max: ['Max'], holdSeconds: ['Holdtime'], talkSeconds: ['TalkTime'], completed: ['Completed'], abandoned: ['Abandoned'], serviceLevel: ['ServiceLevel'], servicePercent: ['ServicelevelPerf'], weight: ['Weight'] } },
    ],
    details: [{ action: 'QueueStatus', fields: id => ({ Queue: id }) }],
  },
  'queue-members': {
    columns: Object.keys(MEMBER_COLUMNS),
    numeric: ['penalty', 'calls'],
    take: 'first',
    key: 'interface',
    sources: [{ action: 'QueueStatus', fields: byQueue, events: ['QueueMember'], columns: MEMBER_COLUMNS }],
  },
  'queue-callers': {
    columns: ['queue', 'position', 'channel', 'caller', 'callerName', 'seconds', 'priority'],
    numeric: ['position', 'seconds', 'priority'],
    take: 'first',
    key: 'channel',
    sources: [{ action: 'QueueStatus', fields: byQueue, events: ['QueueEntry'], columns: { queue: ['Queue'], position: ['Position'], channel: ['Channel'], caller: ['CallerIDNum', 'CallerID'], callerName: ['CallerIDName'], seconds: ['Wait'], priority: ['Priority'] } }],
  },
  'queues-raw': {
    columns: ['text'],
    take: 'first',
    key: 'text',
    sources: [
      { action: 'Queues', columns: {}, raw: asLines },
      { action: 'Command', fields: () => ({ Command: 'queue show' }), columns: {}, raw: asLines },
    ],
  },
  'parked': {
    columns: ['space', 'lot', 'channel', 'from', 'seconds', 'caller', 'callerName'],
    numeric: ['seconds'],
    take: 'first',
    key: 'channel',
    sources: [{ action: 'ParkedCalls', events: ['ParkedCall'], columns: { space: ['ParkingSpace', 'Exten'], lot: ['Parkinglot', 'ParkingLot'], channel: ['ParkeeChannel', 'Channel'], from: ['ParkerDialString', 'From'], seconds: ['ParkingTimeout', 'Timeout'], caller: ['ParkeeCallerIDNum', 'CallerIDNum', 'CallerID'], callerName: ['ParkeeCallerIDName', 'CallerIDName'] } }],
  },
  'mailboxes': {
    columns: ['mailbox', 'context', 'name', 'email', 'new', 'old'],
    numeric: ['new', 'old'],
    take: 'first',
    key: 'mailbox',
    sources: [{ action: 'VoicemailUsersList', events: ['VoicemailUserEntry'], columns: { mailbox: ['VoiceMailbox'], context: ['VMContext'], name: ['Fullname'], email: ['Email'], new: ['NewMessageCount'], old: ['OldMessageCount'] } }],
  },
  'extensions': {
    columns: ['exten', 'context', 'hint', 'state'],
    take: 'first',
    key: 'exten',
    sources: [{ action: 'ExtensionStateList', events: ['ExtensionStatus'], columns: { exten: ['Exten'], context: ['Context'], hint: ['Hint'], state: ['StatusText', 'Status'] } }],
  },
  'log-channels': {
    columns: ['text'],
    take: 'first',
    key: 'text',
    sources: [{ action: 'Command', fields: () => ({ Command: 'logger show channels' }), columns: {}, raw: asLines }],
  },
  'iax-netstats': {
    columns: ['text'],
    take: 'first',
    key: 'text',
    sources: [{ action: 'IAXnetstats', columns: {}, raw: asLines }],
  },
}

function asLines(lines: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return lines.filter(line => line.trim() !== '').map(text => ({ text }))
}

/** Up to 1.4: `Name/Username    Host            Mask             Port          Status`, the mask in the middle of every line. */
function readIaxPeers(lines: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/)
    const mask = words.findIndex(word => word === '(S)' || word === '(D)')
    return mask < 2
      ? []
      : [{ peer: words[0]?.split('/')[0] ?? '', address: words[mask - 1] === '(Unspecified)' ? '' : words[mask - 1] ?? '', dynamic: words[mask] === '(D)' ? 'yes' : 'no', port: words[mask + 2] ?? '', state: words.slice(mask + 3).join(' ') }]
  })
}
