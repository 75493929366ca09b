import type { Channel } from '../pbx/channels.ts'
import type { PbxEvent } from '../pbx/events.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Mine } from './mine.ts'
import type { FeatureCodes } from './office-config.ts'
import type { DeskConfig, Effect } from './types.ts'
import { comparable, findChannel } from '../pbx/channels.ts'
import { channelsOfDevice } from '../pbx/device-channels.ts'
import { extensionKey } from '../pbx/extensions.ts'
import { withExtension } from './acts/plan-call.ts'
import { isMine } from './mine.ts'

/** When what the server's database keeps of my line was last read on suspicion, and whether the next reading is on its way. */
export interface LineNews { readonly readAt: number, readonly isDue: boolean }

export const NO_LINE_NEWS: LineNews = { readAt: 0, isDue: false }

/** A dialplan writes the database and shows a lamp in one go, in any order. */
const SETTLE_MS = 150
/** Never more often than this. */
const PACE_MS = 1000
/** A phone that is still at its feature code after this time does something else. */
const CODE_MS = 15_000

const LINE_NEWS_TIMER = 'line-news:'

interface Place { readonly config: DeskConfig, readonly mine: Mine, readonly before: PbxState, readonly pbx: PbxState }

/** Nothing tells that a value of the database changed: what usually goes with it has it read again, soon and not too often. */
export function suspectLine(place: Place, news: LineNews, event: PbxEvent, effects: Effect[]): LineNews {
  return !news.isDue && place.pbx.database.size > 0 && hints(place, event)
    ? soon(news, event.at, effects)
    : news
}

/** The wait is over. While my phone runs a feature code, the code may not have done its work yet. */
export function readLine({ config, pbx }: Pick<Place, 'config' | 'pbx'>, at: number, effects: Effect[]): LineNews {
  effects.push({ type: 'pbx.read', what: 'line' })
  const news: LineNews = { readAt: at, isDue: false }
  return myChannels({ config, pbx }).some(channel => at - channel.createdAt < CODE_MS && runsCode(config, channel))
    ? soon(news, at, effects)
    : news
}

function soon({ readAt }: LineNews, at: number, effects: Effect[]): LineNews {
  effects.push({ type: 'timer.start', key: LINE_NEWS_TIMER, delayMs: Math.max(SETTLE_MS, readAt + PACE_MS - at) })
  return { readAt, isDue: true }
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
