import type { ChannelSnapshot, QueueEntrySnapshot, QueueMemberSnapshot, QueueSnapshot } from '../../pbx/events.ts'
import type { Message } from '../wire/message.ts'
import type { EventTranslators } from './translator.ts'
import { callerOf, channelNamed, channelOf } from './channel.ts'
import { deviceStateOf } from './state-events.ts'
import { decimal, given, integer, isTrue } from './text.ts'
import { one } from './translator.ts'

const joined = one((message, at) => {
  const queue = given(message.get('Queue'))
  const caller = channelOf(message)
  return queue !== null && caller
    ? { type: 'queue.callerJoined', queue, caller, position: integer(message.get('Position')), count: integer(message.get('Count')), at }
    : null
})

const left = one((message, at) => {
  const queue = given(message.get('Queue'))
  const caller = channelOf(message)
  return queue !== null && caller
    ? { type: 'queue.callerLeft', queue, caller, count: integer(message.get('Count')), at }
    : null
})

const rangOut = one((message, at) => {
  const queue = given(message.get('Queue'))
  return queue === null
    ? null
    : { type: 'queue.memberRangOut', queue, interface: interfaceOf(message), ...legsOf(message), at }
})

const memberChanged = one((message, at) => {
  const member = queueMemberOf(message)
  return member && { type: 'queue.memberChanged', member, at }
})

export const queueEvents: EventTranslators = {
  join: joined,
  queuecallerjoin: joined,
  leave: left,
  queuecallerleave: left,
  queuecallerabandon: one((message, at) => {
    const queue = given(message.get('Queue'))
    const caller = channelOf(message)
    return queue !== null && caller
      ? { type: 'queue.callerAbandoned', queue, caller, holdSeconds: integer(message.get('HoldTime')), at }
      : null
  }),
  agentcalled: one((message, at) => {
    const member = interfaceOf(message)
    return member === null
      ? null
      : {
          type: 'queue.memberCalled',
          queue: given(message.get('Queue')),
          interface: member,
          memberName: given(message.get('MemberName') ?? message.get('AgentName')),
          ...(message.get('ChannelCalling') === undefined
            ? legsOf(message)
            : oldCalled(message)),
          at,
        }
  }),
  agentconnect: one((message, at) => {
    const queue = given(message.get('Queue'))
    return queue === null
      ? null
      : {
          type: 'queue.memberAnswered',
          queue,
          interface: interfaceOf(message),
          memberName: given(message.get('MemberName')),
          ...legsOf(message),
          holdSeconds: integer(message.get('HoldTime')),
          at,
        }
  }),
  agentringnoanswer: rangOut,
  /** Hung up while the announcement before the call was played: not taken either. */
  agentdump: rangOut,
  agentcomplete: one((message, at) => {
    const queue = given(message.get('Queue'))
    return queue === null
      ? null
      : {
          type: 'queue.memberCompleted',
          queue,
          interface: interfaceOf(message),
          ...legsOf(message),
          reason: given(message.get('Reason'))?.toLowerCase() ?? null,
          talkSeconds: integer(message.get('TalkTime')),
          at,
        }
  }),
  queuememberadded: memberChanged,
  queuememberstatus: memberChanged,
  queuememberpause: memberChanged,
  queuememberpaused: memberChanged,
  queuememberpenalty: memberChanged,
  queuememberringinuse: memberChanged,
  queuememberremoved: one((message, at) => {
    const queue = given(message.get('Queue'))
    const member = interfaceOf(message)
    return queue === null || member === null
      ? null
      : { type: 'queue.memberRemoved', queue, interface: member, at }
  }),
}

/** `QueueParams` of `QueueStatus`. */
export function queueOf(message: Message): QueueSnapshot | null {
  const queue = given(message.get('Queue'))
  return queue === null
    ? null
    : {
        queue,
        holdSeconds: integer(message.get('Holdtime')),
        completed: integer(message.get('Completed')),
        abandoned: integer(message.get('Abandoned')),
        serviceLevelSeconds: integer(message.get('ServiceLevel')),
        servicePercent: decimal(message.get('ServicelevelPerf')),
      }
}

/** `QueueEntry` of `QueueStatus`: somebody who waits. */
export function queueEntryOf(message: Message): QueueEntrySnapshot | null {
  const queue = given(message.get('Queue'))
  const caller = channelOf(message)
  return queue === null || caller === null
    ? null
    : { queue, caller, position: integer(message.get('Position')), waitSeconds: integer(message.get('Wait')) }
}

/** An event or an item of `QueueStatus`. */
export function queueMemberOf(message: Message): QueueMemberSnapshot | null {
  const queue = given(message.get('Queue'))
  const member = interfaceOf(message)
  if (queue === null || member === null)
    return null
  const paused = message.get('Paused')
  const inCall = message.get('InCall') ?? message.get('IsInCall')
  const isPaused = paused === undefined
    ? null
    : isTrue(paused)
  const lastPause = integer(message.get('LastPause'))
  return {
    ...(lastPause !== null && { lastPause }),
    queue,
    interface: member,
    stateInterface: given(message.get('StateInterface')),
    name: given(message.get('MemberName') ?? message.get('Name')),
    membership: given(message.get('Membership')),
    penalty: integer(message.get('Penalty')),
    callsTaken: integer(message.get('CallsTaken')),
    lastCall: integer(message.get('LastCall')),
    state: deviceStateOf(message.get('Status')),
    paused: isPaused,
    pausedReason: given(message.get('PausedReason')) ?? given(message.get('Reason')) ?? (isPaused === false
      ? ''
      : null),
    inCall: inCall === undefined
      ? null
      : isTrue(inCall),
  }
}

/** Up to 11 a member is a `Location` or a `Member`, and `AgentCalled` calls it that. */
function interfaceOf(message: Message): string | null {
  return given(message.get('Interface') ?? message.get('Location') ?? message.get('Member') ?? message.get('AgentCalled'))
}

/** From 12 on the packet describes both; before, `Uniqueid` is the caller's and `Channel` the member's (the caller's again when nobody answered). */
function legsOf(message: Message): { readonly caller: ChannelSnapshot | null, readonly leg: ChannelSnapshot | null } {
  const leg = channelOf(message, 'Dest')
  if (leg !== null || message.get('Interface') !== undefined)
    return { caller: channelOf(message), leg }
  const bridged = message.get('BridgedChannel')
  return {
    caller: channelNamed(undefined, message.get('Uniqueid')),
    leg: message.name.toLowerCase() === 'agentringnoanswer'
      ? null
      : channelNamed(message.get('Channel'), bridged),
  }
}

function oldCalled(message: Message): { readonly caller: ChannelSnapshot | null, readonly leg: ChannelSnapshot | null } {
  const caller = channelNamed(message.get('ChannelCalling'), message.get('Uniqueid'))
  const party = callerOf(message)
  return {
    caller: caller && {
      ...caller,
      ...(party && { caller: party }),
    },
    leg: channelNamed(message.get('DestinationChannel')),
  }
}
