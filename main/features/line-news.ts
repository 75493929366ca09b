import type { Channel } from '../pbx/channels.ts'
import type { PbxEvent } from '../pbx/events.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Mine } from './mine.ts'
import type { FeatureCodes } from './office-config.ts'
import type { Reading } from './reading.ts'
import type { DeskConfig, Effect } from './types.ts'
import { comparable, findChannel } from '../pbx/channels.ts'
import { channelsOfDevice } from '../pbx/device-channels.ts'
import { extensionKey } from '../pbx/extensions.ts'
import { withExtension } from './acts/plan-call.ts'
import { isMine } from './mine.ts'
import { readNow, readSoon } from './reading.ts'

/** A dialplan writes the database and shows a lamp in one go, in any order. */
const PACE = { settleMs: 150, paceMs: 1000 }
/** A phone that is still at its feature code after this time does something else. */
const CODE_MS = 15_000

const KEY = 'line-news:'

interface Place { readonly config: DeskConfig, readonly mine: Mine, readonly before: PbxState, readonly pbx: PbxState }

/** Nothing tells that a value of the database changed: what usually goes with it has it read again, soon and not too often. */
export function suspectLine(place: Place, reading: Reading, event: PbxEvent, effects: Effect[]): Reading {
  return !reading.isDue && place.pbx.database.size > 0 && hints(place, event)
    ? readSoon(reading, KEY, PACE, event.at, effects)
    : reading
}

/** The wait is over. While my phone runs a feature code, the code may not have done its work yet. */
export function readLine({ config, pbx }: Pick<Place, 'config' | 'pbx'>, at: number, effects: Effect[]): Reading {
  const reading = readNow('line', at, effects)
  return myChannels({ config, pbx }).some(channel => at - channel.createdAt < CODE_MS && runsCode(config, channel))
    ? readSoon(reading, KEY, PACE, at, effects)
    : reading
}

function hints(place: Place, event: PbxEvent): boolean {
  const { config, mine, before, pbx } = place
  const { extension, hintContext } = config
  switch (event.type) {
    case 'device.changed':
      return lamps(extension).has(event.device.toLowerCase())
    case 'extension.changed':
      // Calls of mine change it, too, and their end is looked at anyway.
      return event.exten === extension && event.context === hintContext && myChannels(place).length === 0
    case 'presence.changed':
      return event.exten === null ? event.provider.toLowerCase() === `custompresence:${extension}` : extensionKey(event.exten, event.context ?? '') === extensionKey(extension, hintContext)
    case 'user.told':
      return event.words.includes(extension) || event.words.some(word => config.devices.includes(word))
    case 'channel.changed': {
      const channel = findChannel(pbx, event.channel)
      return channel?.state === 'up' && isMine(mine, channel) && runsCode(config, channel)
    }
    case 'channel.hungUp': {
      const channel = findChannel(before, event.channel)
      // A program at another desk runs codes for me on a channel that says my number.
      return channel !== undefined && (isMine(mine, channel) || (channel.caller?.number === extension && runsCode(config, channel)))
    }
    default:
      return false
  }
}

const LAMPS = ['DND', 'DEVDND', 'CF', 'DEVCF']

function lamps(extension: string): ReadonlySet<string> {
  return new Set(LAMPS.map(lamp => `custom:${lamp}${extension}`.toLowerCase()))
}

const LINE_CODES = ['dndOn', 'dndOff', 'forwardAlways', 'forwardAlwaysOff', 'forwardBusy', 'forwardBusyOff', 'forwardNoAnswer', 'forwardNoAnswerOff'] as const satisfies readonly (keyof FeatureCodes)[]

function myChannels({ config, pbx }: Pick<Place, 'config' | 'pbx'>): readonly Channel[] {
  return config.devices.flatMap(device => channelsOfDevice(pbx, comparable(device)))
}

/** Codes that set a forward are dialled with the number behind them. */
function runsCode({ extension, office }: DeskConfig, { dialled, exten }: Channel): boolean {
  const number = dialled ?? exten
  return number !== null && LINE_CODES.some((name) => {
    const code = withExtension(office.codes[name], extension)
    return code !== '' && number.startsWith(code)
  })
}
