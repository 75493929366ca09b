import type { Answers } from './action.ts'
import { failure, list, success } from './answer.ts'

export const parkingActions = {
  Park(request, { exchange, parking }) {
    const name = request.get('Channel')
    if (name === '')
      return failure('Channel not specified')
    const channel = exchange.named(name)
    if (!channel)
      return failure(`Channel does not exist: ${name}`)
    // Of its name only the device counts; it need not be there.
    const timeoutChannel = request.get('TimeoutChannel')
    const lot = request.get('Parkinglot') || 'default'
    const timeout = Number(request.get('Timeout')) || 0
    return parking.canPark(channel.uniqueid, lot)
      ? {
          ...success('Park successful', () => {
            exchange.movedByManager(channel.uniqueid)
            parking.park(channel.uniqueid, {
              lot,
              // Without a channel to come back to it is the parked one itself that would be rung.
              parker: timeoutChannel === ''
                ? channel.device
                : timeoutChannel.replace(/-[^-]*$/, ''),
              announceTo: exchange.named(request.get('AnnounceChannel'))?.uniqueid ?? null,
              timeoutMs: timeout > 0
                ? timeout
                : null,
            })
          }),
          strayLineFeed: true,
        }
      : failure('Park action failed')
  },

  ParkedCalls(request, { parking }) {
    const wanted = request.get('ParkingLot')
    if (wanted !== '' && !parking.lotNamed(wanted))
      return failure('Requested parking lot could not be found.')
    const calls = parking.calls.filter(({ lot }) => wanted === '' || lot === wanted)
    return list('Parked calls will follow', calls.map(call => ({
      event: 'ParkedCall',
      actionIdLast: true,
      headers: parking.headersOf(call),
    })), 'ParkedCallsComplete', [['Total', calls.length]])
  },

  Parkinglots: (_, { parking }) => list('Parking lots will follow', parking.lots.map(({ name, spaces: [first, last], timeoutMs }) => ({
    event: 'Parkinglot',
    headers: [
      ['Name', name],
      ['StartSpace', first],
      ['StopSpace', last],
      ['Timeout', timeoutMs / 1000],
    ],
  })), 'ParkinglotsComplete'),
} as const satisfies Answers
