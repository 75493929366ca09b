import type { PersonView } from '#contract/tables.ts'
import type { DeskState } from '../features/desk.ts'
import type { Arrangement } from '../features/office-config.ts'
import type { Person } from '../features/people.ts'
import type { Table } from '../pbx/table.ts'
import { displayNameOrNull } from '../features/display-name.ts'
import { dndOf } from '../features/line-services.ts'
import { lineStateOf } from '../features/line.ts'
import { derive } from './derived.ts'
import { partyView } from './party.ts'

type People = Readonly<Record<string, PersonView>>

interface Placed { readonly favourite: boolean, readonly group: string | null, readonly order: number | null }

const NOWHERE: Placed = { favourite: false, group: null, order: null }
const PRESENCES: ReadonlySet<string> = new Set(['not_set', 'unavailable', 'available', 'away', 'xa', 'chat', 'dnd'])

/** The rows of the colleagues, of which only those are made anew that changed, however many there are. */
export function createPeopleProjector(): (desk: DeskState, canPickUp: boolean) => People {
  let rows: People = {}
  let made: { readonly people: Table<string, Person>, readonly arrangement: Arrangement, readonly watched: readonly string[], readonly canPickUp: boolean, readonly me: string, readonly isQuiet: boolean } | null = null
  let places = new Map<string, Placed>()

  return (desk, canPickUp) => {
    const { people, watched, config } = desk
    const { arrangement } = config.office
    const me = `${config.extension}@${config.hintContext}`
    const isQuiet = dndOf(desk) === 'on'
    if (made?.people === people && made.arrangement === arrangement && made.watched === watched && made.canPickUp === canPickUp && made.me === me && made.isQuiet === isQuiet)
      return rows
    const isSame = made !== null && made.arrangement === arrangement && made.watched === watched && made.canPickUp === canPickUp && made.me === me && made.isQuiet === isQuiet
    const keys = isSame && made
      ? people.keysChangedSince(made.people)
      : null
    if (made?.arrangement !== arrangement)
      places = placesOf(arrangement)
    made = { people, arrangement, watched, canPickUp, me, isQuiet }
    const change = new Map<string, PersonView | undefined>()
    for (const id of keys ?? new Set([...Object.keys(rows), ...people.keys()])) {
      const person = people.get(id)
      const view = person && personView(person, places.get(id) ?? NOWHERE, watched.includes(id), canPickUp && !isRungBy(person, config.extension), id === me, isQuiet)
      if (!view || !isEqual(rows[id], view))
        change.set(id, view)
    }
    if (change.size > 0)
      rows = derive(rows, change)
    return rows
  }
}

function isRungBy({ talk, withNumber }: Person, extension: string): boolean {
  return talk === 'ringing' && withNumber === extension
}

function personView(person: Person, placed: Placed, watched: boolean, canPickUp: boolean, isMe: boolean, isQuiet: boolean): PersonView {
  return {
    id: person.id,
    exten: person.exten,
    context: person.context,
    name: displayNameOrNull(person.name),
    state: lineStateOf(person.bits),
    // The database of the server tells my line alone that it is not to be disturbed.
    presence: isMe && isQuiet ? { state: 'dnd', message: null } : presenceView(person.presence),
    with: person.talk === null
      ? null
      : partyView({ number: person.withNumber, name: person.withName }),
    withState: person.talk,
    since: person.since,
    canPickUp: canPickUp && !isMe && person.ringing !== null,
    watched,
    ...placed,
    isMe,
  }
}

function presenceView(presence: Person['presence']): PersonView['presence'] {
  return presence !== null && PRESENCES.has(presence.state)
    ? {
        state: presence.state as NonNullable<PersonView['presence']>['state'], // one of the words, as just seen
        message: displayNameOrNull(presence.message),
      }
    : null
}

function placesOf({ favourites, groups, order }: Arrangement): Map<string, Placed> {
  const places = new Map<string, Placed>()
  const put = (id: string, change: Partial<Placed>): void => {
    places.set(id, { ...places.get(id) ?? NOWHERE, ...change })
  }
  for (const id of favourites)
    put(id, { favourite: true })
  for (const { name, members } of groups) {
    for (const id of members)
      put(id, { group: places.get(id)?.group ?? name })
  }
  order.forEach((id, index) => put(id, { order: index }))
  return places
}

function isEqual(known: PersonView | undefined, now: PersonView): boolean {
  return known !== undefined && (Object.keys(now) as (keyof PersonView)[]).every((field) => { // the keys of a PersonView
    const [a, b] = [known[field], now[field]]
    return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  })
}
