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

/** The others, as they are offered before anything is typed: favourites, then who was free when they were first offered, then everybody else, each in the own order. Nobody changes places under the pointer because of a state. */
export function createOffer(): (people: readonly PersonView[]) => readonly PersonView[] {
  const ordered = createOrdering()
  const ranks = new Map<string, number>()
  return (people) => {
    const others = ordered(people).filter(person => !person.isMe)
    for (const person of others) {
      if (!ranks.has(person.id))
        ranks.set(person.id, person.state === 'idle' ? 1 : 2)
    }
    const rankOf = (person: PersonView): number => person.favourite ? 0 : ranks.get(person.id) ?? 2
    return others.sort((a, b) => rankOf(a) - rankOf(b))
  }
}

/** The colleagues who may be meant by what is typed into a field, or everybody while nothing is typed and the list is `opened`; arrow keys move through them. */
export function useOfferedPeople(text: Ref<string>) {
  const pbx = usePbxStore()
  const chosen = ref<string | null>(null)
  const opened = ref(false)
  let offer = createOffer()
  watch(text, () => { chosen.value = null })
  watch(opened, () => {
    chosen.value = null
    offer = createOffer()
  }, { flush: 'sync' })

  const offered = computed((): readonly PersonView[] => {
    if (text.value === '')
      return opened.value ? offer(pbx.people) : []
    /** Digits are a number, not a name. */
    return /\p{L}/u.test(text.value)
      ? pbx.people.filter(person => !person.isMe && isMeant(person, text.value)).sort(inOrder).slice(0, MOST_OFFERED)
      : []
  })
  /** The colleague who would be taken now: the chosen one, or the only one who is meant by the words. */
  const person = computed(() => offered.value.find(each => each.id === chosen.value)
    ?? (offered.value.length === 1 && text.value !== '' ? offered.value[0] ?? null : null))
  const at = computed(() => person.value === null ? -1 : offered.value.indexOf(person.value))

  const choose = (person: PersonView): void => { chosen.value = person.id }
  function move(by: 1 | -1): void {
    const count = offered.value.length
    const from = offered.value.findIndex(each => each.id === chosen.value)
    chosen.value = offered.value[from < 0 ? (by > 0 ? 0 : count - 1) : (from + by + count) % count]?.id ?? null
  }
  /** As before anything was typed or chosen. */
  function clear(): void {
    text.value = ''
    opened.value = false
    chosen.value = null
  }

  return { offered, opened, at, person, move, choose, clear }
}

/** The call that a transfer from the list of people would move: the only one that can be, or among several the one I talk on. */
export function movableCall(calls: readonly CallView[]): CallView | null {
  const movable = calls.filter(call => call.can.includes('blind') || call.can.includes('consult'))
  const talking = movable.filter(call => call.state === 'up')
  return (movable.length === 1 ? movable[0] : talking.length === 1 ? talking[0] : null) ?? null
}
