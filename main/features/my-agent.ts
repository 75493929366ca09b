import type { Channel } from '../pbx/channels.ts'
import type { AgentSnapshot } from '../pbx/events.ts'
import type { DeskState } from './desk.ts'
import type { MyCall } from './my-call.ts'
import type { DeskConfig } from './types.ts'
import { comparable } from '../pbx/channels.ts'
import { deviceOfChannel } from '../pbx/device-name.ts'
import { liveLegs } from './my-call.ts'

type Desk = Pick<DeskState, 'config' | 'mine' | 'pbx'>

/** The number that the configuration calls mine. */
export function myAgentNumber({ extension, office }: Pick<DeskConfig, 'extension' | 'office'>): string {
  return office.codes.agent.replaceAll('{extension}', extension)
}

/** The one that is logged in at a phone of mine, else the one that the configuration calls mine; null where the server has neither. */
export function myAgent(desk: Desk): AgentSnapshot | null {
  return desk.pbx.agents.values().find(agent => isAtMyPhone(desk, agent)) ?? desk.pbx.agents.get(myAgentNumber(desk.config)) ?? null
}

export function isMyAgent(desk: Desk, agent: AgentSnapshot): boolean {
  return agent.agent === myAgentNumber(desk.config) || isAtMyPhone(desk, agent)
}

/** My agent while it waits for calls on a leg of mine, or talks there: the leg, and the call of my phone that it belongs to. */
export function agentAtWork(desk: Desk & Pick<DeskState, 'calls'>): { readonly agent: AgentSnapshot, readonly call: MyCall, readonly leg: Channel } | null {
  const agent = desk.pbx.agents.size === 0 ? null : myAgent(desk)
  const id = agent === null || agent.state === 'out' || agent.channel === null ? undefined : desk.pbx.names.get(agent.channel)
  const leg = id === undefined ? undefined : desk.pbx.channels.get(id)
  const call = leg && desk.calls.find(one => one.agent === null && one.direction !== 'in' && liveLegs(one).some(own => own.id === leg.id))
  return agent && leg && call ? { agent, call, leg } : null
}

/** The call of my phone on which my agent waits all day. */
export function waitingCall(desk: Desk & Pick<DeskState, 'calls'>): MyCall | null {
  return agentAtWork(desk)?.call ?? null
}

/** Whether my agent talks to somebody on the leg of another call, which is shown instead of this one. */
export function isCovered({ calls }: Pick<DeskState, 'calls'>, call: MyCall): boolean {
  return call.agent === null && calls.some(one => one.agent !== null && one.phase === 'up' && liveLegs(one).length > 0 && liveLegs(call).some(leg => leg.id === one.agent))
}

function isAtMyPhone({ config, mine }: Desk, { channel, state }: AgentSnapshot): boolean {
  if (state === 'out' || channel === null)
    return false
  // Up to 1.4 a number is rung for the agent: `1003@default`.
  return mine.devices.has(comparable(deviceOfChannel(channel))) || channel.split('@')[0] === config.extension
}
