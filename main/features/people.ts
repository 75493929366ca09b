import type { Channel } from '../pbx/channels.ts'
import type { ExtensionBits, PbxEvent } from '../pbx/events.ts'
import type { Extension } from '../pbx/extensions.ts'
import type { Uniqueid } from '../pbx/ids.ts'
import type { PbxState } from '../pbx/state.ts'
import type { Sight } from './follow.ts'
import { partnersOf } from '../pbx/bridges.ts'
import { byAge, halfOf, isTemporary, otherHalf } from '../pbx/channels.ts'
import { channelsOfDevice } from '../pbx/device-channels.ts'
import { rootOf } from '../pbx/dials.ts'
import { extensionKey } from '../pbx/extensions.ts'
import { mentions } from '../pbx/mentions.ts'
import { presenceOf } from '../pbx/presence.ts'
import { saysNothingNew } from '../pbx/same.ts'
import { Table } from '../pbx/table.ts'
import { callerOf, partnerOf } from './caller.ts'
import { isLetGo } from './consult.ts'
import { seen } from './follow.ts'
import { lineStateOf } from './line.ts'
import { isRungByProgram, mineOf } from './mine.ts'
import { NOBODY } from './my-call.ts'

/** Of two who talk a third makes a conference, and one who leaves makes two again. */
const FEW = 3
/** A chain of Local channels longer than this is a loop. */
const DEEPEST = 16

/** A colleague as the hints and the calls of their phones tell. */
export interface Person {
  readonly id: string
  readonly exten: string
  readonly context: string
  readonly bits: ExtensionBits
  readonly since: number | null
  readonly name: string | null
  readonly presence: { readonly state: string, readonly message: string | null } | null
  readonly withNumber: string | null
  readonly withName: string | null
  readonly talk: 'ringing' | 'up' | null
  /** The channel that rings them. */
  readonly ringing: Uniqueid | null
}

/** The people after an event, at the cost of those that it touches. */
export function followPeople(sight: Sight, people: Table<string, Person>, event: PbxEvent): Table<string, Person> {
  const { pbx } = sight
  if (event.type === 'pbx.replaced') {
    return pbx.extensions.keys().reduce((table, key) => {
      const person = personAt(pbx, key, people.get(key))
      return person
        ? table.set(key, person)
        : table
    }, Table.empty<string, Person>())
  }
  let next = people
  for (const key of touched(sight, event)) {
    const known = next.get(key)
    const person = personAt(pbx, key, known)
    if (!person)
      next = next.delete(key)
    else if (!known || !saysNothingNew(known, person))
      next = next.set(key, person)
  }
  return next
}

function touched({ before, pbx, ...sight }: Sight, event: PbxEvent): ReadonlySet<string> {
  switch (event.type) {
    case 'extension.changed':
      return new Set([extensionKey(event.exten, event.context)])
    // What a provider says comes once more for the extension whose hint names it.
    case 'presence.changed':
      return new Set(event.exten !== null && event.context !== null
        ? [extensionKey(event.exten, event.context)]
        : [])
    default: {
      const keys = new Set<string>()
      for (const said of mentions(event)) {
        const channel = seen({ before, pbx, ...sight }, said)
        if (!channel)
          continue
        const others = [...companionsOf(before, channel.id), ...companionsOf(pbx, channel.id)]
        for (const device of [channel.device, ...others.map(other => other.device)]) {
          for (const key of pbx.extensionsOf.get(device) ?? [])
            keys.add(key)
        }
      }
      return keys
    }
  }
}

/** Who is in one bridge with a channel, seen through Local channels, as long as it is so few that each is somebody's only partner or was it a moment ago. */
function companionsOf(pbx: PbxState, id: Uniqueid, depth = 0): readonly Channel[] {
  const channel = pbx.channels.get(id)
  const others = channel?.bridge && (pbx.bridges.get(channel.bridge)?.members.size ?? 0) <= FEW
    ? partnersOf(pbx, channel).flatMap(other => pbx.channels.get(other) ?? [])
    : []
  return others.flatMap((other) => {
    const beyond = otherHalf(pbx, other)
    return beyond && depth < DEEPEST
      ? [other, ...companionsOf(pbx, beyond.id, depth + 1)]
      : [other]
  })
}

function personAt(pbx: PbxState, key: string, known: Person | undefined): Person | null {
  const extension = pbx.extensions.get(key)
  if (!extension || extension.bits < 0 || !isPhone(extension))
    return null
  const self = mineOf({ extension: extension.exten, devices: extension.devices })
  const channels = extension.devices.flatMap(device => channelsOfDevice(pbx, device)).filter(channel => !isTemporary(channel.name)).sort(byAge)
  // A program that dials for somebody rings them, too; a person who calls comes first.
  const rings = channels.filter(channel => channel.state === 'ringing')
  const ringing = rings.find(channel => !isRungByProgram(channel.id)) ?? rings[0] ?? null
  const up = channels.find(channel => channel.state === 'up' && halfOf(channel.name) === null) ?? null
  const party = ringing
    ? callerOf(pbx, self, ringing, rootOf(pbx, ringing.id), NOBODY)
    : up && !isLetGo(pbx, up) && !isStillRung(pbx, up) ? partnerOf(pbx, self, up) : null
  return {
    id: key,
    exten: extension.exten,
    context: extension.context,
    bits: extension.bits,
    since: extension.since,
    name: pbx.owners.get(extension.exten) ?? ownName(channels, extension.exten) ?? known?.name ?? null,
    presence: keep(known?.presence ?? null, presenceOf(pbx, key, extension.hint)),
    withNumber: party?.number ?? null,
    withName: party?.name ?? null,
    talk: party === null
      ? null
      : ringing ? 'ringing' : 'up',
    ringing: ringing?.id ?? null,
  }
}

/** Whoever is asked before a transfer is in a bridge with who asks before they have answered. */
function isStillRung(pbx: PbxState, leg: Channel): boolean {
  const partners = partnersOf(pbx, leg).flatMap(id => pbx.channels.get(id) ?? [])
  return partners.length > 0 && partners.every(({ state }) => state !== 'up')
}

/** Parking spaces, queues and conferences have hints too; where no hint is told, an extension that has a state is taken for a phone. */
function isPhone({ hint, devices }: Extension): boolean {
  return hint === null || devices.length > 0
}

/** A phone that calls says whose it is; the phones of a group belong to others. */
function ownName(channels: readonly Channel[], exten: string): string | null {
  return channels.find(({ caller }) => caller?.number === exten && caller.name !== null)?.caller?.name ?? null
}

function keep<T extends { readonly state: string, readonly message: string | null }>(known: T | null, now: T | null): T | null {
  return known && now && known.state === now.state && known.message === now.message
    ? known
    : now
}

/** Their phones are not connected. */
export function isAway(person: Person): boolean {
  return lineStateOf(person.bits) === 'unavailable'
}

/** Free is who could take a call now. */
export function isFree(person: Person | undefined): boolean {
  return person !== undefined && lineStateOf(person.bits) === 'idle'
}
