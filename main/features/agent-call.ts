import type { Channel } from '../pbx/channels.ts'
import type { AgentSnapshot, PbxEvent } from '../pbx/events.ts'
import type { CallId } from '../pbx/ids.ts'
import type { DeskState } from './desk.ts'
import type { Sight } from './follow.ts'
import type { MyCall, MyLeg } from './my-call.ts'
import { agentOfMember } from '../pbx/agents.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { rootOf } from '../pbx/dials.ts'
import { adoptForAgent, seen } from './follow.ts'
import { agentAtWork } from './my-agent.ts'
import { liveLegs } from './my-call.ts'

/** Calls to my agent, who waits on a leg of mine, are calls of their own: begun when somebody is given to it. */
export function adoptAgentCalls(sight: Sight, state: DeskState, event: PbxEvent, newId: (call: CallId) => string): readonly MyCall[] {
  const { calls } = state
  const work = agentAtWork(state)
  if (work === null)
    return calls
  const { agent, leg } = work
  const called = event.type === 'queue.memberCalled' && event.leg && isCalled(sight, agent, event) ? seen(sight, event.leg) : standIn(sight, agent)
  const [partner] = called ? [] : partnersOf(sight.pbx, leg)
  const channel = called ?? (partner === undefined ? undefined : leg)
  if (!channel || calls.some(call => call.agent !== null && liveLegs(call).some(one => one.id === channel.id || (channel === leg && one.id !== channel.id))))
    return calls
  const isOld = event.type === 'pbx.replaced'
  return adoptForAgent(sight, calls, leg, {
    channel,
    root: partner === undefined ? null : rootOf(sight.pbx, partner),
    since: isOld ? agent.call?.since ?? null : null,
    isOld,
    newId,
  })
}

/** Up to 11 a channel stands for an agent while it is called and talks. */
function standIn({ pbx }: Sight, { agent }: AgentSnapshot): Channel | undefined {
  const id = pbx.names.get(`Agent/${agent}`)
  return id === undefined ? undefined : pbx.channels.get(id)
}

function isCalled({ pbx }: Sight, { agent }: AgentSnapshot, event: Extract<PbxEvent, { readonly type: 'queue.memberCalled' }>): boolean {
  return agentOfMember(pbx, event.queue ?? '', event.interface, event.leg?.name) === agent || event.interface.startsWith(`Local/${agent}@`)
}

/** What is hung up to end a call: my legs, but for the one on which my agent goes on to wait; then it is whoever talks to it. */
export function endsOf({ pbx }: Pick<DeskState, 'pbx'>, call: MyCall): readonly Pick<MyLeg, 'id' | 'name'>[] {
  return liveLegs(call).flatMap((leg): readonly Pick<MyLeg, 'id' | 'name'>[] => {
    const own = leg.id === call.agent ? pbx.channels.get(leg.id) : undefined
    return own ? partnersOf(pbx, own).flatMap(id => pbx.channels.get(id) ?? []) : [leg]
  })
}
