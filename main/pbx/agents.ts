import type { AgentSnapshot } from './events.ts'
import type { PbxState } from './state.ts'
import { memberKey } from './queues.ts'
import { saysNothingNew } from './same.ts'
import { withTables } from './state.ts'
import { Table } from './table.ts'

export function agentIn(state: PbxState, agent: string, channel: string | null, at: number): PbxState {
  return changeAgent(state, agent, { state: 'idle', since: at, channel, call: null })
}

export function agentOut(state: PbxState, agent: string): PbxState {
  return changeAgent(state, agent, { state: 'out', since: null, channel: null, call: null })
}

/** Somebody who is logged off talks to nobody as an agent, whatever old events say. `queue`: of which the call is, where the event tells. */
export function agentTalks(state: PbxState, agent: string | null, queue: string | null, at: number): PbxState {
  const known = agent === null ? undefined : state.agents.get(agent)
  if (!known || known.state === 'out' || (known.call && (queue === null || known.call.queue === queue)))
    return state
  return changeAgent(state, known.agent, { state: 'oncall', call: { queue, since: known.call?.since ?? at } })
}

export function agentWaits(state: PbxState, agent: string | null): PbxState {
  const known = agent === null ? undefined : state.agents.get(agent)
  return known && known.state !== 'out'
    ? changeAgent(state, known.agent, { state: 'idle', call: null })
    : state
}

/** Those of a list. What was seen to happen is known better than what is told of it: when it logged in by our clock, and of which queue the call is. */
export function replaceAgents(state: PbxState, listed: readonly AgentSnapshot[]): PbxState {
  const agents = listed.reduce((table, said) => {
    const known = state.agents.get(said.agent)
    const now = known && known.channel === said.channel ? { ...said, since: known.since ?? said.since, call: said.call && (known.call ?? said.call) } : said
    return table.set(said.agent, known && saysNothingNew(known, now) ? known : now)
  }, Table.empty<string, AgentSnapshot>())
  return agents.size === state.agents.size && agents.values().every(agent => state.agents.get(agent.agent) === agent)
    ? state
    : withTables(state, { agents })
}

/** `2100` of `Agent/2100`, which is a member of a queue, and of `Agent:2100`, which is a device. */
export function agentOf(name: string | null | undefined): string | null {
  return /^Agent[:/](.+)$/i.exec(name ?? '')?.[1] ?? null
}

/** Whose member of a queue it is: by what it is called, by the device that shows its state, in the first releases by its channel alone. */
export function agentOfMember({ queueMembers }: PbxState, queue: string, member: string | null, channel: string | undefined): string | null {
  return agentOf(member) ?? agentOf(member === null ? null : queueMembers.get(memberKey(queue, member))?.stateInterface) ?? agentOf(channel)
}

/** An agent of chan_agent (up to 11) or of the agent pool (12 and later), as far as it was told. */
function changeAgent(state: PbxState, agent: string, said: Partial<AgentSnapshot>): PbxState {
  const known = state.agents.get(agent)
  const next: AgentSnapshot = { agent, name: null, state: 'out', since: null, channel: null, call: null, ...known, ...said }
  return known && saysNothingNew(known, next)
    ? state
    : withTables(state, { agents: state.agents.set(agent, next) })
}
