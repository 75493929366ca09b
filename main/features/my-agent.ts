import type { AgentSnapshot } from '../pbx/events.ts'
import type { DeskState } from './desk.ts'
import type { DeskConfig } from './types.ts'
import { comparable } from '../pbx/channels.ts'
import { deviceOfChannel } from '../pbx/device-name.ts'

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

function isAtMyPhone({ config, mine }: Desk, { channel, state }: AgentSnapshot): boolean {
  if (state === 'out' || channel === null)
    return false
  // Up to 1.4 a number is rung for the agent: `1003@default`.
  return mine.devices.has(comparable(deviceOfChannel(channel))) || channel.split('@')[0] === config.extension
}
