import type { ChannelSnapshot, ChannelState, Party } from '../../pbx/events.ts'
import type { Linkedid, Uniqueid } from '../../pbx/ids.ts'
import type { Message } from '../wire/message.ts'
import { given, numberGiven, unescape } from './text.ts'

const STATES: Readonly<Record<string, ChannelState>> = {
  '0': 'down',
  '1': 'reserved',
  '2': 'offhook',
  '3': 'dialing',
  '4': 'ring',
  '5': 'ringing',
  '6': 'up',
  '7': 'busy',
  '8': 'dialing-offhook',
  '9': 'prering',
  'down': 'down',
  'rsrvd': 'reserved',
  'offhook': 'offhook',
  'dialing': 'dialing',
  'ring': 'ring',
  'ringing': 'ringing',
  'up': 'up',
  'busy': 'busy',
  'dialing offhook': 'dialing-offhook',
  'pre-ring': 'prering',
}

/** The channel whose headers begin with `prefix`; null where the packet names none. */
export function channelOf(message: Message, prefix = ''): ChannelSnapshot | null {
  const name = given(message.get(`${prefix}Channel`))
  const uniqueid = uniqueidOf(message.get(`${prefix}Uniqueid`))
  if (name === null && uniqueid === null)
    return null
  const caller = callerOf(message, prefix)
  const connected = partyOf(message, prefix, message.get(`${prefix}ConnectedLineNum`), message.get(`${prefix}ConnectedLineName`))
  const state = stateOf(message.get(`${prefix}ChannelState`) ?? (prefix === ''
    ? message.get('State')
    : undefined))
  const context = message.get(`${prefix}Context`)
  const exten = message.get(`${prefix}Exten`) ?? (prefix === ''
    ? message.get('Extension')
    : undefined)
  const account = given(message.get(`${prefix}AccountCode`) ?? (prefix === ''
    ? message.get('Account')
    : undefined))
  const linkedid = given(message.get(`${prefix}Linkedid`))
  const application = given(prefix === ''
    ? message.get('Application')
    : undefined)
  const variables = variablesOf(message, prefix)
  return {
    uniqueid,
    name: name ?? '',
    ...(state !== undefined && { state }),
    ...(caller !== undefined && { caller }),
    ...(connected !== undefined && { connected }),
    ...(context !== undefined && { context }),
    ...(exten !== undefined && { exten }),
    ...(account !== null && { account }),
    ...(linkedid !== null && { linkedid: linkedid as Linkedid }), // what the server calls so
    ...(application !== null && { application }),
    ...(variables !== undefined && { variables }),
  }
}

/** A channel of which a packet tells no more than this. */
export function channelNamed(name: string | undefined, uniqueid?: string): ChannelSnapshot | null {
  const known = given(name)
  const id = uniqueidOf(uniqueid)
  return known === null && id === null
    ? null
    : { uniqueid: id, name: known ?? '' }
}

export function uniqueidOf(value: string | undefined): Uniqueid | null {
  return given(value) as Uniqueid | null // what the server calls so
}

/** The caller ID of a channel, in the spelling of every release; undefined where the packet has none. */
export function callerOf(message: Message, prefix = ''): Party | undefined {
  const number = message.get(`${prefix}CallerIDNum`) ?? message.get(`${prefix}CallerID`)
  const name = message.get(`${prefix}CallerIDName`)
  const both = name === undefined && given(number) !== null
    ? splitCallerId(number ?? '')
    : null
  return both
    ? partyOf(message, prefix, both.number, both.name)
    : partyOf(message, prefix, number, name)
}

/** 1.0 writes both into one: `"John" <2083361234>`. */
function splitCallerId(text: string): { readonly name: string, readonly number: string } | null {
  const open = text.lastIndexOf('<')
  const close = text.indexOf('>', open)
  return open === -1 || close === -1
    ? null
    : { name: text.slice(0, open).replaceAll('"', '').trim(), number: text.slice(open + 1, close) }
}

/** `"John" <2083361234>`, or a number alone. */
export function callerIdOf(text: string | undefined): Party {
  const both = splitCallerId(text ?? '')
  return both
    ? { number: numberGiven(both.number), name: given(both.name) }
    : { number: numberGiven(text), name: null }
}

function partyOf(message: Message, prefix: string, number: string | undefined, name: string | undefined): Party | undefined {
  if (number === undefined && name === undefined)
    return undefined
  // Names are escaped from 13.5 on, the release that brought the linkedid.
  const isEscaped = message.get(`${prefix}Linkedid`) !== undefined
  const shown = given(name)
  return {
    number: numberGiven(number),
    name: shown !== null && isEscaped
      ? given(unescape(shown))
      : shown,
  }
}

function stateOf(value: string | undefined): ChannelState | undefined {
  return value === undefined
    ? undefined
    : STATES[value.trim().toLowerCase()] ?? 'unknown'
}

function variablesOf(message: Message, prefix: string): Readonly<Record<string, string>> | undefined {
  const lines = message.all(`${prefix}ChanVariable`)
  if (lines.length === 0)
    return undefined
  const isEscaped = message.get(`${prefix}Linkedid`) !== undefined
  return Object.fromEntries(lines.map((line) => {
    const equals = line.indexOf('=')
    const [name, value] = equals === -1
      ? [line, '']
      : [line.slice(0, equals), line.slice(equals + 1)]
    return [name, isEscaped
      ? unescape(value)
      : value]
  }))
}
