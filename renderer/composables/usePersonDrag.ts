import type { PersonView } from '#contract/tables.ts'
import type { Goal } from './usePeople.ts'
import { ref } from 'vue'
import { CALL_DRAGGED, dragGoal, droppedGoal, mayBeNumber, PERSON_DRAGGED } from './drag.ts'

/** A colleague who can be dragged, onto whom a call (`sent`) or a number (`connected`) is let go, and in whose place another colleague is put (`placed`). */
export function usePersonDrag(person: () => PersonView, { sent, placed, connected }: { readonly sent: (call: string) => void, readonly placed: (other: string) => void, readonly connected: (goal: Goal) => void }) {
  /** What would be let go here now. */
  const hovered = ref<'call' | 'person' | 'number' | null>(null)

  function drag(event: DragEvent): void {
    event.dataTransfer?.setData(PERSON_DRAGGED, person().id)
    dragGoal(event, { number: person().exten, name: person().name })
  }
  function over(event: DragEvent): void {
    const kind = kindOf(event)
    if (kind === null)
      return
    event.preventDefault()
    hovered.value = kind
  }
  /** A colleague is a number, too, and is put in place all the same. */
  function kindOf(event: DragEvent): 'call' | 'person' | 'number' | null {
    const kinds = event.dataTransfer?.types ?? []
    if (kinds.includes(CALL_DRAGGED))
      return person().isMe ? null : 'call'
    if (kinds.includes(PERSON_DRAGGED))
      return 'person'
    return mayBeNumber(event) && !person().isMe ? 'number' : null
  }
  function drop(event: DragEvent): void {
    hovered.value = null
    const call = event.dataTransfer?.getData(CALL_DRAGGED) ?? ''
    const other = event.dataTransfer?.getData(PERSON_DRAGGED) ?? ''
    if (call !== '')
      sent(call)
    else if (other !== '' && other !== person().id)
      placed(other)
    const goal = kindOf(event) === 'number' ? droppedGoal(event) : null
    if (goal)
      connected(goal)
  }
  const leave = (): void => { hovered.value = null }

  return { hovered, drag, over, drop, leave }
}
