import type { PbxAction } from '../../pbx/actions.ts'
import type { DeskState } from '../desk.ts'
import type { MyQueue } from '../office-config.ts'
import type { Planned } from './planned.ts'
import type { ActRequest } from './request.ts'
import { extensionKey } from '../../pbx/extensions.ts'
import { isDynamic, myMembers, myQueues } from '../my-queues.ts'
import { plan } from './planned.ts'

/** My membership: in one queue, or in all that are or were mine. */
export function planQueues(desk: DeskState, request: Extract<ActRequest, { readonly kind: 'queueLogin' | 'queueLogout' | 'queuePause' }>): Planned {
  const { limits, pbx } = desk
  const absent = request.kind === 'queuePause' ? limits.missing.queuePause : limits.missing.queueMember
  if (absent)
    return { refused: absent }
  if (request.queue !== null && !pbx.queues.has(request.queue) && (pbx.queues.size > 0 || pbx.goneQueues.has(request.queue)))
    return { refused: 'no-such-queue' }
  return request.kind === 'queueLogin'
    ? planLogin(desk, request.queue)
    : planMember(desk, request)
}

function planLogin(desk: DeskState, queue: string | null): Planned {
  const { config, pbx } = desk
  const members = myMembers(pbx, config, desk.mine)
  const known = myQueues(config.office.arrangement.queues, members)
  const [phone] = config.devices
  if (phone === undefined)
    return { refused: 'no-phone' }
  // As what I was in another queue is as what I shall be in this one.
  const wanted = queue === null
    ? known.filter(one => pbx.queues.has(one.queue))
    : [known.find(one => one.queue === queue) ?? { ...like(known, phone), queue }]
  const missing = wanted.filter(one => !members.some(member => member.queue === one.queue))
  // A member without a name is called after its phone.
  const me = desk.people.get(extensionKey(config.extension, config.hintContext))?.name ?? null
  if (wanted.length === 0)
    return { refused: 'no-queue-of-mine' }
  if (missing.length === 0)
    return { refused: 'already-so' }
  return plan('queueLogin', names(missing.map(one => one.queue)), {
    steps: missing.map((one): readonly PbxAction[] => [{ do: 'queueAdd', ...one, name: one.name === null || one.name === one.interface ? me : one.name }]),
    proof: { by: 'members', members: missing, want: 'in' },
    trust: true,
  })
}

function like(known: readonly MyQueue[], phone: string): Omit<MyQueue, 'queue'> {
  const [first] = known
  return first ?? { interface: phone, stateInterface: null, name: null, penalty: 0 }
}

function planMember(desk: DeskState, request: Extract<ActRequest, { readonly kind: 'queueLogout' | 'queuePause' }>): Planned {
  const all = myMembers(desk.pbx, desk.config, desk.mine).filter(member => request.queue === null || member.queue === request.queue)
  if (all.length === 0)
    return { refused: 'not-a-member' }
  if (request.kind === 'queueLogout') {
    const members = all.filter(isDynamic)
    return members.length === 0
      ? { refused: 'static-member' }
      : plan('queueLogout', names(members.map(one => one.queue)), {
          steps: members.map((member): readonly PbxAction[] => [{ do: 'queueRemove', queue: member.queue, interface: member.interface }]),
          proof: { by: 'members', members, want: 'out' },
          trust: true,
        })
  }
  const { paused, reason } = request
  // Another reason for a pause that goes on is news, too.
  const members = all.filter(member => (member.paused ?? false) !== paused || (paused && reason !== null && (member.pausedReason ?? '') !== reason))
  return members.length === 0
    ? { refused: 'already-so' }
    : plan(paused ? 'queuePause' : 'queueUnpause', names(members.map(one => one.queue)), {
        steps: members.map((member): readonly PbxAction[] => [{ do: 'queuePause', queue: member.queue, interface: member.interface, paused, reason: paused ? reason : null }]),
        proof: { by: 'members', members, want: paused ? 'paused' : 'unpaused' },
        trust: true,
      })
}

function names(queues: readonly string[]): string {
  return [...new Set(queues)].join(', ')
}
