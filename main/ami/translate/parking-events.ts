import type { ChannelSnapshot, ParkedCallSnapshot, ParkingLotSnapshot } from '../../pbx/events.ts'
import type { Message } from '../wire/message.ts'
import type { EventTranslators } from './translator.ts'
import { callerOf, channelNamed, channelOf } from './channel.ts'
import { given, integer } from './text.ts'
import { one } from './translator.ts'

/** Up to 1.6.0 there is one lot, and it bears no name. */
const ONLY_LOT = 'default'

function ended(type: 'parking.timedOut' | 'parking.gaveUp') {
  return one((message, at) => {
    const parked = parkedCallOf(message)
    return parked && { type, parked, at }
  })
}

export const parkingEvents: EventTranslators = {
  parkedcall: one((message, at) => {
    const parked = parkedCallOf(message)
    return parked && { type: 'parking.parked', parked, at }
  }),
  /** 13.5 and later: another channel takes the place of the one that waits. */
  parkedcallswap: one((message, at) => {
    const parked = parkedCallOf(message)
    return parked && { type: 'parking.parked', parked, at }
  }),
  unparkedcall: one((message, at) => {
    const parked = parkedCallOf(message)
    return parked && {
      type: 'parking.retrieved',
      // Up to 11 `From` is here who took it back.
      parked: isOld(message)
        ? { ...parked, parker: null }
        : parked,
      retriever: channelOf(message, 'Retriever') ?? channelNamed(message.get('From')),
      at,
    }
  }),
  parkedcalltimeout: ended('parking.timedOut'),
  parkedcallgiveup: ended('parking.gaveUp'),
}

/** An event or an item of the list `ParkedCalls`. */
export function parkedCallOf(message: Message): ParkedCallSnapshot | null {
  const parkee = channelOf(message, 'Parkee') ?? oldParkee(message)
  const space = given(message.get('ParkingSpace') ?? message.get('Exten'))
  return parkee === null || space === null
    ? null
    : {
        lot: given(message.get('Parkinglot')) ?? ONLY_LOT,
        space,
        parkee,
        parker: given(message.get('ParkerDialString') ?? message.get('From')),
        timeoutSeconds: integer(message.get('ParkingTimeout') ?? message.get('Timeout')),
        parkedSeconds: integer(message.get('ParkingDuration') ?? message.get('Duration')),
      }
}

/** An item of `Parkinglots`. */
export function parkingLotOf(message: Message): ParkingLotSnapshot | null {
  const lot = given(message.get('Name'))
  return lot === null
    ? null
    : {
        lot,
        firstSpace: integer(message.get('StartSpace') ?? message.get('StartExten')),
        lastSpace: integer(message.get('StopSpace') ?? message.get('StopExten')),
        timeoutSeconds: integer(message.get('Timeout')),
      }
}

function isOld(message: Message): boolean {
  return message.get('ParkingSpace') === undefined
}

function oldParkee(message: Message): ChannelSnapshot | null {
  const parkee = channelNamed(message.get('Channel'), message.get('Uniqueid'))
  const caller = callerOf(message)
  return parkee && {
    ...parkee,
    ...(caller && { caller }),
  }
}
