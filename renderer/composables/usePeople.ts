import type { Ref } from 'vue'
import type { CallView, PersonView } from '#contract/tables.ts'
import { computed, ref, watch } from 'vue'
import { usePbxStore } from '../stores/pbx.ts'

/** A number to dial or to send a call to, with the colleague's name where one was chosen. */
export interface Goal { readonly number: string, readonly name: string | null }

/** More names than these under a field are not read, but typed away. */
const MOST_OFFERED = 5
const UNPLACED = 100_000

/** Made for the first people who are sorted: no start waits 10 ms for the rules of a language. */
let collator: Intl.Collator | null = null
function compare(a: string, b: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true })
  return collator.compare(a, b)
}

/** Letters without their marks, so that `muller` finds `Müller`. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Both sides are cut alike, so that a name is found as it is written: `Côté-Lefèvre`. */
const wordsOf = (text: string): readonly string[] => plain(text).split(/[\s.,()'-]+/)

/** Whether a colleague is meant: every word begins a word of the name or group, or the number contains it. */
export function isMeant(person: Pick<PersonView, 'name' | 'exten' | 'group'>, words: string): boolean {
  const wanted = wordsOf(words).filter(word => word !== '')
  const have = wordsOf(`${person.name ?? ''} ${person.group ?? ''}`)
  return wanted.every(word => person.exten.includes(word) || have.some(part => part.startsWith(word)))
}

/** Favourites, then the own order, then by name and number. */
function inOrder(a: PersonView, b: PersonView): number {
  return Number(b.favourite) - Number(a.favourite)
    || (a.order ?? UNPLACED) - (b.order ?? UNPLACED)
    || compare(a.name ?? a.exten, b.name ?? b.exten)
    || compare(a.exten, b.exten)
}

function isSamePlace(a: PersonView, b: PersonView): boolean {
  return a.favourite === b.favourite && a.order === b.order && a.name === b.name && a.exten === b.exten
}

/** Sorts people, and sorts again only when somebody's place may have changed: states change many times a second. */
export function createOrdering(): (people: readonly PersonView[]) => readonly PersonView[] {
  let known: readonly PersonView[] = []
  return (people) => {
    const now = new Map(people.map(person => [person.id, person]))
    const kept = known.flatMap((before) => {
      const person = now.get(before.id)
      return person && isSamePlace(before, person) ? [person] : []
    })
    known = kept.length === known.length && kept.length === people.length ? kept : [...people].sort(inOrder)
    return known
  }
}

/** The colleagues who may be meant by what is typed into a field; arrow keys move through them. */
export function useOfferedPeople(text: Readonly<Ref<string>>) {
  const pbx = usePbxStore()
  const at = ref(-1)
  watch(text, () => { at.value = -1 })

  /** Digits are a number, not a name. */
  const offered = computed(() => text.value !== '' && /\p{L}/u.test(text.value)
    ? pbx.people.filter(person => !person.isMe && isMeant(person, text.value)).sort(inOrder).slice(0, MOST_OFFERED)
    : [])
  /** The colleague who would be taken now: the chosen one, or the only one. */
  const person = computed(() => offered.value[at.value] ?? (offered.value.length === 1 ? offered.value[0] ?? null : null))

  function move(by: 1 | -1): void {
    const count = offered.value.length
    if (count > 0)
      at.value = at.value < 0 ? (by > 0 ? 0 : count - 1) : (at.value + by + count) % count
  }

  return { offered, at, person, move }
}

/** The call that a transfer from the list of people would move: the only one that can be, or among several the one I talk on. */
export function movableCall(calls: readonly CallView[]): CallView | null {
  const movable = calls.filter(call => call.can.includes('blind') || call.can.includes('consult'))
  const talking = movable.filter(call => call.state === 'up')
  return (movable.length === 1 ? movable[0] : talking.length === 1 ? talking[0] : null) ?? null
}
