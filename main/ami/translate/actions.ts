import type { ErrorCode } from '#contract/result.ts'
import type { PbxAction } from '../../pbx/actions.ts'
import type { Dialect } from '../session/types.ts'
import type { Fields } from '../wire/message.ts'
import { AppError } from '../../errors.ts'

type Originate = Extract<PbxAction, { readonly do: 'originate' }>

/** A phone shows no more, and a line of 1023 bytes takes it whatever it is written in. */
const LONGEST_NAME = 80

/** The action as this dialect wants it said. */
export function toAmi(action: PbxAction, dialect: Dialect): { readonly name: string, readonly fields: Fields } {
  switch (action.do) {
    case 'originate':
      return { name: 'Originate', fields: originate(action, dialect) }
    case 'hangup':
      return { name: 'Hangup', fields: { Channel: action.channel, Cause: action.cause ?? undefined } }
    case 'redirect':
      return {
        name: 'Redirect',
        fields: {
          Channel: action.channel,
          Context: action.context,
          Exten: action.exten,
          Priority: action.priority,
        },
      }
    default:
      return action satisfies never
  }
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
      return /^extension does not exist/i.test(sentence)
        ? 'no-such-extension'
        : null
    case 'hangup':
    case 'redirect':
      return /^(?:no such channel|channel does not exist|channel not existent)/i.test(sentence)
        ? 'call-gone'
        : null
    default:
      return action satisfies never
  }
}

function originate(action: Originate, dialect: Dialect): Fields {
  const { channel, context, exten, priority, timeoutMs, account } = action
  const common: Fields = {
    Channel: channel,
    Context: context,
    Exten: exten,
    Priority: priority,
    Timeout: timeoutMs,
    Async: 'true', // without it the whole session stands still until the phone is answered
    Account: account ?? undefined,
  }
  // CallerID would be shown at the far end as its own number; the connected line is seen on my phone alone (recorded on 16 and 22).
  return dialect === 'modern'
    ? {
        ...common,
        ChannelId: action.channelId,
        Variable: variable('CONNECTEDLINE(all)', shown(action.target)),
      }
    : { ...common, CallerID: ownCallerId(action) }
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
function ownCallerId({ channel, target }: Originate): string | undefined {
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
