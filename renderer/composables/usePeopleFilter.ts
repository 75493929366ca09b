import type { Ref } from 'vue'
import type { LineState, PersonView } from '#contract/tables.ts'
import { computed, ref } from 'vue'
import { isMeant } from './usePeople.ts'

/** States as one asks for them. Whose phone rings while they talk is of two kinds. */
export const kinds = ['free', 'call', 'ringing', 'hold', 'busy', 'offline', 'unknown'] as const
export type Kind = typeof kinds[number]

const kindsOf: Readonly<Record<LineState, readonly Kind[]>> = {
  idle: ['free'],
  inuse: ['call'],
  ringing: ['ringing'],
  ringinuse: ['call', 'ringing'],
  onhold: ['hold'],
  busy: ['busy'],
  unavailable: ['offline'],
  notfound: ['unknown'],
  unknown: ['unknown'],
}

export type Part = 'all' | 'favourites' | `group:${string}`

/** Who of the colleagues is shown: those of a part of the house who are meant by the words and, if one is chosen, of one kind. */
export function usePeopleFilter(people: Readonly<Ref<readonly PersonView[]>>) {
  const words = ref('')
  const part = ref<Part>('all')
  const kind = ref<Kind | null>(null)

  function isInPart(person: PersonView): boolean {
    if (part.value === 'favourites')
      return person.favourite
    return part.value === 'all' || person.group === part.value.slice('group:'.length)
  }

  const meant = computed(() => part.value === 'all' && words.value.trim() === ''
    ? people.value
    : people.value.filter(person => isInPart(person) && (words.value.trim() === '' || isMeant(person, words.value))))
  const shown = computed(() => {
    const wanted = kind.value
    return wanted === null ? meant.value : meant.value.filter(person => kindsOf[person.state].includes(wanted))
  })
  /** How many there would be of each kind. */
  const counts = computed((): Readonly<Record<Kind, number>> => {
    const sums: Record<Kind, number> = { free: 0, call: 0, ringing: 0, hold: 0, busy: 0, offline: 0, unknown: 0 }
    for (const person of meant.value) {
      for (const each of kindsOf[person.state])
        sums[each] += 1
    }
    return sums
  })

  return { words, part, kind, shown, counts }
}
