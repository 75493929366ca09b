import type { Channel } from '../pbx/channels.ts'
import type { AgentSnapshot, Party } from '../pbx/events.ts'
import type { PbxState } from '../pbx/state.ts'
import type { DeskState } from './desk.ts'
import type { MyCall } from './my-call.ts'
import type { DeskConfig } from './types.ts'
import { comparable } from '../pbx/channels.ts'
import { deviceOfChannel } from '../pbx/device-name.ts'
import { partnerOf } from './caller.ts'
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

/** Whom my agent talks to on this call, which is its own: all day long it only waits there. */
export function servedOn({ config, mine, pbx }: Desk, call: MyCall): { readonly party: Party, readonly queue: string | null, readonly since: number | null } | null {
  const agent = pbx.agents.size === 0 ? null : myAgent({ config, mine, pbx })
  const own = agent?.call && channelNamed(pbx, agent.channel)
  if (!own || !liveLegs(call).some(leg => leg.id === own.id))
    return null
  // Up to 11 callers talk to a channel that stands for the agent.
  const party = [own, channelNamed(pbx, `Agent/${agent.agent}`)].map(channel => channel ? partnerOf(pbx, mine, channel) : null).find(one => one !== null)
  return party ? { party, ...agent.call } : null
}

function channelNamed({ channels, names }: PbxState, name: string | null): Channel | undefined {
  const id = name === null ? undefined : names.get(name)
  return id === undefined ? undefined : channels.get(id)
}

function isAtMyPhone({ config, mine }: Desk, { channel, state }: AgentSnapshot): boolean {
  if (state === 'out' || channel === null)
    return false
  // Up to 1.4 a number is rung for the agent: `1003@default`.
  return mine.devices.has(comparable(deviceOfChannel(channel))) || channel.split('@')[0] === config.extension
}
