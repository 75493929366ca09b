import type { PersonView } from '#contract/tables.ts'
import { ref } from 'vue'
import { CALL_DRAGGED, dragGoal, PERSON_DRAGGED } from './drag.ts'

/** A colleague who can be dragged, onto whom a call is let go (`sent`), and in whose place another colleague is put (`placed`). */
export function usePersonDrag(person: () => PersonView, { sent, placed }: { readonly sent: (call: string) => void, readonly placed: (other: string) => void }) {
  /** What would be let go here now. */
  const hovered = ref<'call' | 'person' | null>(null)

  function drag(event: DragEvent): void {
    event.dataTransfer?.setData(PERSON_DRAGGED, person().id)
    dragGoal(event, { number: person().exten, name: person().name })
  }
  function over(event: DragEvent): void {
    const kinds = event.dataTransfer?.types ?? []
    const isCall = kinds.includes(CALL_DRAGGED) && !person().isMe
    if (!isCall && !kinds.includes(PERSON_DRAGGED))
      return
    event.preventDefault()
    hovered.value = isCall ? 'call' : 'person'
  }
  function drop(event: DragEvent): void {
    hovered.value = null
    const call = event.dataTransfer?.getData(CALL_DRAGGED) ?? ''
    const other = event.dataTransfer?.getData(PERSON_DRAGGED) ?? ''
    if (call !== '')
      sent(call)
    else if (other !== '' && other !== person().id)
      placed(other)
  }
  const leave = (): void => { hovered.value = null }

  return { hovered, drag, over, drop, leave }
}
