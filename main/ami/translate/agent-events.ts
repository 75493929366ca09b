import type { AgentSnapshot } from '../../pbx/events.ts'
import type { Message } from '../wire/message.ts'
import type { EventTranslator, EventTranslators } from './translator.ts'
import { given, integer } from './text.ts'
import { one } from './translator.ts'

const STATES: Readonly<Record<string, AgentSnapshot['state']>> = { agent_idle: 'idle', agent_oncall: 'oncall' }

/** On a channel that waits for calls, or (up to 1.6) by a number that is rung: `1003@default`. */
const loggedIn = one((message, at) => {
  const agent = given(message.get('Agent'))
  return agent === null
    ? null
    : { type: 'agent.loggedIn', agent, channel: placeOf(message, 'Channel') ?? placeOf(message, 'Loginchan'), at }
})

const loggedOut: EventTranslator = one((message, at) => {
  const agent = given(message.get('Agent'))
  return agent === null ? null : { type: 'agent.loggedOut', agent, at }
})

export const agentEvents: EventTranslators = {
  agentlogin: loggedIn,
  agentcallbacklogin: loggedIn,
  agentlogoff: loggedOut,
  agentcallbacklogoff: loggedOut,
}

/** An item of `Agents`. */
export function agentItemOf(message: Message): AgentSnapshot | null {
  const agent = given(message.get('Agent'))
  if (agent === null)
    return null
  const state = STATES[message.get('Status')?.toLowerCase() ?? ''] ?? 'out'
  const seconds = integer(message.get('LoggedInTime'))
  const started = integer(message.get('CallStarted'))
  return {
    agent,
    name: given(message.get('Name')),
    state,
    since: seconds && state !== 'out' ? seconds * 1000 : null,
    call: state === 'oncall' ? { queue: null, since: started ? started * 1000 : null } : null,
    channel: state === 'out' ? null : placeOf(message, 'Channel') ?? placeOf(message, 'LoggedInChan'),
  }
}

function placeOf(message: Message, header: string): string | null {
  const place = given(message.get(header))
  return place === 'n/a' || place === '' ? null : place
}
