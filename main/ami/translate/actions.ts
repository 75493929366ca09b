import type { ErrorCode } from '#contract/result.ts'
import type { PbxAction } from '../../pbx/actions.ts'
import type { Dialect } from '../session/types.ts'
import type { Fields } from '../wire/message.ts'
import { AppError } from '../../errors.ts'

type Originate = Extract<PbxAction, { readonly do: 'originate' }>

/** A phone shows no more, and a line of 1023 bytes takes it whatever it is written in. */
const LONGEST_NAME = 80
/** A feature code does its work at once. */
const CODE_MS = 10_000
/** How long a phone that was lifted waits to be bridged. */
const WAIT_SECONDS = 30

/** The action as this dialect wants it said. Throws `not-on-this-server` for what the dialect has no words for. */
export function toAmi(action: PbxAction, dialect: Dialect): { readonly name: string, readonly fields: Fields } {
  switch (action.do) {
    case 'originate':
      return { name: 'Originate', fields: originate(action, dialect) }
    case 'ring':
      return { name: 'Originate', fields: ring(modern(action, dialect), dialect, 'Wait', WAIT_SECONDS) }
    case 'listen':
      return { name: 'Originate', fields: ring(action, dialect, 'VoiceMailMain', action.mailbox) }
    case 'runCode':
      return {
        name: 'Originate',
        fields: {
          Channel: `Local/${action.code}@${action.context}`,
          Application: 'NoOp',
          CallerID: action.caller,
          Async: 'true',
          Timeout: CODE_MS,
        },
      }
    case 'hangup':
      return { name: 'Hangup', fields: { Channel: action.channel, Cause: action.cause ?? undefined } }
    case 'redirect':
      return { name: 'Redirect', fields: { Channel: action.channel, ...place(action) } }
    case 'redirectBoth': {
      const { extra } = action
      return {
        name: 'Redirect',
        fields: {
          Channel: action.channel,
          ExtraChannel: extra,
          ...place(action),
          // Up to 1.6 both go to one place, and other headers are not looked at.
          ...dialect !== 'legacy' && { ExtraContext: action.context, ExtraExten: action.exten, ExtraPriority: 1 },
        },
      }
    }
    case 'transferBlind':
      return { name: 'BlindTransfer', fields: { Channel: modern(action, dialect).channel, Context: action.context, Exten: action.exten } }
    case 'transferAttended':
      return {
        name: 'Atxfer',
        fields: {
          Channel: action.channel,
          Context: action.context,
          Exten: action.exten,
          // Asked for by 1.6 to 11, which then do not look at it.
          ...dialect === 'middle' && { Priority: 1 },
        },
      }
    case 'cancelAttended':
      return { name: 'CancelAtxfer', fields: { Channel: action.channel } }
    case 'bridge':
      return { name: 'Bridge', fields: { Channel1: action.one, Channel2: action.two, Tone: 'no' } }
    case 'park':
      return {
        name: 'Park',
        fields: dialect === 'modern'
          ? { Channel: action.channel, TimeoutChannel: action.returnTo, Parkinglot: action.lot ?? undefined }
          // Who hears the number of the space, and is rung when the time is over.
          : { Channel: action.channel, Channel2: action.parker, Parkinglot: action.lot ?? undefined },
      }
    case 'digit':
      return { name: 'PlayDTMF', fields: { Channel: action.channel, Digit: action.digit } }
    case 'press':
      return { name: 'PlayDTMF', fields: { Channel: modern(action, dialect).channel, Digit: action.digit, Receive: 'true' } }
    case 'recordStart':
      return action.how === 'mix'
        ? { name: 'MixMonitor', fields: { Channel: action.channel, File: `${action.file}.wav` } }
        : { name: 'Monitor', fields: { Channel: action.channel, File: action.file, Format: 'wav', Mix: 'true' } }
    case 'recordPause':
      return action.how === 'mix'
        ? { name: 'MixMonitorMute', fields: { Channel: action.channel, Direction: 'both', State: action.paused ? 1 : 0 } }
        : { name: action.paused ? 'PauseMonitor' : 'UnpauseMonitor', fields: { Channel: action.channel } }
    case 'recordStop':
      return { name: action.how === 'mix' ? 'StopMixMonitor' : 'StopMonitor', fields: { Channel: action.channel } }
    case 'limit':
      return { name: 'AbsoluteTimeout', fields: { Channel: action.channel, Timeout: action.seconds } }
    case 'mute':
      return { name: 'MuteAudio', fields: { Channel: action.channel, Direction: 'in', State: action.on ? 'on' : 'off' } }
    case 'databasePut':
      return action.value === null
        ? { name: 'DBDel', fields: { Family: action.family, Key: action.key } }
        : { name: 'DBPut', fields: { Family: action.family, Key: action.key, Val: action.value } }
    case 'setDeviceState':
      return { name: 'Setvar', fields: { Variable: `DEVICE_STATE(${action.device})`, Value: action.busy ? 'BUSY' : 'NOT_INUSE' } }
    case 'queueAdd':
      return {
        name: 'QueueAdd',
        fields: {
          Queue: action.queue,
          Interface: action.interface,
          Penalty: action.penalty,
          MemberName: action.name ?? undefined,
          StateInterface: action.stateInterface ?? undefined,
        },
      }
    case 'queueRemove':
      return { name: 'QueueRemove', fields: { Queue: action.queue, Interface: action.interface } }
    case 'queuePause':
      return { name: 'QueuePause', fields: { Queue: action.queue, Interface: action.interface, Paused: action.paused ? 'true' : 'false', Reason: action.reason ?? undefined } }
    case 'agentCallback':
      return { name: 'AgentCallbackLogin', fields: { Agent: action.agent, Exten: action.exten, Context: action.context } }
    case 'agentLogoff':
      return { name: 'AgentLogoff', fields: { Agent: action.agent, Soft: action.soft ? 'true' : undefined } }
    case 'messageMove':
      return { name: 'VoicemailMove', fields: { ...message(action), ToFolder: action.toFolder } }
    case 'messageDelete':
      return { name: 'VoicemailRemove', fields: message(action) }
    case 'messageForward': {
      const [box, context] = splitMailbox(action.toMailbox)
      return { name: 'VoicemailForward', fields: { ...message(action), ToMailbox: box, ToContext: context, ToFolder: 'INBOX' } }
    }
    default:
      return action satisfies never
  }
}

/** What the server's word for "done" hides: some actions answer Success and say in the message that they failed. */
export function hiddenFailure(action: PbxAction, sentence: string): AppError | null {
  if (!action.do.startsWith('message') || !/fail|not found|invalid/i.test(sentence))
    return null
  // Whether the message or the other mailbox is not there is not said.
  return new AppError(action.do === 'messageForward' ? 'message-not-forwarded' : 'messages-gone', sentence)
}

/** What a refusal means for the person who asked; any other error as it is. */
export function failureOf(action: PbxAction, error: AppError): AppError {
  const code = error.code === 'action-refused'
    ? meaningOf(action, error.message)
    : null
  return code === null
    ? error
    : new AppError(code, error.message, { cause: error, details: error.details })
}

/** Sentences of the server, by how they begin: releases end them differently. */
function meaningOf(action: PbxAction, sentence: string): ErrorCode | null {
  if (/^permission denied|access forbidden/i.test(sentence))
    return 'not-permitted'
  switch (action.do) {
    case 'originate':
    case 'ring':
    case 'listen':
    case 'runCode':
      return /^extension does not exist/i.test(sentence)
        ? 'no-such-extension'
        : null
    case 'park':
      return gone(sentence) ?? (/parking ?lot|find parking/i.test(sentence)
        ? 'no-such-lot'
        : null)
    case 'transferBlind':
    case 'transferAttended':
    case 'cancelAttended':
      return gone(sentence) ?? (/^transfer|^(?:atxfer|attended)|feature|disabled/i.test(sentence)
        ? 'transfer-refused'
        : null)
    case 'queueAdd':
    case 'queueRemove':
    case 'queuePause':
      return queueFailure(sentence)
    case 'agentCallback':
    case 'agentLogoff':
      return /no such agent/i.test(sentence)
        ? 'no-agent'
        : null
    case 'messageMove':
    case 'messageDelete':
    case 'messageForward':
      return /mailbox|user/i.test(sentence)
        ? 'no-such-mailbox'
        : 'messages-gone'
    case 'databasePut':
      // What is to be deleted is not there: so it shall be.
      return /^database entry (?:not found|could not be deleted)/i.test(sentence)
        ? 'already-so'
        : null
    case 'setDeviceState':
      return null
    case 'hangup':
    case 'redirect':
    case 'redirectBoth':
    case 'bridge':
    case 'digit':
    case 'press':
    case 'recordStart':
    case 'recordPause':
    case 'recordStop':
    case 'limit':
    case 'mute':
      return gone(sentence)
    default:
      return action satisfies never
  }
}

function gone(sentence: string): ErrorCode | null {
  return /^(?:no such channel|channel\d? does not exist|channel not existent|channel not found|channel specified does not exist|cannot find channel|could not find)/i.test(sentence)
    ? 'call-gone'
    : null
}

function queueFailure(sentence: string): ErrorCode | null {
  if (/no such queue/i.test(sentence))
    return 'no-such-queue'
  if (/already there/i.test(sentence))
    return 'already-so'
  if (/not dynamic/i.test(sentence))
    return 'static-member'
  return /not there|interface not found/i.test(sentence)
    ? 'not-a-member'
    : null
}

function place({ context, exten }: { readonly context: string, readonly exten: string }): Fields {
  return { Context: context, Exten: exten, Priority: 1 }
}

function message({ mailbox, folder, id }: { readonly mailbox: string, readonly folder: string, readonly id: string }): Fields {
  const [box, context] = splitMailbox(mailbox)
  return { Mailbox: box, Context: context, Folder: folder, ID: id }
}

/** `box@context`; without a context it is `default`. */
export function splitMailbox(mailbox: string): readonly [box: string, context: string] {
  const [box = '', context = 'default'] = mailbox.split('@')
  return [box, context]
}

function modern<Action extends PbxAction>(action: Action, dialect: Dialect): Action {
  if (dialect !== 'modern')
    throw new AppError('not-on-this-server', `This server has no words for ${action.do}`)
  return action
}

function ring(action: Extract<PbxAction, { readonly do: 'ring' | 'listen' }>, dialect: Dialect, application: string, data: string | number): Fields {
  return {
    Channel: action.channel,
    Application: application,
    Data: data,
    Timeout: action.timeoutMs,
    Async: 'true',
    ...appearance(action, dialect),
  }
}

function originate(action: Originate, dialect: Dialect): Fields {
  const { channel, context, exten, priority, timeoutMs, account } = action
  return {
    Channel: channel,
    Context: context,
    Exten: exten,
    Priority: priority,
    Timeout: timeoutMs,
    Async: 'true', // without it the whole session stands still until the phone is answered
    Account: account ?? undefined,
    ...appearance(action, dialect),
  }
}

/** What my phone shows while it rings. */
function appearance(action: Extract<PbxAction, { readonly do: 'originate' | 'ring' | 'listen' }>, dialect: Dialect): Fields {
  // CallerID would be shown at the far end as its own number; the connected line is seen on my phone alone (recorded on 16 and 22).
  return dialect === 'modern'
    ? {
        ChannelId: action.channelId,
        Variable: variable('CONNECTEDLINE(all)', shown(action.target)),
      }
    : { CallerID: ownCallerId(action) }
}

function shown({ number, name }: Originate['target']): string {
  const clean = name === null
    ? ''
    : cleanName(name)
  return clean === ''
    ? `<${cleanNumber(number)}>`
    : `${clean} <${cleanNumber(number)}>`
}

/** One variable a header, which every release takes; from 1.6 on commas would split it. */
function variable(name: string, value: string): string {
  return `${name}=${value.replace(/[\\",]/g, '\\$&')}`
}

/** Up to 11: my own number, for that is what the far end will see, and the target in the name, for my phone's display. */
function ownCallerId({ channel, target }: Pick<Originate, 'channel' | 'target'>): string | undefined {
  const [, own] = /^[^/]+\/(\+?[\d*#]+)(?:@|$)/.exec(channel) ?? []
  return own === undefined
    ? undefined
    : `"Call ${cleanName(target.name ?? target.number)}" <${own}>`
}

/** Quotes, angle brackets and backslashes would end the name; control characters have no place in one. */
function cleanName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ').replace(/["<>\\]/g, '').replace(/\s+/g, ' ').trim()
  return [...clean].slice(0, LONGEST_NAME).join('').trim()
}

function cleanNumber(number: string): string {
  return number.replace(/[^\w*#+.-]/g, '')
}
