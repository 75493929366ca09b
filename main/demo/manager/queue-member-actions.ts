import type { QueueMember, QueueMembers } from '../exchange/queue-members.ts'
import type { OfficePbx } from '../office-pbx.ts'
import type { Answers } from './action.ts'
import type { Request } from './request.ts'
import { callerAt, userOf } from '../office.ts'
import { failure, success } from './answer.ts'
import { isTrue } from './request.ts'

export const queueMemberActions = {
  QueueAdd(request, office) {
    const device = request.get('Interface')
    if (request.get('Queue') === '')
      return failure('\'Queue\' not specified.')
    if (device === '')
      return failure('\'Interface\' not specified.')
    const queue = office.queues.find(({ name }) => name === request.get('Queue'))
    if (!queue)
      return failure('Unable to add interface to queue: No such queue')
    if (queue.members.of(device))
      return failure('Unable to add interface: Already there')
    return success('Added interface to queue', () => queue.members.add({
      name: request.get('MemberName') || device,
      device,
      caller: callerAt(office.staff, userOf(device)),
      isDynamic: true,
      penalty: Math.max(0, Math.trunc(Number(request.get('Penalty'))) || 0),
      isPaused: isTrue(request.get('Paused')),
      reason: request.get('Reason'),
    }))
  },

  QueueRemove(request, office) {
    const device = request.get('Interface')
    if (request.get('Queue') === '' || device === '')
      return failure('Need \'Queue\' and \'Interface\' parameters.')
    const queue = office.queues.find(({ name }) => name === request.get('Queue'))
    if (!queue)
      return failure('Unable to remove interface from queue: No such queue')
    const member = queue.members.of(device)
    if (!member)
      return failure('Unable to remove interface: Not there')
    return member.isDynamic
      ? success('Removed interface from queue', () => queue.members.remove(member))
      : failure('Member not dynamic')
  },

  QueuePause(request, office) {
    const paused = request.get('Paused')
    if (request.get('Interface') === '' || paused === '')
      return failure('Need \'Interface\' and \'Paused\' parameters.')
    const found = membershipsOf(request, office)
    if (found.length === 0)
      return failure('Interface not found')
    const isPaused = isTrue(paused)
    return success(`Interface ${isPaused
      ? 'paused'
      : 'unpaused'} successfully`, () => found.forEach(({ members, member }) => members.pause(member, isPaused, request.get('Reason'))))
  },

  QueuePenalty(request, office) {
    if (request.get('Interface') === '' || request.get('Penalty') === '')
      return failure('Need \'Interface\' and \'Penalty\' parameters.')
    const found = membershipsOf(request, office)
    const penalty = Number(request.get('Penalty'))
    return found.length === 0 || !(penalty >= 0)
      ? failure('Invalid interface, queuename or penalty')
      : success('Interface penalty set successfully', () => found.forEach(({ members, member }) => members.setPenalty(member, Math.trunc(penalty))))
  },

  QueueMemberRingInUse(request, office) {
    if (request.get('Interface') === '' || request.get('RingInUse') === '')
      return failure('Need \'Interface\' and \'RingInUse\' parameters.')
    const found = membershipsOf(request, office)
    return found.length === 0
      ? failure('Invalid interface, queuename or ringinuse value')
      : success('Interface ringinuse set successfully', () => found.forEach(({ members, member }) => members.setRingInUse(member, isTrue(request.get('RingInUse')))))
  },
} as const satisfies Answers

/** In the queue that is named, or in every queue where none is. */
function membershipsOf(request: Request, { queues }: OfficePbx): readonly { readonly members: QueueMembers, readonly member: QueueMember }[] {
  const wanted = request.get('Queue')
  return queues
    .filter(({ name }) => wanted === '' || name === wanted)
    .flatMap(({ members }) => {
      const member = members.of(request.get('Interface'))
      return member
        ? [{ members, member }]
        : []
    })
}
