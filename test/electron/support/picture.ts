import type { Page } from '@playwright/test'
import type { Message } from '../../../main/ami/wire/message.ts'
import type { PlainClient } from '../../support/plain-client.ts'
import { isDeepStrictEqual } from 'node:util'
import { openPlainClient } from '../../support/plain-client.ts'

/** What a receptionist reads off a screen, once from the window and once from the server itself. */
export interface Picture {
  /** `Free`, `On a call` … */
  readonly line: string
  /** `Connected: Jana`, `Incoming call: Jana`, `Conference`. */
  readonly calls: readonly string[]
  /** By name. The window has those whom it has room for. */
  readonly people: Readonly<Record<string, string>>
  /** `701: Jana` */
  readonly parked: readonly string[]
  /** Callers waiting, and whether I take them. */
  readonly queues: Readonly<Record<string, string>>
  /** `1 new, 2 old` */
  readonly messages: string
}

export interface Server {
  readonly host: string
  readonly port: number
  /** An account that may read everything. */
  readonly account: { readonly username: string, readonly secret: string }
  readonly extension: string
  /** What the desk asks for, `1001@default`. */
  readonly mailbox: string
  /** Who works there, by extension. */
  readonly names: Readonly<Record<string, string>>
}

const STATES: Readonly<Record<string, string>> = { 0: 'Free', 1: 'On a call', 2: 'Busy', 4: 'Phone offline', 8: 'Ringing', 9: 'On a call, ringing', 16: 'On hold', 17: 'On a call' }
const PRESENCES: Readonly<Record<string, string>> = { unavailable: 'Not available', away: 'Away', xa: 'Away for a while', chat: 'Happy to talk', dnd: 'Do not disturb' }

/** A second pair of eyes on the server, with a session of its own. */
export class Witness {
  readonly #client: PlainClient
  readonly #server: Server

  constructor(client: PlainClient, server: Server) {
    this.#client = client
    this.#server = server
  }

  /** How everything stands now, by the server's own lists. */
  async picture(): Promise<Picture> {
    const { extension, mailbox, names } = this.#server
    const channels = await this.#items('CoreShowChannels', 'CoreShowChannel')
    const hints = await this.#items('ExtensionStateList', 'ExtensionStatus')
    const presences = await this.#items('PresenceStateList', 'PresenceStateChange')
    const parked = await this.#items('ParkedCalls', 'ParkedCall')
    const { items: queues } = await this.#client.list('QueueStatus')
    const counts = await this.#client.ask('MailboxCount', { Mailbox: mailbox })
    const status = hints.find(hint => hint.get('Exten') === extension)?.get('Status') ?? ''
    return {
      line: STATES[status] ?? `state ${status}`,
      calls: channels.filter(channel => deviceOf(channel) === `PJSIP/${extension}`).map(channel => callWords(channel, channels)).sort(),
      people: Object.fromEntries(hints.flatMap((hint) => {
        const exten = hint.get('Exten') ?? ''
        const name = names[exten]
        return name === undefined ? [] : [[name, personWords(hint, channels, presences)]]
      })),
      parked: parked.map(call => `${call.get('ParkingSpace')}: ${call.get('ParkeeCallerIDName')}`).sort(),
      queues: Object.fromEntries(queues.filter(one => one.get('Event') === 'QueueParams').map((queue) => {
        const name = queue.get('Queue') ?? ''
        const mine = queues.find(one => one.get('Event') === 'QueueMember' && one.get('Queue') === name && one.get('Location') === `PJSIP/${extension}`)
        return [name, `${queue.get('Calls')} waiting, ${membership(mine)}`]
      })),
      messages: `${counts.get('NewMessages')} new, ${counts.get('OldMessages')} old`,
    }
  }

  /** What the dialplan stored, such as `DND` of `1001`; empty: nothing. */
  async stored(family: string, key: string): Promise<string> {
    const { items } = await this.#client.list('DBGet', { Family: family, Key: key })
    return items.find(item => item.get('Event') === 'DBGetResponse')?.get('Val') ?? ''
  }

  close(): Promise<void> {
    return this.#client.close()
  }

  async #items(action: string, event: string): Promise<readonly Message[]> {
    return (await this.#client.list(action)).items.filter(item => item.get('Event') === event)
  }
}

export async function openWitness(server: Server): Promise<Witness> {
  const client = await openPlainClient(server.port, server.host)
  // It is asked, and is told nothing.
  await client.login(server.account, { Events: 'off' })
  return new Witness(client, server)
}

const deviceOf = (channel: Message): string => (channel.get('Channel') ?? '').replace(/-[^-]*$/, '')
const otherOf = (channel: Message): string => channel.get('ConnectedLineName') || channel.get('ConnectedLineNum') || ''

function callWords(channel: Message, channels: readonly Message[]): string {
  const bridge = channel.get('BridgeId') ?? ''
  const together = bridge === '' ? 0 : channels.filter(one => one.get('BridgeId') === bridge).length
  switch (channel.get('ChannelState')) {
    case '5': return `Incoming call: ${otherOf(channel)}`
    case '6': return together > 2 ? 'Conference' : together === 2 ? `Connected: ${otherOf(channel)}` : `alone with ${otherOf(channel)}`
    default: return `${channel.get('ChannelStateDesc')}: ${otherOf(channel)}`
  }
}

function personWords(hint: Message, channels: readonly Message[], presences: readonly Message[]): string {
  const status = hint.get('Status') ?? ''
  const exten = hint.get('Exten') ?? ''
  const own = channels.filter(channel => deviceOf(channel) === `PJSIP/${exten}`)
  const ringing = own.find(channel => channel.get('ChannelState') === '5')
  const talking = own.find(channel => channel.get('ChannelState') === '6' && (channel.get('BridgeId') ?? '') !== '')
  if (ringing)
    return `Call from ${otherOf(ringing)}`
  if (talking)
    return `Talking to ${otherOf(talking)}`
  const state = STATES[status] ?? `state ${status}`
  const presence = presences.find(one => one.get('Presentity') === `CustomPresence:${exten}`)
  const words = presence?.get('Message') || PRESENCES[presence?.get('Status') ?? '']
  return words ? `${state} · ${words}` : state
}

function membership(member: Message | undefined): string {
  if (!member)
    return 'You are logged out'
  if (member.get('Paused') !== '1')
    return 'You take calls'
  const reason = member.get('PausedReason') ?? ''
  return reason === '' ? 'Paused' : `Paused: ${reason}`
}

/** The part of the window that is shown now; what it does not show is left out. */
export function readPicture(page: Page): Promise<Partial<Picture>> {
  return page.evaluate(() => {
    const text = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
    const all = (root: ParentNode | null | undefined, selector: string): readonly Element[] => [...root?.querySelectorAll(selector) ?? []]
    const label = (element: Element): string => element.getAttribute('aria-label') ?? ''
    const main = document.querySelector('main')
    const region = (name: string): Element | undefined => all(main, 'section').find(section => text(section.querySelector('h2')) === name)
    const now = region('Now')
    const people = all(main, 'ul').find(list => label(list) === 'People' && list.querySelector('.who'))
    const board = all(main, '[role=grid]').find(grid => label(grid) === 'People')
    /** A tile shortens what its button says whole: `Jo Li, 1008, Free, Favourite`. */
    const wordsOf = (tile: Element): string => label(tile.querySelector('.who') ?? tile).slice(label(tile).length + 2).replace(/^\d+, /, '').replace(/(?:, (?:\(you\)|Favourite|You [a-z ]+ when they are free))*$/, '')
    const part = (name: string): boolean => main?.querySelector(`[role=tabpanel][aria-labelledby$="-${name}"]`) !== null
    const counts = text(region('Voicemail'))
    return {
      line: text(main?.querySelector('h1')),
      ...now === undefined
        ? {}
        : {
            calls: all(now, 'article').map((card) => {
              const state = text(card.querySelector('.state')).replace(/ ?[\d:]+$/, '')
              return state === 'Conference' ? state : `${state}: ${label(card)}`
            }).sort(),
          },
      ...board === undefined
        ? {}
        : { people: Object.fromEntries(all(board, '.tile').map(tile => [label(tile), wordsOf(tile)])) },
      ...people === undefined
        ? {}
        : { people: Object.fromEntries(all(people, 'li').map(row => [label(row), text(row.querySelector('.what'))])) },
      ...part('parking')
        ? { parked: all(main, '.parking li').map(label).sort() }
        : {},
      ...part('queues')
        ? {
            queues: Object.fromEntries(all(main, '.queues > section.card').map(card => [
              text(card.querySelector('h2')),
              `${text(card.querySelector('dd'))} waiting, ${text(card.querySelector('.mine .foreign'))}`,
            ])),
          }
        : {},
      ...counts === ''
        ? {}
        : { messages: `${/(\d+) new message/.exec(counts)?.[1] ?? (counts.includes('No new messages') ? 0 : '?')} new, ${/(\d+) old/.exec(counts)?.[1] ?? 0} old` },
    }
  })
}

/** Where the window and the server say something different; nothing when they agree. */
export async function difference(page: Page, witness: Witness): Promise<object> {
  const [shown, real] = [await readPicture(page), await witness.picture()]
  const people = shown.people && Object.fromEntries(Object.keys(shown.people).map(name => [name, real.people[name] ?? 'nobody of this name']))
  const same: Partial<Picture> = people === undefined ? real : { ...real, people }
  return Object.fromEntries(Object.entries(shown).flatMap(([key, value]) => {
    const truth = same[key as keyof Picture] // the keys of a Picture
    return isDeepStrictEqual(value, truth) ? [] : [[key, { shown: value, real: truth }]]
  }))
}
