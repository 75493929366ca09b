import type { Message } from '../wire/message.ts'
import type { Dialect } from './types.ts'

/** What a packet means to a list that is being collected. */
type ListPart = 'item' | 'end' | 'lastItem' | 'cancelled'

/** Up to 1.6.2 nothing follows these single items, later a `…Complete` that nobody needs. */
const SINGLE_ITEMS: Readonly<Record<string, string>> = { dbget: 'dbgetresponse' }

/** Lists that ended without a mark in the first releases: what has come when nothing more comes is all. */
const ENDLESS_IN_LEGACY: ReadonlySet<string> = new Set(['queuestatus'])

/**
 * Whether events follow this answer. `EventList: start` says so from 1.6 on for some lists, a sentence with "follow" for the
 * others and before; a success with neither is an empty list (VoicemailUsersList, VoicemailBoxSummary).
 */
export function opensList(answer: Message): boolean {
  const mark = answer.get('EventList')
  if (mark !== undefined)
    return mark.trim().toLowerCase() === 'start'
  return /\bfollow/i.test(answer.get('Message') ?? '')
}

/** What an event with the ActionID of a list is. The end is marked from 13.2 on everywhere; before, many ends are known by their name only. */
export function partOf(event: Message, action: string): ListPart {
  const mark = event.get('EventList')?.trim().toLowerCase()
  if (mark === 'cancelled')
    return 'cancelled'
  const name = event.name.toLowerCase()
  if (mark === 'complete' || name.endsWith('complete') || name === 'queuestatusend')
    return 'end'
  return SINGLE_ITEMS[action] === name ? 'lastItem' : 'item'
}

/**
 * Whether a packet without ActionID is an item of the one list that the server is writing. Of events those without `Privilege` are:
 * PeerEntry of IAX, VoicemailUserEntry and Parkinglot before 12 are such. 1.6.0 writes the channels of CoreShowChannels even without their first line.
 */
export function isNamelessItem(packet: Message, action: string): boolean {
  return packet.kind === 'event' ? packet.get('Privilege') === undefined : action === 'coreshowchannels'
}

export function endsInSilence(action: string, dialect: Dialect | null): boolean {
  return dialect === 'legacy' && ENDLESS_IN_LEGACY.has(action)
}
