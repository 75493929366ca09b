import type { Channel, Party } from '../exchange/channel.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import { channelHeaders, stateText } from '../exchange/channel.ts'
import { isDeviceState } from '../exchange/devices.ts'
import { facts, failure, success } from './answer.ts'

export const variableActions = {
  Getvar(request, office) {
    const variable = request.get('Variable')
    const name = request.get('Channel')
    if (variable === '')
      return failure('No variable specified')
    const channel = office.exchange.named(name)
    if (name !== '' && !channel)
      return failure('No such channel')
    return facts([
      ['Variable', variable],
      ['Value', channel
        ? valueOf(office, channel, variable)
        : globalOf(office, variable)],
    ])
  },

  Setvar(request, office) {
    const variable = request.get('Variable')
    const name = request.get('Channel')
    const value = request.get('Value')
    if (variable === '')
      return failure('No variable specified')
    const channel = office.exchange.named(name)
    if (name !== '' && !channel)
      return failure('No such channel')
    const set = setterOf(office, channel ?? null, variable, value)
    return set
      ? success('Variable Set', set)
      : failure('Variable not set')
  },
} as const satisfies Answers

const FUNCTION = /^([A-Z_]+)\((.*)\)$/i

function valueOf({ exchange }: OfficePbx, channel: Channel, variable: string): string {
  const [, name, argument = ''] = FUNCTION.exec(variable) ?? []
  if (name === undefined)
    return channel.variables[variable] ?? builtIn(channel, variable)
  switch (`${name}(${argument})`.toLowerCase()) {
    case 'callerid(all)': return written(channel.caller)
    case 'callerid(num)': return channel.caller.number ?? ''
    case 'callerid(name)': return channel.caller.name ?? ''
    case 'connectedline(all)': return written(channel.connected)
    case 'connectedline(num)': return channel.connected.number ?? ''
    case 'connectedline(name)': return channel.connected.name ?? ''
    case 'channel(state)': return stateText(channel.state)
    case 'channel(linkedid)': return channel.linkedid
    case 'channel(accountcode)': return channel.account
    case 'channel(peer)': {
      const other = exchange.talks.get(channel.uniqueid)?.other(channel.uniqueid)
      return other === undefined
        ? ''
        : exchange.known(other).name
    }
    default: return channel.variables[variable] ?? ''
  }
}

function builtIn({ name, uniqueid, context, exten, priority }: Channel, variable: string): string {
  switch (variable.toUpperCase()) {
    case 'CHANNEL': return name
    case 'UNIQUEID': return uniqueid
    case 'CONTEXT': return context
    case 'EXTEN': return exten
    case 'PRIORITY': return String(priority)
    default: return ''
  }
}

/** What a server tells without a channel; the database it keeps to itself, as one does where nobody lives dangerously. */
function globalOf({ dialplan, exchange, globals }: OfficePbx, variable: string): string {
  const [, name, argument = ''] = FUNCTION.exec(variable) ?? []
  switch (name?.toUpperCase()) {
    case undefined: return globals.get(variable) ?? ''
    case 'DEVICE_STATE': return exchange.states.of(argument)
    case 'DIALPLAN_EXISTS': {
      const [context = '', exten = ''] = argument.split(',')
      return dialplan(context, exten) ? '1' : '0'
    }
    case 'PRESENCE_STATE': {
      const [provider = '', field = 'value'] = argument.split(',')
      const presence = exchange.states.presenceOf(provider)
      switch (field) {
        case 'value': return presence?.status ?? 'not_set'
        case 'subtype': return presence?.subtype ?? ''
        case 'message': return presence?.message ?? ''
        default: return ''
      }
    }
    default: return ''
  }
}

const PRESENCES = ['not_set', 'unavailable', 'available', 'away', 'xa', 'chat', 'dnd']

function setterOf({ exchange, globals }: OfficePbx, channel: Channel | null, variable: string, value: string): (() => void) | null {
  const [, name, argument = ''] = FUNCTION.exec(variable) ?? []
  switch (name?.toUpperCase()) {
    case undefined:
      return channel
        ? () => setOn(channel.uniqueid)
        : () => void globals.set(variable, value)
    case 'DEVICE_STATE':
      return argument.startsWith('Custom:') && isDeviceState(value)
        ? () => exchange.states.set(argument, value)
        : null
    case 'PRESENCE_STATE': {
      const [status = '', subtype = '', message = ''] = value.split(',')
      return argument.startsWith('CustomPresence:') && PRESENCES.includes(status)
        ? () => exchange.states.setPresence(argument, { status, subtype, message })
        : null
    }
    case 'DB':
      return null
    default:
      return channel
        ? () => setOn(channel.uniqueid)
        : null
  }

  function setOn(id: string): void {
    const changed = exchange.change(id, { variables: { ...exchange.known(id).variables, [variable]: value } })
    exchange.tell('VarSet', [
      ...channelHeaders(changed),
      ['Variable', variable],
      ['Value', value],
    ])
  }
}

const written = ({ name, number }: Party): string => `"${name ?? ''}" <${number ?? ''}>`
