import type { PersonView } from '#contract/tables.ts'
import { useTexts } from './useTexts.ts'

/** What a colleague does now, in words: with whom, or else the state and what they say of themselves. */
export function usePersonWords() {
  const { t } = useTexts()

  /** `isShort` where there is no room for a sentence. */
  function wordsOf(person: PersonView, isShort = false): string {
    if (person.with) {
      const name = person.with.name ?? (person.with.display || t('party.withheld'))
      return t(person.withState === 'ringing' ? 'people.ringingBy' : 'people.talksTo', { name })
    }
    const state = isShort ? t(`people.short.${person.state}`) : t(`line.state.${person.state}`)
    if (!person.presence || person.presence.state === 'not_set' || (person.presence.state === 'available' && !person.presence.message))
      return state
    return `${state} · ${person.presence.message ?? t(`people.presence.${person.presence.state}`)}`
  }
  return { wordsOf }
}
