import type { Goal } from './usePeople.ts'

/** What is dragged between calls, people and the dial box; every drag has an equivalent for the keyboard. */
export const CALL_DRAGGED = 'application/x-ringside-call'
export const PERSON_DRAGGED = 'application/x-ringside-person'
const NUMBER_DRAGGED = 'application/x-ringside-number'
const NAME_DRAGGED = 'application/x-ringside-name'

export function dragGoal(event: DragEvent, { number, name }: Goal): void {
  event.dataTransfer?.setData(NUMBER_DRAGGED, number)
  event.dataTransfer?.setData(NAME_DRAGGED, name ?? '')
}

/** What a drag brings is known only once it is let go; before, only of which kinds it is. */
export const isGoalDragged = (event: DragEvent): boolean => event.dataTransfer?.types.includes(NUMBER_DRAGGED) ?? false

export function draggedGoal(event: DragEvent): Goal | null {
  const number = event.dataTransfer?.getData(NUMBER_DRAGGED) ?? ''
  const name = event.dataTransfer?.getData(NAME_DRAGGED) ?? ''
  return number === '' ? null : { number, name: name === '' ? null : name }
}
