import type { PbxEvent } from '../pbx/events.ts'
import type { Uniqueid } from '../pbx/ids.ts'
import type { DeskState } from './desk.ts'
import type { Sight } from './follow.ts'
import type { MyCall } from './my-call.ts'
import type { DeskConfig } from './types.ts'
import { comparable } from '../pbx/channels.ts'
import { rootOf } from '../pbx/dials.ts'
import { nameOfTaker } from './caller.ts'
import { inCall, seen, taken } from './follow.ts'
import { isMine, isMyMailbox, isSomebody } from './mine.ts'
import { waitingCall } from './my-agent.ts'
import { liveLegs, NOBODY } from './my-call.ts'
import { mapSame, patch } from './same.ts'

/** A transfer and the ringing that it causes are one story this long. */
const TRANSFER_MS = 10_000
const MOST_TRANSFERS = 50

/** What only the event itself tells, and no later state of the PBX. */
export function gather(sight: Sight, state: DeskState, event: PbxEvent): DeskState {
  const noted = noteTransfer(sight, state, event)
  const waiting = waitingCall(noted)
  return patch(noted, {
    calls: mapSame(noted.calls, call => call === waiting ? call : transferred(sight, noted, evidenceFor(sight, noted.config, call, event))),
  })
}

function evidenceFor(sight: Sight, config: DeskConfig, call: MyCall, event: PbxEvent): MyCall {
  const { before, pbx, mine } = sight
  switch (event.type) {
    case 'call.pickedUp': {
      const [picker, target] = [
        seen(sight, event.picker),
        seen(sight, event.target),
      ]
      if (!picker || !target)
        return call
      if (call.legs.some(leg => leg.id === picker.id)) {
        const root = before.dials.has(target.id)
          ? rootOf(before, target.id)
          : null
        const caller = [
          target.connected,
          before.dials.get(target.id)?.caller,
          root === null
            ? null
            : pbx.channels.get(root)?.caller,
        ].find(party => isSomebody(mine, party))
        return patch(call, {
          direction: 'in',
          root: root ?? call.root,
          // Not the code that was dialled for it.
          peer: caller ?? NOBODY,
        })
      }
      return call.legs.some(leg => leg.id === target.id) && !isMine(mine, picker)
        ? taken(call, nameOfTaker(pbx, call.root, picker))
        : call
    }
    case 'parking.retrieved': {
      const [picker, parkee] = [event.retriever && seen(sight, event.retriever), seen(sight, event.parked.parkee)]
      if (!picker || !call.legs.some(leg => leg.id === picker.id))
        return call
      return patch(call, {
        // Whoever was called when it began did not call me.
        direction: parkee && pbx.dials.has(parkee.id) ? 'out' : 'in',
        fetchedFrom: event.parked.space,
        peer: isSomebody(mine, parkee?.caller) ? parkee.caller : NOBODY,
      })
    }
    case 'parking.gaveUp': {
      const { parkee } = event.parked
      return lostIn(call, seen(sight, parkee)?.id ?? parkee.uniqueid)
    }
    // A server may say only afterwards that they gave up in the lot.
    case 'channel.hungUp': {
      const gone = seen(sight, event.channel)
      return gone && gone.parkedAs !== null ? lostIn(call, gone.id) : call
    }
    case 'queue.memberCalled': {
      const caller = event.caller && seen(sight, event.caller)
      const leg = event.leg && seen(sight, event.leg)
      if (call.direction === 'out' || call.answeredAt !== null)
        return call
      const rings = leg
        ? call.legs.some(one => one.id === leg.id)
        : call.root === null && call.phase === 'pending' && mine.devices.has(comparable(event.interface))
      if (!rings && !(caller && inCall(sight, call.call, caller.id)))
        return call
      return patch(call, { queue: event.queue ?? call.queue, root: caller?.id ?? call.root })
    }
    case 'queue.memberAnswered': {
      const caller = event.caller && seen(sight, event.caller)
      const leg = event.leg && seen(sight, event.leg)
      if (call.agent !== null && liveLegs(call).length > 0 && leg && inCall(sight, call.call, leg.id))
        return patch(call, { queue: event.queue, root: call.root ?? caller?.id ?? null })
      if (!caller || !inCall(sight, call.call, caller.id) || call.answeredAt !== null)
        return call
      const isMe = (leg && isMine(mine, leg)) || (event.interface !== null && mine.devices.has(comparable(event.interface)))
      return isMe || call.legs.some(one => one.state === 'up')
        ? call
        : taken(call, event.memberName ?? (leg
            ? nameOfTaker(pbx, call.root, leg)
            : null))
    }
    case 'dial.ended': {
      const destination = event.destination && seen(sight, event.destination)
      if (event.status === 'answer' && destination && call.direction === 'in' && call.answeredAt === null && call.root !== null
        && !isMine(mine, destination) && rootOf(pbx, destination.id) === call.root && !destination.name.startsWith('Local/')) {
        return call.legs.every(leg => leg.state === 'gone')
          ? taken(call, nameOfTaker(pbx, call.root, destination))
          : call
      }
      return event.forward !== null && destination && call.legs.some(leg => leg.id === destination.id)
        ? patch(call, { forwardedTo: event.forward })
        : call
    }
    case 'mailbox.changed': {
      const by = event.leftBy?.number ?? null
      // A message for somebody else is none for me: the call was missed all the same.
      return isMyMailbox(config, event.mailbox) && by !== null && by === call.peer.number && call.direction === 'in' && call.answeredAt === null && event.waiting
        ? patch(call, { messageLeft: true })
        : call
    }
    default:
      return call
  }
}

/** I parked it before I had answered, and its caller has gone. */
function lostIn(call: MyCall, parkee: Uniqueid | null): MyCall {
  return call.sent?.as === 'parked' && call.root !== null && call.root === parkee
    ? patch(call, { lostInLot: true })
    : call
}

function noteTransfer(sight: Sight, state: DeskState, event: PbxEvent): DeskState {
  if ((event.type !== 'transfer.blind' && event.type !== 'transfer.attended') || !event.success)
    return state
  const transferer = seen(sight, event.transferer)
  const transferee = event.transferee && seen(sight, event.transferee)
  const who = transferer?.caller ?? event.transferer.caller
  const by = who?.name ?? who?.number ?? null
  const call = transferee?.id ?? transferer?.id
  if (by === null || call === undefined || (transferer && isMine(state.mine, transferer)))
    return state
  const fresh = state.transfers.filter(one => sight.at - one.at < TRANSFER_MS)
  return {
    ...state,
    transfers: [
      ...fresh,
      { call, by, at: sight.at },
    ].slice(-MOST_TRANSFERS),
  }
}

function transferred(sight: Sight, { transfers }: DeskState, call: MyCall): MyCall {
  if (transfers.length === 0 || call.transferredBy !== null || call.phase === 'over')
    return call
  const found = transfers.find(one => sight.at - one.at < TRANSFER_MS && (one.call === call.root || inCall(sight, call.call, one.call)))
  return found
    ? patch(call, { transferredBy: found.by })
    : call
}
