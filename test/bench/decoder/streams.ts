import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface EventStream {
  readonly chunks: readonly Uint8Array[]
  readonly events: number
  readonly bytes: number
}

/** What a busy reader gets at a time. */
const CHUNK_BYTES = 65_536
/** The event that a reader of one per cent wants. */
export const RARE_EVENT = 'QueueCallerJoin'

function cut(text: string, events: number): EventStream {
  const bytes = Buffer.from(text)
  const chunks = Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, index) => bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES))
  return { chunks, events, bytes: bytes.length }
}

function generate(events: number, event: (index: number) => string): EventStream {
  let text = ''
  for (let index = 0; index < events; index += 1)
    text += event(index)
  return cut(text, events)
}

const lines = (headers: readonly string[]): string => `${headers.join('\r\n')}\r\n\r\n`
const hex = (index: number): string => (index % 0x100000).toString(16).padStart(8, '0')
/** One in ten callers has a name outside ASCII. */
const nameOf = (index: number): string => index % 10 === 0 ? 'Žofie Nováková' : 'John Caller'

function snapshot(prefix: string, call: number): readonly string[] {
  return [
    `${prefix}Channel: PJSIP/100${call % 10}-${hex(call)}`,
    `${prefix}ChannelState: 6`,
    `${prefix}ChannelStateDesc: Up`,
    `${prefix}CallerIDNum: 0208336${String(call % 10_000).padStart(4, '0')}`,
    `${prefix}CallerIDName: ${nameOf(call)}`,
    `${prefix}ConnectedLineNum: 100${call % 10}`,
    `${prefix}ConnectedLineName: Alice Example`,
    `${prefix}Language: en`,
    `${prefix}AccountCode: `,
    `${prefix}Context: from-internal`,
    `${prefix}Exten: 100${call % 10}`,
    `${prefix}Priority: 3`,
    `${prefix}Uniqueid: 1795403438.${call}`,
    `${prefix}Linkedid: 1795403438.${call - call % 2}`,
  ]
}

function bridge(call: number): readonly string[] {
  return [
    `BridgeUniqueid: 4f1e3a66-88a0-4e93-8fd7-${hex(call)}0d3e`,
    'BridgeType: basic',
    'BridgeTechnology: simple_bridge',
    'BridgeCreator: <unknown>',
    'BridgeName: <unknown>',
    'BridgeNumChannels: 2',
  ]
}

const modernEvents: readonly ((call: number) => string)[] = [
  call => lines(['Event: Newchannel', 'Privilege: call,all', ...snapshot('', call)]),
  call => lines(['Event: Newstate', 'Privilege: call,all', ...snapshot('', call)]),
  call => lines(['Event: VarSet', 'Privilege: dialplan,all', ...snapshot('', call), 'Variable: DIALSTATUS', 'Value: ANSWER']),
  call => lines(['Event: DeviceStateChange', 'Privilege: call,all', `Device: PJSIP/100${call % 10}`, 'State: INUSE']),
  call => lines(['Event: DialBegin', 'Privilege: call,all', ...snapshot('', call), ...snapshot('Dest', call + 1), `DialString: 100${call % 10}`]),
  call => lines(['Event: ExtensionStatus', 'Privilege: call,all', `Exten: 100${call % 10}`, 'Context: hints', `Hint: PJSIP/100${call % 10}`, 'Status: 1', 'StatusText: InUse']),
  call => lines(['Event: BridgeEnter', 'Privilege: call,all', ...bridge(call), ...snapshot('', call)]),
  call => lines(['Event: BridgeLeave', 'Privilege: call,all', ...bridge(call), ...snapshot('', call)]),
  call => lines(['Event: Hangup', 'Privilege: call,all', ...snapshot('', call), 'Cause: 16', 'Cause-txt: Normal Clearing']),
]

/** Calls as Asterisk 22 tells them, one event in a hundred from a queue. */
export function modern(events: number): EventStream {
  return generate(events, index => index % 100 === 99
    ? lines([`Event: ${RARE_EVENT}`, 'Privilege: agent,all', ...snapshot('', index), 'Queue: sales', 'Position: 1', 'Count: 1'])
    : modernEvents[index % modernEvents.length]?.(index) ?? '')
}

const legacyEvents: readonly ((call: number) => string)[] = [
  call => lines(['Event: Newchannel', 'Privilege: call,all', `Channel: SIP/100${call % 10}-${hex(call)}`, 'State: Ring', `CallerIDNum: 100${call % 10}`, `CallerIDName: ${nameOf(call)}`, `Uniqueid: 1795403438.${call}`]),
  call => lines(['Event: Newexten', 'Privilege: call,all', `Channel: SIP/100${call % 10}-${hex(call)}`, 'Context: from-internal', 'Extension: 1002', 'Priority: 1', 'Application: Dial', 'AppData: SIP/1002|20|tT', `Uniqueid: 1795403438.${call}`]),
  call => lines(['Event: Newstate', 'Privilege: call,all', `Channel: SIP/100${call % 10}-${hex(call)}`, 'State: Up', `CallerID: 100${call % 10}`, `CallerIDName: ${nameOf(call)}`, `Uniqueid: 1795403438.${call}`]),
  call => lines(['Event: Hangup', 'Privilege: call,all', `Channel: SIP/100${call % 10}-${hex(call)}`, `Uniqueid: 1795403438.${call}`, 'Cause: 16', 'Cause-txt: Normal Clearing']),
]

/** Calls as Asterisk 1.4 tells them. */
export function legacy(events: number): EventStream {
  return generate(events, index => legacyEvents[index % legacyEvents.length]?.(index) ?? '')
}

/** All recorded events of Asterisk 22, over and over until there are so many. */
export function recorded(events: number): EventStream {
  const root = fileURLToPath(new URL('../../fixtures/transcripts/22/', import.meta.url))
  const texts = readdirSync(root)
    .filter(file => file.endsWith('.s2c.txt'))
    .map(file => readFileSync(root + file, 'utf8'))
  const packets = texts
    .flatMap(text => text.replace(/^[^\n]*\n/, '').split(/(?:\r\n){2,}/))
    // What belongs to an action a client keeps for who asked.
    .filter(packet => packet.startsWith('Event: ') && !packet.includes('\r\nActionID: '))
  return generate(events, index => `${packets[index % packets.length]}\r\n\r\n`)
}
