import type { DeskState } from '../desk.ts'
import type { Planned } from './planned.ts'
import type { ActRequest } from './request.ts'
import { myAgent } from '../my-agent.ts'
import { withExtension } from './plan-call.ts'
import { plan } from './planned.ts'

/** My agent: logged in by its own action up to 1.4, later by a call of my phone; logged out by action everywhere. */
export function planAgent(desk: DeskState, { kind }: Extract<ActRequest, { readonly kind: 'agentLogin' | 'agentLogout' }>): Planned {
  const { limits } = desk
  const agent = myAgent(desk)
  if (limits.missing.agent)
    return { refused: limits.missing.agent }
  if (agent === null)
    return { refused: 'no-agent' }
  if ((agent.state === 'out') === (kind === 'agentLogout'))
    return { refused: 'already-so' }
  const subject = agent.name ?? agent.agent
  if (kind === 'agentLogin')
    return planLogin(desk, agent.agent, subject)
  return agent.state === 'oncall'
    // Nothing tells that a server has made a note of it.
    ? plan('agentLeave', subject, { steps: [[{ do: 'agentLogoff', agent: agent.agent, soft: true }]], proof: { by: 'answer' } })
    : plan('agentLogout', subject, { steps: [[{ do: 'agentLogoff', agent: agent.agent, soft: false }]], proof: { by: 'agent', agent: agent.agent, want: 'out' } })
}

function planLogin({ acts, config, limits }: DeskState, agent: string, subject: string): Planned {
  const { extension, dialContext, devices, office } = config
  const { agentLogin } = office.codes
  if (limits.lacks.has('agentCallback') && agentLogin === '')
    return { refused: 'no-feature-code' }
  if (dialContext === '')
    return { refused: 'no-context' }
  // A code that somebody has set up knows better how agents log in here.
  if (agentLogin === '')
    return plan('agentLogin', subject, { steps: [[{ do: 'agentCallback', agent, exten: extension, context: dialContext }]], proof: { by: 'agent', agent, want: 'in' } })
  if (limits.lacks.has('originate'))
    return { refused: limits.missing.dial ?? 'not-permitted' }
  if (acts.some(act => act.state === 'asked' && act.kind === 'agentLogin'))
    return { refused: 'phone-rings-already' }
  return devices.length === 0
    ? { refused: 'no-phone' }
    : plan('agentLogin', subject, { proof: { by: 'agent', agent, want: 'in' }, dial: { number: withExtension(agentLogin, extension), name: subject } })
}
