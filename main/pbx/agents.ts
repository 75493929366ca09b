import type { AgentSnapshot } from './events.ts'
import type { PbxState } from './state.ts'
import { withTables } from './state.ts'

/** An agent of chan_agent (up to 11) or of the agent pool (12 and later), as far as it was told. */
export function changeAgent(state: PbxState, said: Partial<AgentSnapshot> & Pick<AgentSnapshot, 'agent'>): PbxState {
  const known = state.agents.get(said.agent)
  const next: AgentSnapshot = { name: null, state: 'out', since: null, channel: null, ...known, ...said }
  return known && (Object.keys(next) as (keyof AgentSnapshot)[]).every(field => known[field] === next[field]) // the keys of an AgentSnapshot
    ? state
    : withTables(state, { agents: state.agents.set(said.agent, next) })
}

export function agentIn(state: PbxState, agent: string, channel: string | null, at: number): PbxState {
  return changeAgent(state, { agent, state: 'idle', since: at, channel })
}

export function agentOut(state: PbxState, agent: string): PbxState {
  return changeAgent(state, { agent, state: 'out', since: null, channel: null })
}

/** Somebody who is logged off talks to nobody as an agent, whatever old events say. */
export function agentTalks(state: PbxState, agent: string | null, talks: boolean): PbxState {
  const known = agent === null ? undefined : state.agents.get(agent)
  return known && known.state !== 'out'
    ? changeAgent(state, { agent: known.agent, state: talks ? 'oncall' : 'idle' })
    : state
}

/** `2100` of `Agent/2100`, which is a member of a queue, and of `Agent:2100`, which is a device. */
export function agentOf(name: string | null | undefined): string | null {
  return /^Agent[:/](.+)$/i.exec(name ?? '')?.[1] ?? null
}
