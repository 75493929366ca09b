import type { PersonView } from '#contract/tables.ts'

/** Letters without their marks, so that `muller` finds `Müller`. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Whether a colleague is meant: every word begins a word of the name, or the number contains it. */
export function isMeant(person: Pick<PersonView, 'name' | 'exten' | 'group'>, words: string): boolean {
  const wanted = plain(words).split(/\s+/).filter(word => word !== '')
  const have = plain(`${person.name ?? ''} ${person.group ?? ''}`).split(/[\s.,()'-]+/)
  return wanted.every(word => person.exten.includes(word) || have.some(part => part.startsWith(word)))
}

/** Favourites, then the own order, then by name and number. */
export function inOrder(a: PersonView, b: PersonView): number {
  return Number(b.favourite) - Number(a.favourite)
    || (a.order ?? 100_000) - (b.order ?? 100_000)
    || (a.name ?? a.exten).localeCompare(b.name ?? b.exten)
    || a.exten.localeCompare(b.exten, undefined, { numeric: true })
}
