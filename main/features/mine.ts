import type { Channel } from '../pbx/channels.ts'
import type { Party } from '../pbx/events.ts'
import type { DeviceName } from '../pbx/ids.ts'
import type { DeskConfig } from './types.ts'
import { comparable, isTemporary } from '../pbx/channels.ts'

/** What is mine, prepared for comparing. */
export interface Mine {
  readonly devices: ReadonlySet<DeviceName>
  /** My extension and the names of my devices: as caller they tell nothing. */
  readonly numbers: ReadonlySet<string>
}

export function mineOf(config: Pick<DeskConfig, 'extension' | 'devices'>): Mine {
  return {
    devices: new Set(config.devices.map(comparable)),
    numbers: new Set([
      config.extension,
      ...config.devices.map(userPart),
    ].filter(number => number !== '')),
  }
}

export function isMine(mine: Mine, channel: Pick<Channel, 'device' | 'name'>): boolean {
  return mine.devices.has(channel.device) && !isTemporary(channel.name)
}

/** Tells who is there: has a number or a name, and is not me. */
export function isSomebody(mine: Mine, party: Party | null | undefined): party is Party {
  return party !== null && party !== undefined && (party.number ?? party.name) !== null && !(party.number !== null && mine.numbers.has(party.number))
}

/** `1002` of `PJSIP/1002`. */
export function userPart(device: string): string {
  return device.slice(device.indexOf('/') + 1).split('@')[0] ?? ''
}
