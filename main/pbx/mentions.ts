import type { ChannelSnapshot, PbxEvent } from './events.ts'

/** The channels that an event speaks of. */
export function mentions(event: PbxEvent): readonly ChannelSnapshot[] {
  switch (event.type) {
    case 'channel.created':
    case 'channel.changed':
    case 'channel.hungUp':
    case 'channel.holdChanged':
    case 'channel.recordingChanged':
    case 'channel.hangupAsked':
    case 'bridge.entered':
    case 'bridge.left':
      return [event.channel]
    case 'channel.renamed':
      return [
        { uniqueid: event.uniqueid, name: event.to },
      ]
    case 'dial.begun':
    case 'dial.progressed':
    case 'dial.ended':
      return present(event.source, event.destination)
    case 'channels.linked':
    case 'channels.unlinked':
    case 'local.bridged':
    case 'local.optimized':
      return [event.one, event.two]
    case 'transfer.blind':
      return present(event.transferer, event.transferee)
    case 'transfer.attended':
      return present(event.transferer, event.transferee, event.target, ...event.replaced)
    case 'call.pickedUp':
      return [event.picker, event.target]
    case 'parking.parked':
    case 'parking.timedOut':
    case 'parking.gaveUp':
      return [event.parked.parkee]
    case 'parking.retrieved':
      return present(event.parked.parkee, event.retriever)
    case 'queue.callerJoined':
    case 'queue.callerLeft':
    case 'queue.callerAbandoned':
      return [event.caller]
    case 'queue.memberCalled':
    case 'queue.memberAnswered':
    case 'queue.memberRangOut':
    case 'queue.memberCompleted':
      return present(event.caller, event.leg)
    default:
      return []
  }
}

function present(...channels: readonly (ChannelSnapshot | null)[]): readonly ChannelSnapshot[] {
  return channels.filter(channel => channel !== null)
}
