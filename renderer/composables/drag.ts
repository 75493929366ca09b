import type { Goal } from './usePeople.ts'

/** What is dragged between calls, people and the dial box; every drag has an equivalent for the keyboard. */
export const CALL_DRAGGED = 'application/x-ringside-call'
export const PERSON_DRAGGED = 'application/x-ringside-person'
const NUMBER_DRAGGED = 'application/x-ringside-number'
const NAME_DRAGGED = 'application/x-ringside-name'
const LONGEST_TEXT = 80

export function dragGoal(event: DragEvent, { number, name }: Goal): void {
  event.dataTransfer?.setData(NUMBER_DRAGGED, number)
  event.dataTransfer?.setData(NAME_DRAGGED, name ?? '')
}

/** What a drag brings is known only once it is let go; before, only of which kinds it is. */
export const isGoalDragged = (event: DragEvent): boolean => event.dataTransfer?.types.includes(NUMBER_DRAGGED) ?? false

/** A number, or words of another program that may be one: main reads them. */
export function mayBeNumber(event: DragEvent): boolean {
  return isGoalDragged(event) || (event.dataTransfer?.types.includes('text/plain') ?? false)
}

export function draggedGoal(event: DragEvent): Goal | null {
  const number = event.dataTransfer?.getData(NUMBER_DRAGGED) ?? ''
  const name = event.dataTransfer?.getData(NAME_DRAGGED) ?? ''
  return number === '' ? null : { number, name: name === '' ? null : name }
}

/** A number from this program, else words of another one on one line, as long as a number could be. */
export function droppedGoal(event: DragEvent): Goal | null {
  const text = (event.dataTransfer?.getData('text/plain') ?? '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT)
  return draggedGoal(event) ?? (text === '' ? null : { number: text, name: null })
}
