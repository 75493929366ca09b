import type { DeskState } from '../desk.ts'
import type { Planned } from './planned.ts'
import type { ActRequest } from './request.ts'
import { planAgent } from './plan-agent.ts'
import { planCall } from './plan-call.ts'
import { planLine } from './plan-line.ts'
import { planMessages } from './plan-messages.ts'
import { planConnect, planParked, planPickup } from './plan-people.ts'
import { planQueues } from './plan-queues.ts'

/** What is needed to do what a person asks, or why it cannot be done. `id` names what is made for it. */
export function planAct(desk: DeskState, request: ActRequest, id: string): Planned {
  if (!desk.online)
    return { refused: 'not-online' }
  switch (request.kind) {
    case 'hangup': case 'blind': case 'voicemail': case 'consult': case 'swap': case 'complete': case 'cancelConsult': case 'conference':
    case 'dtmf': case 'record': case 'timeout': case 'mute': case 'move': case 'park':
      return planCall(desk, request, id)
    case 'retrieve':
      return planParked(desk, request)
    case 'pickup':
      return planPickup(desk, request, id)
    case 'connect':
      return planConnect(desk, request)
    case 'dnd': case 'forward':
      return planLine(desk, request)
    case 'messages':
      return planMessages(desk, request)
    case 'agentLogin': case 'agentLogout':
      return planAgent(desk, request)
    case 'queueLogin': case 'queueLogout': case 'queuePause':
      return planQueues(desk, request)
    default:
      return request satisfies never
  }
}
