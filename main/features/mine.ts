import type { Channel } from '../pbx/channels.ts'
import type { Party } from '../pbx/events.ts'
import type { DeviceName, Uniqueid } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { DeskConfig } from './types.ts'
import { comparable, isTemporary } from '../pbx/channels.ts'
import { mailboxKey } from '../pbx/mailboxes.ts'

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

/** `1001` and `1001@default` are the same one. */
export function isMyMailbox({ mailboxes }: Pick<DeskConfig, 'mailboxes'>, mailbox: string): boolean {
  const key = mailboxKey(mailbox)
  return mailboxes.some(one => mailboxKey(one) === key)
}

/** Tells who is there: has a number or a name, and is not me. */
export function isSomebody(mine: Mine, party: Party | null | undefined): party is Party {
  return party !== null && party !== undefined && (party.number ?? party.name) !== null && !(party.number !== null && mine.numbers.has(party.number))
}

/** Nobody dials this leg, and all that its phone shows is my own number: another program of mine rings it, to dial for me. */
export function showsMyself(pbx: PbxState, mine: Mine, id: Uniqueid): boolean {
  const leg = pbx.channels.get(id)
  const shown = leg?.connected?.number ?? leg?.caller?.number ?? null
  return shown !== null && mine.numbers.has(shown) && !pbx.dials.get(id)?.source
}

/** Programs of this kind name the channel by which they dial for somebody (12 and later): another one of mine, or this one before it was started anew. */
export function isRungByProgram(id: Uniqueid): boolean {
  return id.startsWith('ringside-')
}

/** `1002` of `PJSIP/1002`. */
export function userPart(device: string): string {
  return device.slice(device.indexOf('/') + 1).split('@')[0] ?? ''
}
